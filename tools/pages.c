/* pages.c: templates → C. Run at build time: pages OUT.h OUT.c TEMPLATE…
 * The language of templates stands in src/web/out.h and docs/pages.md. The tool walks through the
 * HTML as it reads, so that it knows for every value whether it stands in text, in a quoted
 * attribute and in which; a place where escaping would not help is refused, with file, line and
 * column. What is well is checked once more by the C compiler, which is told the template's lines:
 * a name that is not there does not compile. */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BYTES_MAX = 1 << 20, NAME_BYTES_MAX = 64, BLOCKS_MAX = 64, USES_MAX = 64,
       LITERAL_BYTES_MAX = 1 << 16, LINE_BYTES = 80 };

typedef enum Place { IN_TEXT, IN_TAG_NAME, IN_TAG, IN_NAME, BEFORE_VALUE, IN_QUOTED, IN_UNQUOTED,
                     IN_COMMENT, IN_RAW } Place;

typedef struct Context {
    Place place;
    char quote;
    char tag[NAME_BYTES_MAX];         /* of the tag we are in, or whose raw text we are in */
    char attribute[NAME_BYTES_MAX];
    char before[NAME_BYTES_MAX];      /* beginning of the attribute's value so far */
    bool slotted;                     /* the value began with a slot that may begin an address */
} Context;

typedef struct Block {                /* an open { of a statement */
    Context context;
    bool after_block;
    int line;
} Block;

static FILE *source, *header;
static const char *file, *text, *at;  /* template, its text, where we are */
static Context now;
static Block blocks[BLOCKS_MAX];
static int blocks_count;
static bool in_page;
static int page_line;
static char literal[LITERAL_BYTES_MAX];
static size_t literal_len;
static const char *literal_from;      /* where the pending literal began */
static bool pending_space;            /* a run with a line end, not yet decided */
static bool after_block;              /* the last thing written was a tag of a block */
static char *uses[USES_MAX];
static int uses_count;

static int line_of(const char *where)
{
    int line = 1;
    for (const char *c = text; c < where; c++) {
        line += *c == '\n';
    }
    return line;
}

static __attribute__((noreturn, format(printf, 2, 3))) void stop(const char *where,
                                                                 const char *format, ...)
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

static bool one_of(const char *word, const char *const *list)
{
    for (; *list; list++) {
        if (!strcmp(word, *list)) {
            return true;
        }
    }
    return false;
}

/* Space around the tags of these shows nowhere. */
static bool is_block(const char *tag)
{
    static const char *const names[] = {
        "!doctype", "html", "head", "body", "title", "meta", "link", "script", "main", "header",
        "footer", "nav", "section", "article", "aside", "div", "p", "h1", "h2", "h3", "h4", "ul",
        "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
        "td", "form", "fieldset", "legend", "option", "optgroup", "details", "summary", "figure",
        "figcaption", "svg", "g", "rect", "line", "circle", "path", "text", "desc", "hr", "br",
        "colgroup", "col", "blockquote", "polyline", "defs", "pattern", NULL};
    return one_of(tag, names);
}

static bool keeps_space(const char *tag)
{
    return !strcmp(tag, "pre") || !strcmp(tag, "textarea");
}

/* --- what is written --- */

static void put_line_mark(const char *where)
{
    fprintf(source, "#line %d \"%s\"\n", line_of(where), file);
}

static void put_c_string(const char *from, size_t len)
{
    int column = 0;
    fputs("\n        \"", source);
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)from[i];
        if (column >= LINE_BYTES && (byte & 0xC0) != 0x80) {
            fputs("\"\n        \"", source);
            column = 0;
        }
        if (byte == '"' || byte == '\\' || byte == '?') {
            fprintf(source, "\\%c", byte);
        } else if (byte < 0x20 || byte == 0x7F) {
            fprintf(source, "\\%03o", byte);
        } else {
            fputc(byte, source);
        }
        column++;
    }
    fputc('"', source);
}

static void flush_literal(void)
{
    if (literal_len) {
        put_line_mark(literal_from);
        fputs("    out_literal(out,", source);
        put_c_string(literal, literal_len);
        fprintf(source, ", %zu);\n", literal_len);
        literal_len = 0;
    }
}

static void put_literal(char byte)
{
    if (literal_len == LITERAL_BYTES_MAX) {
        flush_literal();
    }
    if (literal_len == 0) {
        literal_from = at;
    }
    literal[literal_len++] = byte;
}

/* What comes next is no tag of a block: a run of space before it counts. */
static void settle_space(void)
{
    if (pending_space && !after_block) {
        put_literal('\n');
    }
    pending_space = after_block = false;
}

/* A statement comes: what follows may be left out, so that the space is decided before it. */
static void settle_before_statement(void)
{
    if (pending_space && now.place == IN_TEXT) {
        if (!after_block) {
            put_literal('\n');
        }
        pending_space = false;
        after_block = true;
    }
}

/* --- walking through the HTML --- */

static void add_byte(char *name, char byte, bool lower)
{
    size_t len = strlen(name);
    if (len + 1 < NAME_BYTES_MAX) {
        name[len] = lower ? (char)tolower((unsigned char)byte) : byte;
        name[len + 1] = 0;
    }
}

static void check_attribute(void)
{
    if (!strncmp(now.attribute, "on", 2)) {
        stop(at, "%s=: pages have no inline script; comfort.js finds its elements", now.attribute);
    }
    if (!strcmp(now.attribute, "style")) {
        stop(at, "style=: pages have no inline style; give it a class of style.css");
    }
}

static bool is_address(const char *attribute)
{
    static const char *const names[] = {"href", "src", "action", "formaction", "poster", "data",
                                        "xlink:href", "srcset", "ping", "cite", NULL};
    return one_of(attribute, names);
}

static void end_tag_name(void)
{
    static const char *const framed[] = {"iframe", "object", "embed", "base", "style", NULL};
    if (one_of(now.tag, framed)) {
        stop(at, "<%s> has no place in these pages", now.tag);
    }
}

static void end_tag(void)
{
    static const char *const raw[] = {"script", "style", NULL};
    bool area = !strcmp(now.tag, "textarea");
    now.place = one_of(now.tag, raw) ? IN_RAW : IN_TEXT;
    after_block = is_block(now.tag[0] == '/' ? now.tag + 1 : now.tag);
    put_literal('>');
    if (area) {
        put_literal('\n');   /* readers of HTML drop one line end here, and none of the value's */
    }
}

static void walk_text(void)
{
    if (!strncmp(at, "<!--", 4)) {
        now.place = IN_COMMENT;
        return;
    }
    if (*at == '<' && (isalpha((unsigned char)at[1]) || at[1] == '/' || at[1] == '!')) {
        char tag[NAME_BYTES_MAX] = "";
        for (const char *c = at + 1 + (at[1] == '/'); *c && !strchr(" \n/>", *c); c++) {
            add_byte(tag, *c, true);
        }
        if (is_block(tag)) {
            pending_space = false;
        }
        settle_space();
        now = (Context){.place = IN_TAG_NAME};
        put_literal('<');
    } else if (isspace((unsigned char)*at) && !keeps_space(now.tag)) {
        const char *end = at;
        bool line_end = false;
        for (; isspace((unsigned char)*end); end++) {
            line_end = line_end || *end == '\n';
        }
        if (line_end) {
            pending_space = true;
        } else {
            settle_space();
            put_literal(' ');
        }
        at = end - 1;
    } else if (*at == '<') {
        stop(at, "a < that begins no tag: write &lt;");
    } else {
        settle_space();
        put_literal(*at);
    }
}

static void walk_tag(void)
{
    bool space = isspace((unsigned char)*at);
    if (now.place == IN_TAG_NAME && !space && *at != '>' && (*at != '/' || !now.tag[0])) {
        add_byte(now.tag, *at, true);
        put_literal(*at);
        return;
    }
    if (now.place == IN_TAG_NAME) {
        end_tag_name();
    }
    if (*at == '>') {
        end_tag();
    } else if (space || *at == '/') {
        now.place = IN_TAG;
        if (!space || (literal_len && literal[literal_len - 1] != ' ') || !literal_len) {
            put_literal(space ? ' ' : *at);
        }
    } else if (*at == '=') {
        now.place = BEFORE_VALUE;
        now.before[0] = 0;
        now.slotted = false;
        put_literal(*at);
    } else {
        if (now.place != IN_NAME) {
            now.attribute[0] = 0;
        }
        now.place = IN_NAME;
        add_byte(now.attribute, *at, true);
        put_literal(*at);
        if (strchr("= >\n", at[1])) {
            check_attribute();
        }
    }
}

static void walk_value(void)
{
    if (now.place == BEFORE_VALUE) {
        now.place = *at == '"' || *at == '\'' ? IN_QUOTED : IN_UNQUOTED;
        now.quote = *at;
        if (now.place == IN_UNQUOTED && strchr(" \n>", *at)) {
            stop(at, "%s= without a value", now.attribute);
        }
    } else if (now.place == IN_QUOTED && *at == now.quote) {
        now.place = IN_TAG;
    } else if (now.place == IN_UNQUOTED && *at == '>') {
        end_tag();
        return;
    } else if (now.place == IN_UNQUOTED && isspace((unsigned char)*at)) {
        now.place = IN_TAG;
    } else {
        add_byte(now.before, *at, false);
    }
    put_literal(*at == '\n' ? ' ' : *at);
}

static void walk_raw(void)
{
    size_t len = strlen(now.tag);
    if (at[0] == '<' && at[1] == '/' && !strncmp(at + 2, now.tag, len)) {
        now = (Context){.place = IN_TAG_NAME};
        put_literal('<');
    } else if (!isspace((unsigned char)*at)) {
        stop(at, "inline <%s>: what it says belongs into a file of pages/", now.tag);
    }
}

static void walk_byte(void)
{
    switch (now.place) {
    case IN_TEXT: walk_text(); break;
    case IN_TAG_NAME:
    case IN_TAG:
    case IN_NAME: walk_tag(); break;
    case BEFORE_VALUE:
    case IN_QUOTED:
    case IN_UNQUOTED: walk_value(); break;
    case IN_COMMENT:
        if (!strncmp(at, "-->", 3)) {
            now.place = IN_TEXT;
            at += 2;
        }
        break;
    case IN_RAW: walk_raw(); break;
    }
    at++;
}

/* --- slots --- */

/* Past the closing marks, which are not those of a string or of braces inside. */
static const char *slot_end(const char *from, const char *marks)
{
    int depth = 0;
    char quote = 0;
    for (const char *c = from; *c; c++) {
        if (quote) {
            c += *c == '\\' && c[1];
            quote = *c == quote ? 0 : quote;
        } else if (*c == '"' || *c == '\'') {
            quote = *c;
        } else if (depth == 0 && !strncmp(c, marks, strlen(marks))) {
            return c;
        } else {
            depth += (*c == '{') - (*c == '}');
        }
    }
    stop(at, "this is never closed by %s", marks);
}

typedef enum Kind { SLOT_TEXT, SLOT_INT, SLOT_DAY, SLOT_ISO, SLOT_URL, SLOT_PATH, SLOT_MOMENT,
                    SLOT_SIZE, SLOT_WORD, SLOT_ASSET, SLOT_PAGE, SLOT_HTML } Kind;

/* The kind a slot's first word names, and where its expression begins. */
static Kind slot_kind(const char **from)
{
    static const struct { const char *word; Kind kind; } kinds[] = {
        {"day", SLOT_DAY}, {"iso", SLOT_ISO}, {"url", SLOT_URL}, {"path", SLOT_PATH},
        {"moment", SLOT_MOMENT}, {"size", SLOT_SIZE}, {"w", SLOT_WORD}, {"asset", SLOT_ASSET},
    };
    if (**from == '#' || **from == '>') {
        return *(*from)++ == '#' ? SLOT_INT : SLOT_PAGE;
    }
    *from += strspn(*from, " \n");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t len = strlen(kinds[i].word);
        const char *rest = *from + len;
        rest += strspn(rest, " \n");
        if (!strncmp(*from, kinds[i].word, len) && rest > *from + len &&
            (isalnum((unsigned char)*rest) || strchr("_(\"*&", *rest))) {
            *from = rest;
            return kinds[i].kind;
        }
    }
    return SLOT_TEXT;
}

/* Whether what is written before a slot in an address makes it one of this house. */
static void check_address(Kind kind)
{
    const char *before = now.before;
    if (kind == SLOT_HTML || kind == SLOT_PAGE) {
        return;   /* refused in every attribute */
    }
    if (now.slotted || !strncmp(before, "otpauth://totp/", 15)) {
        return;
    }
    if (!before[0]) {
        if (kind != SLOT_URL && kind != SLOT_PATH && kind != SLOT_ASSET) {
            stop(at, "%s= must begin with / or # or {{url}}, {{path}}, {{asset}}", now.attribute);
        }
        now.slotted = true;
        return;
    }
    if ((before[0] != '/' && before[0] != '#' && before[0] != '?') || before[1] == '/') {
        stop(at, "%s=\"%s: a value may follow an address of this house only, which begins with / "
             "or #", now.attribute, before);
    }
    if (!strcmp(before, "/") && kind != SLOT_URL && kind != SLOT_INT && kind != SLOT_ISO) {
        stop(at, "%s=\"/ and a value that may begin with /: use {{url}} or {{path}}",
             now.attribute);
    }
}

static void check_slot(Kind kind)
{
    bool whole = kind == SLOT_HTML || kind == SLOT_PAGE;
    switch (now.place) {
    case IN_TEXT:
        if (kind == SLOT_ASSET || kind == SLOT_PATH) {
            stop(at, "an address belongs into an attribute");
        }
        return;
    case IN_QUOTED:
        if (whole) {
            stop(at, "HTML inside of an attribute");
        }
        if (is_address(now.attribute)) {
            check_address(kind);
        }
        add_byte(now.before, '.', false);
        return;
    case BEFORE_VALUE:
    case IN_UNQUOTED: stop(at, "a value in %s= without quotes", now.attribute);
    case IN_RAW: stop(at, "a value inside of <%s>", now.tag);
    case IN_TAG_NAME:
    case IN_TAG:
    case IN_NAME: stop(at, "a value in a tag, outside of a quoted attribute");
    case IN_COMMENT: return;
    }
}

static void check_asset(const char *from, const char *end)
{
    char path[FILENAME_MAX];
    const char *slash = strrchr(file, '/');
    if (*from != '"' || end - from < 3 || memchr(from + 1, '"', (size_t)(end - from) - 1) == NULL) {
        stop(at, "{{asset}} wants a name in double quotes");
    }
    const char *close = memchr(from + 1, '"', (size_t)(end - from) - 1);
    snprintf(path, sizeof path, "%.*s%.*s", slash ? (int)(slash - file) + 1 : 0, file,
             (int)(close - from) - 1, from + 1);
    if (access(path, R_OK) != 0) {
        stop(at, "there is no asset %s", path);
    }
}

static void put_slot(Kind kind, const char *from, const char *end)
{
    static const char *const calls[] = {
        [SLOT_TEXT] = "out_text", [SLOT_INT] = "out_int", [SLOT_DAY] = "out_day",
        [SLOT_ISO] = "out_iso", [SLOT_URL] = "out_url", [SLOT_PATH] = "out_path",
        [SLOT_MOMENT] = "out_moment", [SLOT_SIZE] = "out_size", [SLOT_WORD] = "out_words",
        [SLOT_ASSET] = "out_text", [SLOT_PAGE] = "page_", [SLOT_HTML] = "out_raw",
    };
    int len = (int)(end - from);
    const char *comma = memchr(from, ',', (size_t)len);
    put_line_mark(at);
    if (kind == SLOT_WORD && comma) {
        fprintf(source, "    out_words(out, %.*s, (const Str[]){%.*s}, sizeof((const Str[]){%.*s})"
                " / sizeof(Str));\n", (int)(comma - from), from, (int)(end - comma) - 1, comma + 1,
                (int)(end - comma) - 1, comma + 1);
    } else if (kind == SLOT_WORD) {
        fprintf(source, "    out_words(out, %.*s, NULL, 0);\n", len, from);
    } else if (kind == SLOT_ASSET) {
        fprintf(source, "    out_text(out, asset_address(%.*s));\n", len, from);
    } else if (kind == SLOT_PAGE) {
        const char *open = memchr(from, '(', (size_t)len);
        if (!open) {
            stop(at, "{{>NAME(ARGUMENTS)}} is how a page takes in another");
        }
        bool none = open[1 + strspn(open + 1, " \n")] == ')';
        fprintf(source, "    page_%.*s(out%s %.*s;\n", (int)(open - from), from, none ? "" : ",",
                (int)(end - open) - 1, open + 1);
    } else {
        fprintf(source, "    %s(out, %.*s);\n", calls[kind], len, from);
    }
}

static void read_slot(void)
{
    bool html = at[2] == '{';
    const char *from = at + (html ? 3 : 2), *end = slot_end(from, html ? "}}}" : "}}");
    Kind kind = html ? SLOT_HTML : slot_kind(&from);
    if (!in_page) {
        stop(at, "a value outside of a page");
    }
    if (from + strspn(from, " \n") >= end) {
        stop(at, "an empty value");
    }
    check_slot(kind);
    if (kind == SLOT_ASSET) {
        check_asset(from, end);
    }
    if (now.place != IN_COMMENT) {
        if (now.place == IN_TEXT && kind != SLOT_PAGE) {
            settle_space();
        }
        flush_literal();
        put_slot(kind, from, end);
    }
    at = end + (html ? 3 : 2);
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
            read_slot();
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
    fputs("/* pages.h: made by tools/pages.c from the templates of pages/; not to be edited. */\n"
          "#ifndef SHENCHA_PAGES_H\n#define SHENCHA_PAGES_H\n\n#include \"out.h\"\n", header);
    fputs("/* made by tools/pages.c; not to be edited. */\n#include \"pages.h\"\n\n", source);
    for (int i = 3; i < argc; i++) {
        read_template(argv[i]);
    }
    fputs("\n#endif\n", header);
    return fclose(source) | fclose(header) ? 1 : 0;
}
