/* main.c: templates → C. Run at build time: pages OUT.h OUT.c TEMPLATE…
 * The language of templates stands in src/web/out.h and docs/pages.md. The tool walks through the
 * HTML as it reads, so that it knows for every value whether it stands in text, in a quoted
 * attribute and in which; a place where escaping would not help is refused, with file, line and
 * column. What is well is checked once more by the C compiler, which is told the template's lines:
 * a name that is not there does not compile. */
#include "template.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 20, BLOCKS_MAX = 64, USES_MAX = 64 };

typedef struct Block {                /* an open { of a statement */
    Context context;
    bool after_block;
    int line;
} Block;

FILE *source, *header;
const char *file, *text, *at;
Context now;
static Block blocks[BLOCKS_MAX];
static int blocks_count;
static bool in_page;
static int page_line;
static char *uses[USES_MAX];
static int uses_count;

int line_of(const char *where)
{
    int line = 1;
    for (const char *c = text; c < where; c++) {
        line += *c == '\n';
    }
    return line;
}

void stop(const char *where, const char *format, ...)
{
    va_list args;
    const char *bol = where;
    int column = 1;
    for (; bol > text && bol[-1] != '\n'; bol--) {
        column += (bol[-1] & 0xC0) != 0x80;
    }
    fprintf(stderr, "%s:%d:%d: ", file, line_of(where), column);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

bool one_of(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (!strcmp(word, *list)) {
            return true;
        }
    }
    return false;
}

/* --- statements --- */

static Place kind_of_place(const Context *context)
{
    return context->place == IN_NAME || context->place == IN_TAG_NAME ? IN_TAG : context->place;
}

static void check_block_end(const char *where)
{
    if (blocks_count == 0) {
        stop(where, "a } that closes nothing");
    }
    const Block *block = &blocks[--blocks_count];
    if (kind_of_place(&now) != kind_of_place(&block->context) ||
        (now.place == IN_QUOTED && now.quote != block->context.quote)) {
        stop(where, "the { of line %d was opened in another place of the HTML: every way through "
             "must leave tags and quotes as it found them", block->line);
    }
}

static void read_braces(const char *from, const char *end)
{
    char quote = 0;
    for (const char *c = from; c < end; c++) {
        if (quote) {
            c += *c == '\\';
            quote = *c == quote ? 0 : quote;
        } else if (*c == '"' || *c == '\'') {
            quote = *c;
        } else if (*c == '{') {
            if (blocks_count == BLOCKS_MAX) {
                stop(c, "more than %d blocks in each other", BLOCKS_MAX);
            }
            blocks[blocks_count++] = (Block){now, after_block, line_of(c)};
        } else if (*c == '}') {
            check_block_end(c);
            after_block = after_block && blocks[blocks_count].after_block;
        }
    }
}

static void begin_page(const char *from, const char *end)
{
    const char *open = memchr(from, '(', (size_t)(end - from));
    if (in_page) {
        stop(at, "the page of line %d has no {%%end%%}", page_line);
    }
    if (!open || end[-1] != ')') {
        stop(at, "{%%page NAME(PARAMETERS)%%} was expected");
    }
    from += strspn(from, " ");
    bool none = open + 2 >= end;
    for (int i = 0; i < 2; i++) {
        FILE *to = i ? header : source;
        if (!i) {
            put_line_mark(at);
        }
        fprintf(to, "void page_%.*s(Out *out%s%.*s%s\n", (int)(open - from), from, none ? "" : ", ",
                (int)(end - open) - 1, open + 1, i ? ";" : "\n{");
    }
    in_page = true;
    page_line = line_of(at);
    now = (Context){.place = IN_TEXT};
    pending_space = false;
    after_block = true;
}

static void end_page(void)
{
    if (!in_page || blocks_count) {
        stop(at, blocks_count ? "the { of line %d is still open" : "%d: no page to end",
             blocks_count ? blocks[blocks_count - 1].line : 0);
    }
    if (now.place != IN_TEXT) {
        stop(at, "the page ends inside of a tag");
    }
    flush_literal();
    fputs("}\n\n", source);
    in_page = false;
}

static void use(const char *from, const char *end)
{
    char *line = strndup(from, (size_t)(end - from));
    for (int i = 0; i < uses_count; i++) {
        if (!strcmp(uses[i], line)) {
            free(line);
            return;
        }
    }
    if (uses_count == USES_MAX) {
        stop(at, "more than %d headers", USES_MAX);
    }
    uses[uses_count++] = line;
    fprintf(header, "#include %s\n", line);
}

static void read_statement(void)
{
    const char *from = at + 2, *end = strstr(at, "%}");
    if (!end) {
        stop(at, "this is never closed by %%}");
    }
    from += strspn(from, " ");
    const char *last = end;
    while (last > from && isspace((unsigned char)last[-1])) {
        last--;
    }
    if (!strncmp(from, "page ", 5)) {
        begin_page(from + 5, last);
    } else if (!strncmp(from, "use ", 4)) {
        use(from + 4 + strspn(from + 4, " "), last);
    } else if (last - from == 3 && !strncmp(from, "end", 3)) {
        end_page();
    } else if (!in_page) {
        stop(at, "a statement outside of a page");
    } else if (now.place != IN_COMMENT) {
        settle_before_statement();
        flush_literal();
        read_braces(from, last);
        put_line_mark(at);
        fprintf(source, "    %.*s\n", (int)(last - from), from);
    }
    at = end + 2;
}

/* --- files --- */

static void read_template(const char *name)
{
    static char bytes[FILE_BYTES_MAX];
    FILE *from = fopen(name, "rb");
    file = name;
    text = at = bytes;
    bytes[0] = 0;
    if (!from) {
        stop(at, "cannot be read");
    }
    size_t len = fread(bytes, 1, sizeof bytes - 1, from);
    fclose(from);
    bytes[len] = 0;
    if (len == sizeof bytes - 1 || strlen(bytes) != len) {
        stop(at, "is too large, or no text");
    }
    now = (Context){.place = IN_TEXT};
    while (*at) {
        if (!strncmp(at, "{{", 2)) {
            read_slot(in_page);
        } else if (!strncmp(at, "{%", 2)) {
            read_statement();
        } else if (in_page || now.place == IN_COMMENT || !strncmp(at, "<!--", 4)) {
            walk_byte();
        } else if (isspace((unsigned char)*at)) {
            at++;
        } else {
            stop(at, "text outside of a page");
        }
    }
    if (in_page) {
        stop(at, "the page of line %d has no {%%end%%}", page_line);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3 || !(header = fopen(argv[1], "w")) || !(source = fopen(argv[2], "w"))) {
        fputs("usage: pages OUT.h OUT.c TEMPLATE...\n", stderr);
        return 2;
    }
    fputs("/* pages.h: made by tools/pages from the templates of pages/; not to be edited. */\n"
          "#ifndef SHENCHA_PAGES_H\n#define SHENCHA_PAGES_H\n\n#include \"out.h\"\n", header);
    fputs("/* made by tools/pages; not to be edited. */\n#include \"pages.h\"\n\n", source);
    for (int i = 3; i < argc; i++) {
        read_template(argv[i]);
    }
    fputs("\n#endif\n", header);
    return fclose(source) | fclose(header) ? 1 : 0;
}
