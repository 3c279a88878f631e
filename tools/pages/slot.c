/* slot.c: values in a template: what each kind becomes, and where it may stand. */
#include "template.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

static bool is_address(const char *attribute)
{
    static const char *const names[] = {"href", "src", "action", "formaction", "poster", "data",
                                        "xlink:href", "srcset", "ping", "cite", NULL};
    return one_of(attribute, names);
}

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

void read_slot(bool in_page)
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
