/* diagram_svg.c: a plan as an SVG document. Meaning never hangs on colour alone: the special review
 * stands in a frame with its name, ends have a double border, openings a heavy edge. */
#include "diagram.h"
#include "diagram_svg.h"

static const double margin = 24, head = 52, corner_room = 5;

static const char style[] =
    "svg{background:#fff}"
    "@media print{svg{width:100%;height:100%}}"
    "text{font-family:\"Noto Sans\",\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\","
    "\"Microsoft YaHei\",\"Helvetica Neue\",Arial,sans-serif;font-size:12px;fill:#1c232b}"
    ".h{font-size:20px;font-weight:600}"
    ".t0{font-size:15px;font-weight:600}"
    ".t1{font-size:13px;font-weight:600}"
    ".t3{fill:#55606c}"
    ".t4{fill:#0b5a66}"
    ".stage{fill:#f2f5f8;stroke:#4a5663;stroke-width:1.4}"
    ".end{fill:#fff;stroke:#4a5663;stroke-width:1.4}"
    ".step{fill:#fff;stroke:#b4bdc7;stroke-width:1}"
    ".open{fill:#4a5663}"
    ".rule{stroke:#c9d0d8;stroke-width:1}"
    ".frame{fill:#fbf9f4;stroke:#8a7c5a;stroke-width:1.2;stroke-dasharray:6 4}"
    ".sign{fill:#fff;stroke:#8a7c5a;stroke-width:1}"
    ".name{font-weight:600;fill:#6a5c38}"
    ".line{fill:none;stroke:#6b7885;stroke-width:1.3}"
    ".tip{fill:#4a5663}"
    ".dial{fill:none;stroke:#0b5a66;stroke-width:1.3;stroke-linecap:round}";

void svg_attribute(Buf *buf, const char *name, double value)
{
    buf_put_byte(buf, ' ');
    buf_put(buf, str_from(name));
    buf_put(buf, STR("=\""));
    buf_put_tenth(buf, value);
    buf_put_byte(buf, '"');
}

static void put_point(Buf *buf, const Svg *svg, GraphPoint at)
{
    buf_put_tenth(buf, at.x + svg->origin.x);
    buf_put_byte(buf, ',');
    buf_put_tenth(buf, at.y + svg->origin.y);
}

void svg_rect(Buf *buf, const char *class, double x, double y, double width, double height,
                     double round)
{
    buf_put(buf, STR("<rect class=\""));
    buf_put(buf, str_from(class));
    buf_put_byte(buf, '"');
    svg_attribute(buf, "x", x);
    svg_attribute(buf, "y", y);
    svg_attribute(buf, "width", width);
    svg_attribute(buf, "height", height);
    if (round > 0) {
        svg_attribute(buf, "rx", round);
    }
    buf_put(buf, STR("/>\n"));
}

void svg_text(Buf *buf, const char *class, PlanAnchor anchor, double x, double y, Str text)
{
    buf_put(buf, STR("<text"));
    if (*class) {
        buf_put(buf, STR(" class=\""));
        buf_put(buf, str_from(class));
        buf_put_byte(buf, '"');
    }
    svg_attribute(buf, "x", x);
    svg_attribute(buf, "y", y);
    if (anchor != ANCHOR_START) {
        buf_put(buf, anchor == ANCHOR_END ? STR(" text-anchor=\"end\"")
                                          : STR(" text-anchor=\"middle\""));
    }
    buf_put_byte(buf, '>');
    buf_put_xml(buf, text);
    buf_put(buf, STR("</text>\n"));
}

static void put_title(const Svg *svg)
{
    const Edition *edition = svg->plan->edition;
    const Reader *reader = svg->plan->reader;
    WORD_PUT(svg->buf, reader->language, WORD_DRAW_TITLE,
             lawwords_get(reader->words, "edition", edition->id));
}

static void put_force(Buf *buf, const Edition *edition, const Reader *reader)
{
    Language language = reader->language;
    Buf from = {0}, until = {0};
    buf_put(buf, lawwords_get(reader->words, "edition_short", edition->id));
    buf_put(buf, language == LANGUAGE_ZH ? STR("，") : STR(", "));
    if (edition->from == DAY_NONE) {
        buf_put(buf, word_text(language, WORD_DRAW_NEVER));
        return;
    }
    buf_put_day(&from, edition->from);
    if (edition->until == DAY_LAST) {
        WORD_PUT(buf, language, WORD_DRAW_IN_FORCE_STILL, buf_str(&from));
    } else {
        buf_put_day(&until, edition->until - 1);
        WORD_PUT(buf, language, WORD_DRAW_IN_FORCE, buf_str(&from), buf_str(&until));
    }
    buf_done(&from);
    buf_done(&until);
}

static void put_head(const Svg *svg)
{
    Buf *buf = svg->buf;
    Language language = svg->plan->reader->language;
    buf_put(buf, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
                     "aria-labelledby=\"title description\" xml:lang=\""));
    buf_put(buf, language == LANGUAGE_ZH ? STR("zh-CN\"") : STR("en\""));
    svg_attribute(buf, "width", svg->width);
    svg_attribute(buf, "height", svg->height);
    buf_put(buf, STR(" viewBox=\"0 0 "));
    buf_put_tenth(buf, svg->width);
    buf_put_byte(buf, ' ');
    buf_put_tenth(buf, svg->height);
    buf_put(buf, STR("\">\n<title id=\"title\">"));
    Buf title = {0};
    put_title(&(Svg){.buf = &title, .plan = svg->plan});
    buf_put_xml(buf, buf_str(&title));
    buf_put(buf, STR("</title>\n<desc id=\"description\">"));
    buf_put_xml(buf, word_text(language, WORD_DRAW_DESCRIPTION));
    buf_put(buf, STR("</desc>\n<style>@page{size:A4 "));
    buf_put(buf, svg->width > svg->height ? STR("landscape") : STR("portrait"));
    buf_put(buf, STR(";margin:10mm}"));
    buf_put(buf, str_from(style));
    buf_put(buf, STR("</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7.4\" "
                     "refY=\"4\" markerUnits=\"userSpaceOnUse\" markerWidth=\"9\" "
                     "markerHeight=\"9\" orient=\"auto\"><path class=\"tip\" "
                     "d=\"M0,0.4L8,4L0,7.6Z\"/></marker></defs>\n"));
    svg_text(buf, "h", ANCHOR_START, margin, margin + 20, buf_str(&title));
    buf_clear(&title);
    put_force(&title, svg->plan->edition, svg->plan->reader);
    svg_text(buf, "t3", ANCHOR_START, margin, margin + 42, buf_str(&title));
    buf_done(&title);
}

static void put_frame(const Svg *svg)
{
    const Plan *plan = svg->plan;
    if (!plan->framed) {
        return;
    }
    double x = plan->frame_from.x + svg->origin.x, y = plan->frame_from.y + svg->origin.y;
    svg_rect(svg->buf, "frame", x, y, plan->frame_to.x - plan->frame_from.x,
             plan->frame_to.y - plan->frame_from.y, 8);
    Str name = word_text(plan->reader->language, WORD_DRAW_SPECIAL);
    double width = text_width(name, tone_size(TONE_PLAIN), true) + 12;
    svg_rect(svg->buf, "sign", x + 15, y - 10, width, 20, 4);
    svg_text(svg->buf, "name", ANCHOR_MIDDLE, x + 15 + width / 2, y + 4, name);
}

/* The point `corner_room` before or after a corner, towards `to`. */
static GraphPoint beside(GraphPoint corner, GraphPoint to)
{
    double x = to.x - corner.x, y = to.y - corner.y;
    double length = x < 0 ? -x : x;
    length += y < 0 ? -y : y;
    double part = length > 2 * corner_room ? corner_room / length : 0.5;
    return (GraphPoint){corner.x + x * part, corner.y + y * part};
}

static void put_link(const Svg *svg, const PlanLink *link)
{
    Buf *buf = svg->buf;
    buf_put(buf, STR("<path class=\"line\" d=\"M"));
    put_point(buf, svg, link->points[0]);
    for (size_t i = 1; i + 1 < link->points_count; i++) {
        GraphPoint corner = link->points[i];
        buf_put_byte(buf, 'L');
        put_point(buf, svg, beside(corner, link->points[i - 1]));
        buf_put_byte(buf, 'Q');
        put_point(buf, svg, corner);
        buf_put_byte(buf, ' ');
        put_point(buf, svg, beside(corner, link->points[i + 1]));
    }
    buf_put_byte(buf, 'L');
    put_point(buf, svg, link->points[link->points_count - 1]);
    buf_put(buf, link->arrow ? STR("\" marker-end=\"url(#tip)\"/>\n") : STR("\"/>\n"));
}

void svg_dial(Buf *buf, double x, double y)
{
    buf_put(buf, STR("<path class=\"dial\" d=\"M"));
    buf_put_tenth(buf, x - 5);
    buf_put_byte(buf, ',');
    buf_put_tenth(buf, y);
    buf_put(buf, STR("a5,5 0 1 0 10,0a5,5 0 1 0 -10,0m5,-3v3h2.5\"/>\n"));
}

static void put_labels(const Svg *svg, const PlanBox *box, double x, double y)
{
    static const char *const classes[TONES] = {"t0", "t1", "", "t3", "t4"};
    Buf *buf = svg->buf;
    for (size_t i = 0; i < box->labels_count; i++) {
        const PlanLabel *label = &box->labels[i];
        bool inner = label->act && box->kind == PLAN_STAGE;
        if (inner) {
            buf_put(buf, STR("<g data-act=\""));
            buf_put_xml(buf, label->act->id);
            buf_put(buf, STR("\">"));
        }
        if (label->clock) {
            svg_dial(buf, x + label->at.x - 10, y + label->at.y - 4);
        }
        svg_text(buf, classes[label->tone], label->anchor, x + label->at.x, y + label->at.y,
                 label->text);
        if (inner) {
            buf_put(buf, STR("</g>\n"));
        }
    }
}

static void put_box(const Svg *svg, const PlanBox *box)
{
    Buf *buf = svg->buf;
    double x = box->corner.x + svg->origin.x, y = box->corner.y + svg->origin.y;
    bool stage = box->kind == PLAN_STAGE;
    buf_put(buf, stage ? STR("<g data-stage=\"") : STR("<g data-act=\""));
    buf_put_xml(buf, stage ? box->stage->id : box->step->act->id);
    buf_put(buf, STR("\">\n"));
    if (!stage) {
        svg_rect(buf, "step", x, y, box->width, box->height, 9);
        if (!box->step->from) {
            svg_rect(buf, "open", x - 2, y + 5, 5, box->height - 10, 2);
        }
    } else if (box->stage->final) {
        svg_rect(buf, "end", x, y, box->width, box->height, 3);
        svg_rect(buf, "end", x + 3, y + 3, box->width - 6, box->height - 6, 2);
    } else {
        svg_rect(buf, "stage", x, y, box->width, box->height, 3);
    }
    if (box->rule > 0) {
        buf_put(buf, STR("<path class=\"rule\" d=\"M"));
        buf_put_tenth(buf, x + 10);
        buf_put_byte(buf, ',');
        buf_put_tenth(buf, y + box->rule);
        buf_put_byte(buf, 'h');
        buf_put_tenth(buf, box->width - 20);
        buf_put(buf, STR("\"/>\n"));
    }
    put_labels(svg, box, x, y);
    buf_put(buf, STR("</g>\n"));
}

Fail diagram_svg(Buf *buf, const Edition *edition, const Reader *reader, Arena *arena,
                 Fault *fault)
{
    const Plan *plan;
    Fail fail = plan_make(arena, edition, reader, &plan, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    Svg svg = {.buf = buf, .plan = plan, .origin = {margin - 10, margin + head}};
    svg.width = plan->width + 2 * margin - 20;
    Str notes = svg_foot(arena, plan, margin, margin + head + plan->height + 6, svg.width - margin,
                         &svg.height);
    svg.height += margin;
    put_head(&svg);
    put_frame(&svg);
    for (size_t i = 0; i < plan->links_count; i++) {
        put_link(&svg, &plan->links[i]);
    }
    for (size_t i = 0; i < plan->boxes_count; i++) {
        put_box(&svg, &plan->boxes[i]);
    }
    buf_put(buf, notes);
    buf_put(buf, STR("</svg>\n"));
    return FAIL_NONE;
}
