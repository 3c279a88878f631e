/* html.c: walking through the HTML of a template, byte by byte: where is a tag, an attribute, its
 * value. What has no place in these pages is refused here. */
#include "template.h"

#include <ctype.h>
#include <string.h>

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

void add_byte(char *name, char byte, bool lower)
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
        if (!space || !literal_ends_in_space()) {
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
    } else if (now.place == IN_UNQUOTED && *at == '>') {
        end_tag();
        return;
    } else if (now.place == IN_QUOTED ? *at == now.quote : isspace((unsigned char)*at)) {
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

void walk_byte(void)
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
