/* test_diagram.c: drawn procedures: nothing is left out, nothing runs out of its box, nothing
 * covers anything else, and the same edition gives the same bytes. */
#include "kit.h"

#include <cmocka.h>
#include <stdio.h>

#include "diagram.h"
#include "diagram_flow.h"
#include "diagram_plan.h"
#include "diagram_text.h"
#include "utf8.h"

static Arena arena;

typedef struct Case {        /* one edition in one language */
    const Edition *edition;
    LawWords words;
    Reader reader;
} Case;

static Case open_case(Str id, Language language)
{
    Case made = {0};
    FaultList faults = {.arena = &arena};
    Fault fault;
    assert_int_equal(edition_read(&arena, &law_built_in, id, &made.edition, &faults), FAIL_NONE);
    assert_int_equal(lawwords_read(&arena, &law_built_in, id, language, &made.words, &fault),
                     FAIL_NONE);
    made.reader = (Reader){.language = language};
    return made;
}

/* Runs `check` for every edition in both languages. */
static void for_all(void (*check)(const Case *))
{
    const Str *ids;
    size_t count;
    Fault fault;
    assert_int_equal(edition_ids(&arena, &law_built_in, &ids, &count, &fault), FAIL_NONE);
    assert_true(count >= 5);
    for (size_t i = 0; i < count; i++) {
        for (int language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
            Case made = open_case(ids[i], (Language)language);
            made.reader.words = &made.words;
            print_message("# %.*s, %s\n", STR_ARG(ids[i]), language ? "zh" : "en");
            check(&made);
        }
    }
    arena_done(&arena);
}

static const Plan *plan_of(const Case *made)
{
    const Plan *plan;
    Fault fault;
    assert_int_equal(plan_make(&arena, made->edition, &made->reader, &plan, &fault), FAIL_NONE);
    return plan;
}

static const Flow *flow_of(const Case *made)
{
    const Flow *flow;
    Fault fault;
    assert_int_equal(flow_make(&arena, made->edition, &made->reader, &flow, &fault), FAIL_NONE);
    return flow;
}

static Str svg_of(const Case *made)
{
    Buf buf = {0};
    Fault fault;
    assert_int_equal(diagram_svg(&buf, made->edition, &made->reader, &arena, &fault), FAIL_NONE);
    Str svg = str_copy(&arena, buf_str(&buf));
    buf_done(&buf);
    return svg;
}

static Str bpmn_of(const Case *made)
{
    Buf buf = {0};
    Fault fault;
    assert_int_equal(diagram_bpmn(&buf, made->edition, &made->reader, &arena, &fault), FAIL_NONE);
    Str bpmn = str_copy(&arena, buf_str(&buf));
    buf_done(&buf);
    return bpmn;
}

static size_t times(Str whole, const char *part)
{
    size_t count = 0, len = strlen(part);
    for (size_t at = 0; at + len <= whole.len; at++) {
        count += memcmp(whole.at + at, part, len) == 0;
    }
    return count;
}

static size_t times_word(Str whole, const char *before, Str word, const char *after)
{
    char part[128];
    snprintf(part, sizeof part, "%s%.*s%s", before, STR_ARG(word), after);
    return times(whole, part);
}

static void each_stage_once_each_act_at_least_once(const Case *made)
{
    Str svg = svg_of(made), bpmn = bpmn_of(made);
    for (size_t s = 0; s < made->edition->stages_count; s++) {
        Str id = made->edition->stages[s].id;
        assert_int_equal(times_word(svg, "data-stage=\"", id, "\""), 1);
        if (!made->edition->stages[s].final) {
            assert_int_equal(times_word(bpmn, " id=\"stage_", id, "\""), 1);
        }
    }
    for (size_t a = 0; a < made->edition->acts_count; a++) {
        assert_true(times_word(svg, "data-act=\"", made->edition->acts[a].id, "\"") >= 1);
        assert_true(times_word(bpmn, " name=\"",
                               lawwords_get(&made->words, "act", made->edition->acts[a].id),
                               "&#10;") >= 1);
    }
}

static void every_stage_and_act_of_every_edition_is_drawn(void **state)
{
    (void)state;
    for_all(each_stage_once_each_act_at_least_once);
}

/* Every way that the core knows from stage to stage is a line, and no other. */
static void lines_are_the_branches(const Case *made)
{
    const Plan *plan = plan_of(made);
    size_t ways = 0;
    for (size_t a = 0; a < made->edition->acts_count; a++) {
        const ActKind *act = &made->edition->acts[a];
        for (size_t b = 0; b < act->branches_count; b++) {
            const Branch *branch = &act->branches[b];
            ways += branch->opens != ID_NONE ? 1 : 0;
            if (branch->to != ID_NONE && (branch->in & ~(1u << branch->to))) {
                ways += 1 + (size_t)__builtin_popcount(branch->in & ~(1u << branch->to));
            }
        }
    }
    assert_int_equal(plan->links_count, ways);
    for (size_t i = 0; i < plan->links_count; i++) {
        const PlanLink *link = &plan->links[i];
        assert_true(link->from->kind != link->to->kind);
        assert_int_equal(link->arrow, link->to->kind == PLAN_STAGE);
    }
}

static void every_branch_that_leads_on_is_a_line(void **state)
{
    (void)state;
    for_all(lines_are_the_branches);
}

static void labels_within(const Case *made)
{
    const Plan *plan = plan_of(made);
    for (size_t b = 0; b < plan->boxes_count; b++) {
        const PlanBox *box = &plan->boxes[b];
        assert_true(box->labels_count > 0);
        for (size_t i = 0; i < box->labels_count; i++) {
            const PlanLabel *label = &box->labels[i];
            double left = label->anchor == ANCHOR_START    ? label->at.x
                          : label->anchor == ANCHOR_MIDDLE ? label->at.x - label->width / 2
                                                           : label->at.x - label->width;
            assert_true(left >= 4 && left + label->width <= box->width - 4);
            assert_true(label->at.y - tone_size(label->tone) >= 0);
            assert_true(label->at.y <= box->height - 4);
            for (size_t j = 0; j < i; j++) {
                const PlanLabel *other = &box->labels[j];
                double below = __builtin_fabs(other->at.y - label->at.y);
                assert_true(below < 1 || below >= tone_size(TONE_PLAIN));
                assert_false(below < 1 && other->anchor == ANCHOR_START &&
                             left < other->at.x + other->width);
            }
        }
    }
}

static void words_stay_inside_their_boxes(void **state)
{
    (void)state;
    for_all(labels_within);
}

static bool apart(GraphPoint a, double a_width, double a_height, GraphPoint b, double b_width,
                  double b_height, double gap)
{
    return a.x + a_width + gap <= b.x || b.x + b_width + gap <= a.x ||
           a.y + a_height + gap <= b.y || b.y + b_height + gap <= a.y;
}

static double lower(double a, double b)
{
    return a < b ? a : b;
}

static double higher(double a, double b)
{
    return a > b ? a : b;
}

/* A level or upright piece of a line that passes through the inside of a box. */
static bool cuts(GraphPoint from, GraphPoint to, GraphPoint corner, double width, double height)
{
    double left = lower(from.x, to.x), right = higher(from.x, to.x);
    double top = lower(from.y, to.y), bottom = higher(from.y, to.y);
    return left < corner.x + width - 0.5 && right > corner.x + 0.5 &&
           top < corner.y + height - 0.5 && bottom > corner.y + 0.5;
}

static void nothing_overlaps(const Case *made)
{
    const Plan *plan = plan_of(made);
    for (size_t a = 0; a < plan->boxes_count; a++) {
        const PlanBox *one = &plan->boxes[a];
        assert_true(__builtin_isfinite(one->corner.x) && __builtin_isfinite(one->corner.y));
        assert_true(one->corner.x >= 0 && one->corner.x + one->width <= plan->width);
        assert_true(one->corner.y >= 0 && one->corner.y + one->height <= plan->height);
        for (size_t b = 0; b < a; b++) {
            const PlanBox *other = &plan->boxes[b];
            assert_true(apart(one->corner, one->width, one->height, other->corner, other->width,
                              other->height, 10));
        }
    }
    for (size_t i = 0; i < plan->links_count; i++) {
        const PlanLink *link = &plan->links[i];
        assert_true(link->points_count >= 2);
        for (size_t p = 0; p + 1 < link->points_count; p++) {
            GraphPoint from = link->points[p], to = link->points[p + 1];
            assert_true((from.x == to.x) != (from.y == to.y));
            for (size_t b = 0; b < plan->boxes_count; b++) {
                const PlanBox *box = &plan->boxes[b];
                assert_false(cuts(from, to, box->corner, box->width, box->height));
            }
        }
    }
}

static void boxes_lie_apart_and_lines_go_around_them(void **state)
{
    (void)state;
    for_all(nothing_overlaps);
}

static void frame_is_the_special_review(const Case *made)
{
    const Plan *plan = plan_of(made);
    bool any = false;
    for (size_t b = 0; b < plan->boxes_count; b++) {
        const PlanBox *box = &plan->boxes[b];
        if (box->kind != PLAN_STAGE || box->stage->final) {
            continue;
        }
        any = any || box->stage->special;
        bool inside = plan->framed && box->corner.x >= plan->frame_from.x &&
                      box->corner.x + box->width <= plan->frame_to.x &&
                      box->corner.y >= plan->frame_from.y &&
                      box->corner.y + box->height <= plan->frame_to.y;
        assert_int_equal(inside, box->stage->special);
    }
    assert_int_equal(plan->framed, any);
}

static void the_frame_holds_the_special_review_and_nothing_else(void **state)
{
    (void)state;
    for_all(frame_is_the_special_review);
}

static void process_is_whole(const Case *made)
{
    const Flow *flow = flow_of(made);
    size_t openings = 0;
    for (size_t a = 0; a < made->edition->acts_count; a++) {
        for (size_t b = 0; b < made->edition->acts[a].branches_count; b++) {
            openings += made->edition->acts[a].branches[b].opens != ID_NONE;
        }
    }
    size_t starts = 0;
    for (size_t i = 0; i < flow->nodes_count; i++) {
        const FlowNode *node = &flow->nodes[i];
        size_t in = 0, out = 0;
        for (size_t l = 0; l < flow->links_count; l++) {
            in += flow->links[l].to == i;
            out += flow->links[l].from == i;
        }
        starts += node->kind == FLOW_START;
        assert_int_equal(in == 0, node->kind == FLOW_START);
        assert_int_equal(out == 0, node->kind == FLOW_END);
        assert_true(out < 2 || node->kind == FLOW_GATEWAY);
        assert_true(node->name.len > 0 || node->kind == FLOW_GATEWAY);
        for (size_t j = 0; j < i; j++) {
            assert_false(str_eq(node->id, flow->nodes[j].id));
            const SheetBox *a = &flow->sheet.boxes[i], *b = &flow->sheet.boxes[j];
            assert_true(apart(a->corner, a->width, a->height, b->corner, b->width, b->height, 10));
        }
    }
    assert_int_equal(starts, openings);
}

static void a_process_begins_with_openings_and_ends_with_outcomes(void **state)
{
    (void)state;
    for_all(process_is_whole);
}

static void plain_and_repeatable(const Case *made)
{
    Str svg = svg_of(made), bpmn = bpmn_of(made);
    assert_true(str_eq(svg, svg_of(made)));
    assert_true(str_eq(bpmn, bpmn_of(made)));
    assert_int_equal(times(svg, "nan") + times(svg, "inf\"") + times(bpmn, "nan"), 0);
    assert_int_equal(times(svg, "<script") + times(svg, "href") + times(svg, "@import"), 0);
    assert_int_equal(times(svg, "http"), 1);     /* the namespace */
    assert_int_equal(times(svg, "<title id=\"title\">"), 1);
    assert_int_equal(times(svg, "<desc id=\"description\">"), 1);
    assert_true(utf8_valid(svg, NULL) && utf8_valid(bpmn, NULL));
}

static void the_same_edition_gives_the_same_bytes_without_script_or_address(void **state)
{
    (void)state;
    for_all(plain_and_repeatable);
}

static bool box_says(const Plan *plan, const char *stage, const char *text)
{
    for (size_t b = 0; b < plan->boxes_count; b++) {
        const PlanBox *box = &plan->boxes[b];
        if (box->kind != PLAN_STAGE || !str_is(box->stage->id, stage)) {
            continue;
        }
        for (size_t i = 0; i < box->labels_count; i++) {
            if (str_is(box->labels[i].text, text)) {
                return true;
            }
        }
    }
    return false;
}

static void periods_stand_in_the_stages_in_which_they_run(void **state)
{
    (void)state;
    Case made = open_case(STR("2022"), LANGUAGE_EN);
    made.reader.words = &made.words;
    const Plan *plan = plan_of(&made);
    assert_true(box_says(plan, "filing", "Screening: 10 working days"));
    assert_true(box_says(plan, "screening", "Screening: runs on"));
    assert_true(box_says(plan, "preliminary", "30 working days, +15"));
    assert_false(box_says(plan, "preliminary", "Screening: runs on"));
    assert_true(box_says(plan, "consultation", "Opinion: 15 working days each"));
    assert_true(box_says(plan, "special", "90 working days, may be extended"));
    assert_true(box_says(plan, "approved", "Special review: runs on"));
    assert_false(box_says(plan, "concluded", "Special review: runs on"));
    made = open_case(STR("2020"), LANGUAGE_ZH);
    made.reader.words = &made.words;
    assert_true(box_says(plan_of(&made), "special", "45个工作日，可延长"));
    arena_done(&arena);
}

static void long_words_break_and_closing_marks_do_not_begin_a_line(void **state)
{
    (void)state;
    TextLines lines = text_lines(&arena, STR("one two three four five six"), 12, false, 80);
    assert_true(lines.count > 1 && lines.width <= 80);
    for (int width = 24; width < 200; width += 6) {
        lines = text_lines(&arena, STR("须先完成：形成审查结论建议、听取意见；深入分析"), 12, false,
                           width);
        assert_true(lines.width <= width + 12);      /* a closing mark may hang over */
        for (size_t i = 0; i < lines.count; i++) {
            assert_false(str_starts(lines.at[i], STR("：")) || str_starts(lines.at[i], STR("、")) ||
                         str_starts(lines.at[i], STR("；")));
        }
    }
    assert_int_equal(text_lines(&arena, STR_NONE, 12, false, 60).count, 1);
    assert_true(text_width(STR("WWWW"), 12, false) > text_width(STR("iiii"), 12, false));
    arena_done(&arena);
}

/* A procedure of `stages` stages in which each act leads on from each of them; words of `letters`
 * letters for everything. */
static Case invented(int stages, int acts, size_t letters)
{
    Case made = {0};
    Buf law = {0}, words = {0}, word = {0};
    buf_put_many(&word, 'm', letters);
    buf_print(&law, "edition: x\nin_force: never\ndrafted: 2020-01-01\ncalendar: cn\n"
                    "counting: {first_day: {is: not_counted, clause: P1}}\npolicies: [P1]\n"
                    "procedures:\n  review:\n    roles: {office: {clause: '1'}}\n"
                    "    fields: {note: text}\n    outcomes: {over: '1'}\n    stages:\n");
    buf_print(&words, "role: {office: %.*s}\nedition: {x: %.*s}\nstage:\n",
              STR_ARG(buf_str(&word)), STR_ARG(buf_str(&word)));
    for (int i = 0; i < stages; i++) {
        buf_print(&law, "      s%d: {clause: '1'%s}\n", i, i + 1 == stages ? ", final: true" : "");
        buf_print(&words, "  s%d: '%.*s'\n", i, STR_ARG(buf_str(&word)));
    }
    buf_print(&law, "    acts:\n      open: {by: office, opens: s0, clause: '1'}\n");
    buf_print(&words, "act:\n");
    for (int i = 0; i < acts; i++) {
        buf_print(&law, "      a%d: {by: office, clause: '1', outcome: over, to: s%d, in: [s0", i,
                  stages - 1);
        for (int from = 1; from + 1 < stages; from++) {
            buf_print(&law, ", s%d", from);
        }
        buf_print(&law, "]}\n");
        buf_print(&words, "  a%d: '%.*s'\n", i, STR_ARG(buf_str(&word)));
    }
    FaultList faults = {.arena = &arena};
    Fault fault;
    Str text = str_copy(&arena, buf_str(&law));
    Fail fail = edition_read_text(&arena, text, STR("x.yaml"), STR("groups: {}"), &made.edition,
                                  &faults);
    for (size_t i = 0; i < faults.count; i++) {
        Buf said = {0};
        fault_put(&said, &faults.at[i], LANGUAGE_EN);
        print_error("%.*s\n", STR_ARG(buf_str(&said)));
        buf_done(&said);
    }
    assert_int_equal(fail, FAIL_NONE);
    assert_int_equal(yaml_read(&arena, str_copy(&arena, buf_str(&words)), STR("w.yaml"),
                               &made.words.shared, &fault), FAIL_NONE);
    buf_done(&law);
    buf_done(&words);
    buf_done(&word);
    return made;
}

static void words_of_any_length_stay_inside_their_boxes(void **state)
{
    (void)state;
    Case made = invented(4, 2, 60000);
    made.reader.words = &made.words;
    labels_within(&made);
    nothing_overlaps(&made);
    assert_true(plan_of(&made)->width < 4000);
    assert_true(bpmn_of(&made).len > 0);
    made = invented(4, 2, 0);
    made.reader.words = &made.words;
    labels_within(&made);
    assert_true(svg_of(&made).len > 0 && bpmn_of(&made).len > 0);
    arena_done(&arena);
}

static void a_large_procedure_is_drawn_and_a_huge_one_is_refused(void **state)
{
    (void)state;
    Case made = invented(21, 17, 8);     /* 17 acts from 20 stages: 358 lines */
    made.reader.words = &made.words;
    labels_within(&made);
    nothing_overlaps(&made);
    made = invented(31, 20, 8);
    made.reader.words = &made.words;
    const Plan *plan;
    const Flow *flow;
    Fault fault = {0};
    assert_int_equal(plan_make(&arena, made.edition, &made.reader, &plan, &fault), FAIL_INPUT);
    assert_int_equal(fault.word, WORD_DRAW_TOO_MANY);
    assert_string_equal(fault.args[0], "621");
    assert_int_equal(flow_make(&arena, made.edition, &made.reader, &flow, &fault), FAIL_INPUT);
    arena_done(&arena);
}

static void ids_are_fit_for_xml(void **state)
{
    (void)state;
    Str id = flow_id(&arena, "stage_", STR("a b\"<x>"));
    assert_true(str_is(id, "stage_a_b__x_"));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stage_and_act_of_every_edition_is_drawn),
        cmocka_unit_test(every_branch_that_leads_on_is_a_line),
        cmocka_unit_test(words_stay_inside_their_boxes),
        cmocka_unit_test(boxes_lie_apart_and_lines_go_around_them),
        cmocka_unit_test(the_frame_holds_the_special_review_and_nothing_else),
        cmocka_unit_test(a_process_begins_with_openings_and_ends_with_outcomes),
        cmocka_unit_test(the_same_edition_gives_the_same_bytes_without_script_or_address),
        cmocka_unit_test(periods_stand_in_the_stages_in_which_they_run),
        cmocka_unit_test(long_words_break_and_closing_marks_do_not_begin_a_line),
        cmocka_unit_test(words_of_any_length_stay_inside_their_boxes),
        cmocka_unit_test(a_large_procedure_is_drawn_and_a_huge_one_is_refused),
        cmocka_unit_test(ids_are_fit_for_xml),
    };
    return cmocka_run_group_tests_name("diagram", tests, NULL, NULL);
}
