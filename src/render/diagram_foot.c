/* diagram_foot.c: below a drawing: what its signs mean, and which policies it cites. */
#include "diagram_svg.h"

static const double sign_width = 26, sign_height = 16, row_height = 24, line_height = 17;

typedef struct Foot {
    Buf buf;
    Arena *arena;
    const Plan *plan;
    double left, right, x, y;
} Foot;

typedef enum Sign { SIGN_OPEN, SIGN_STEP, SIGN_STAGE, SIGN_END, SIGN_DIAL, SIGN_NUMBER } Sign;

static void put_sign(Foot *foot, Sign sign)
{
    Buf *buf = &foot->buf;
    double x = foot->x, y = foot->y;
    switch (sign) {
    case SIGN_OPEN:
    case SIGN_STEP:
        svg_rect(buf, "step", x, y, sign_width, sign_height, 6);
        if (sign == SIGN_OPEN) {
            svg_rect(buf, "open", x - 2, y + 3, 4, sign_height - 6, 2);
        }
        return;
    case SIGN_STAGE:
        svg_rect(buf, "stage", x, y, sign_width, sign_height, 3);
        return;
    case SIGN_END:
        svg_rect(buf, "end", x, y, sign_width, sign_height, 3);
        svg_rect(buf, "end", x + 3, y + 3, sign_width - 6, sign_height - 6, 2);
        return;
    case SIGN_DIAL:
        svg_dial(buf, x + sign_width - 6, y + sign_height / 2);
        return;
    case SIGN_NUMBER:
        svg_text(buf, "t3", ANCHOR_END, x + sign_width, y + 12, STR("12"));
        return;
    }
}

/* One sign with its meaning; a new row when it does not fit. */
static void put_meaning(Foot *foot, Sign sign, Word word)
{
    Str text = word_text(foot->plan->reader->language, word);
    double width = sign_width + 6 + text_width(text, tone_size(TONE_QUIET), false);
    if (foot->x + width > foot->right && foot->x > foot->left) {
        foot->x = foot->left;
        foot->y += row_height;
    }
    put_sign(foot, sign);
    svg_text(&foot->buf, "t3", ANCHOR_START, foot->x + sign_width + 6, foot->y + 12, text);
    foot->x += width + 18;
}

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* True when the text names the policy: P1 is not in P12. */
static bool names(Str text, Str policy)
{
    for (size_t at = 0; at + policy.len <= text.len; at++) {
        if (memcmp(text.at + at, policy.at, policy.len) == 0 &&
            (at + policy.len == text.len || !is_digit(text.at[at + policy.len]))) {
            return true;
        }
    }
    return false;
}

static bool cited(const Plan *plan, Str policy)
{
    for (size_t b = 0; b < plan->boxes_count; b++) {
        for (size_t i = 0; i < plan->boxes[b].labels_count; i++) {
            if (names(plan->boxes[b].labels[i].text, policy)) {
                return true;
            }
        }
    }
    return false;
}

static void put_policies(Foot *foot)
{
    const Edition *edition = foot->plan->edition;
    const Reader *reader = foot->plan->reader;
    bool zh = reader->language == LANGUAGE_ZH;
    Buf said = {0};
    for (size_t i = 0; i < edition->policies_count; i++) {
        Str id = edition->policies[i].id;
        if (!cited(foot->plan, id)) {
            continue;
        }
        buf_put(&said, said.len == 0 ? word_text(reader->language, WORD_DRAW_LEGEND_POLICY)
                       : zh ? STR("；") : STR("; "));
        buf_put(&said, id);
        buf_put_byte(&said, ' ');
        buf_put(&said, lawwords_get(reader->words, "policy", id));
    }
    if (said.len) {
        buf_put(&said, zh ? STR("。") : STR("."));
        TextLines lines = text_lines(foot->arena, buf_str(&said), tone_size(TONE_QUIET), false,
                                     foot->right - foot->left);
        for (size_t i = 0; i < lines.count; i++) {
            svg_text(&foot->buf, "t3", ANCHOR_START, foot->left, foot->y + 12, lines.at[i]);
            foot->y += line_height;
        }
    }
    buf_done(&said);
}

Str svg_foot(Arena *arena, const Plan *plan, double left, double top, double right,
             double *ret_bottom)
{
    Foot foot = {.arena = arena, .plan = plan, .left = left, .right = right, .x = left, .y = top};
    put_meaning(&foot, SIGN_OPEN, WORD_DRAW_LEGEND_OPEN);
    put_meaning(&foot, SIGN_STEP, WORD_DRAW_LEGEND_STEP);
    put_meaning(&foot, SIGN_STAGE, WORD_DRAW_LEGEND_STAGE);
    put_meaning(&foot, SIGN_END, WORD_DRAW_LEGEND_END);
    if (plan->edition->clocks_count) {
        put_meaning(&foot, SIGN_DIAL, WORD_DRAW_LEGEND_CLOCK);
    }
    put_meaning(&foot, SIGN_NUMBER, WORD_DRAW_LEGEND_NUMBER);
    foot.y += row_height;
    put_policies(&foot);
    *ret_bottom = foot.y;
    Str whole = str_copy(arena, buf_str(&foot.buf));
    buf_done(&foot.buf);
    return whole;
}
