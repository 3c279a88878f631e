/* test_parts.c: who has a row, and what waits for whom: over every story, and by name. */
#include "caseroom.h"

static Arena arena;

static const MatterPart *part_of(const MatterPart *parts, size_t count, const Hat *hat)
{
    const MatterPart *found = NULL;
    Buf name = {0};
    buf_put_hat(&name, hat);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(parts[i].hat, buf_str(&name))) {
            found = &parts[i];
        }
    }
    buf_done(&name);
    return found;
}

static Day earliest(const CaseFile *file)
{
    Day due = DAY_NONE;
    for (size_t i = 0; i < file->clocks_count; i++) {
        const ClockView *clock = file->clocks[i];
        bool runs = clock->run->end == CLOCK_OPEN && clock->status.due != DAY_NONE;
        if (runs && (due == DAY_NONE || clock->status.due < due)) {
            due = clock->status.due;
        }
    }
    return due;
}

static void check_part(const CaseFile *file, const MatterPart *part)
{
    const Matter *matter = file->position->matter;
    const Edition *edition = matter->edition;
    assert_int_equal(part->due, earliest(file));
    for (size_t i = 0; i < file->standing.acts_count; i++) {
        if (file->standing.acts[i].n == file->standing.from) {
            assert_int_equal(part->since, file->standing.acts[i].on);
        }
    }
    assert_true(!part->blocked || part->awaited != ID_NONE);
    if (part->awaited == ID_NONE) {
        return;
    }
    assert_false(edition->stages[matter->stage].final);
    const ActKind *kind = &edition->acts[part->awaited];
    bool offered = false;
    for (size_t i = 0; i < file->may_count; i++) {
        offered |= file->may[i].act == kind && file->may[i].mine;
    }
    assert_true(offered);
    assert_false(str_is(kind->id, "withdraw"));
}

/* A row for a hat exactly when the gate lets it know; and its due day is of a clock it may see. */
static void a_hat_has_a_row_when_it_may_know_and_only_then(void **state)
{
    (void)state;
    size_t rows = 0;
    for (size_t s = 0; s < room_count; s++) {
        const RoomStory *story = &room_stories[s];
        Hat hats[ROOM_HATS_MAX];
        size_t hats_count = room_hats(story, hats);
        for (size_t k = 1; k <= story->acts_count; k++) {
            arena_reset(&arena);
            Day on = story->acts[k - 1].on;
            size_t count, found = 0;
            const Position *position = room_position(&arena, story, k, on);
            const MatterPart *parts = parts_of(&arena, position->matter, story->acts,
                                               position->done_count, room_calendar, on, &count);
            for (size_t h = 0; h < hats_count; h++) {
                const CaseFile *file = casefile_of(&arena, &hats[h], position, &story->facts,
                                                   story->acts, k);
                const MatterPart *part = part_of(parts, count, &hats[h]);
                bool auditor = str_is(hats[h].party, "auditor");
                assert_int_equal(part != NULL, file != NULL && !auditor);
                if (part) {
                    check_part(file, part);
                    found++;
                }
            }
            for (size_t i = 1; i < count; i++) {
                assert_true(str_cmp(parts[i - 1].hat, parts[i].hat) < 0);
            }
            size_t providers = str_find(facts_purchase(&story->facts, STR("providers"))->text, ' ');
            bool one = providers == facts_purchase(&story->facts, STR("providers"))->text.len;
            assert_true(found == count || !one);
            rows += count;
        }
    }
    assert_true(rows > 2000);
}

/* ---- by name ---- */

#define HEAD                                                                                      \
    "edition: '2022'\n"                                                                           \
    "purchase: {operator_id: op-1, providers: sup-1 sup-2 sup-1}\n"                               \
    "recipients: [member/cac, member/mof]\nacts:\n"
#define DECLARE                                                                                   \
    "- {on: 2026-01-05, by: operator, act: declare, with: {materials: [declaration, "             \
    "analysis_report, procurement_document]}}\n"
#define ACCEPT "- {on: 2026-01-06, by: center, act: accept_materials}\n"
#define NEED "- {on: 2026-01-07, by: office, act: decide_need, with: {need: true}}\n"
#define ASK "- {on: 2026-01-07, by: office, act: request_materials, with: {from: [provider]}}\n"
#define SUGGEST "- {on: 2026-01-08, by: office, act: suggest, with: {finding: pass}}\n"
#define CIRCULATE "- {on: 2026-01-08, by: office, act: circulate}\n"
#define CAC(yes) "- {on: 2026-01-09, by: member/cac, act: opine, with: {agree: " #yes "}}\n"
#define MOF(yes) "- {on: 2026-01-09, by: member/mof, act: opine, with: {agree: " #yes "}}\n"
#define SPECIAL "- {on: 2026-01-12, by: office, act: open_special}\n"

/* "center:accept_materials office:suggest! …": what is awaited of whom, ! when others must answer
 * first; those of whom nothing is are left out. */
static void assert_awaited(const char *text, const char *expected)
{
    Script script;
    Fault fault;
    uint32_t bad;
    size_t count;
    assert_int_equal(script_read(room_law, &arena, str_copy(&arena, str_from(text)),
                                 STR("story.yaml"), &script, &fault), FAIL_NONE);
    Day on = script.acts[script.acts_count - 1].on;
    const Position *position =
        position_recorded(&arena, STR("m"), script.edition, &script.facts, script.acts,
                          script.acts_count, room_calendar, on, &bad);
    assert_non_null(position);
    const MatterPart *parts = parts_of(&arena, position->matter, script.acts, script.acts_count,
                                       room_calendar, on, &count);
    Buf buf = {0};
    for (size_t i = 0; i < count; i++) {
        if (parts[i].awaited != ID_NONE) {
            Str act = script.edition->acts[parts[i].awaited].id;
            buf_print(&buf, "%s%.*s:%.*s%s", buf.len ? " " : "", STR_ARG(parts[i].hat),
                      STR_ARG(act), parts[i].blocked ? "!" : "");
        }
    }
    buf_put_byte(&buf, 0);
    assert_string_equal(buf.at, expected);
    buf_done(&buf);
}

static void one_waits_for_whom_the_next_step_is(void **state)
{
    (void)state;
    assert_awaited(HEAD DECLARE, "center:accept_materials");
    assert_awaited(HEAD DECLARE ACCEPT, "office:decide_need");
    assert_awaited(HEAD DECLARE ACCEPT ASK,
                   "office:decide_need! provider:sup-1:supply_materials "
                   "provider:sup-2:supply_materials");
    assert_awaited(HEAD DECLARE ACCEPT NEED, "office:suggest");
    assert_awaited(HEAD DECLARE ACCEPT NEED SUGGEST, "office:circulate");
    assert_awaited(HEAD DECLARE "- {on: 2026-01-06, by: center, act: return_materials}\n",
                   "operator:op-1:redeclare");
    assert_awaited(HEAD DECLARE "- {on: 2026-01-06, by: operator, act: withdraw}\n", "");
    assert_awaited(HEAD "- {on: 2026-01-05, by: member/mof, act: propose}\n", "office:refer");
    assert_awaited(HEAD "- {on: 2026-01-05, by: member/mof, act: propose}\n"
                        "- {on: 2026-01-05, by: office, act: refer}\n", "commission:authorize");
}

static void while_opinions_are_out_the_office_waits_and_what_they_say_decides_then(void **state)
{
    (void)state;
    assert_awaited(HEAD DECLARE ACCEPT NEED SUGGEST CIRCULATE,
                   "member/cac:opine member/mof:opine office:conclude!");
    assert_awaited(HEAD DECLARE ACCEPT NEED SUGGEST CIRCULATE CAC(false),
                   "member/mof:opine office:conclude!");
    assert_awaited(HEAD DECLARE ACCEPT NEED SUGGEST CIRCULATE CAC(true),
                   "member/mof:opine office:conclude!");
    assert_awaited(HEAD DECLARE ACCEPT NEED SUGGEST CIRCULATE CAC(true) MOF(true),
                   "office:conclude");
    assert_awaited(HEAD DECLARE ACCEPT NEED SUGGEST CIRCULATE CAC(false) MOF(true),
                   "office:open_special");
}

static void the_special_review_is_heard_analysed_and_suggested_before_it_is_sent_out(void **state)
{
    (void)state;
#define TO_SPECIAL                                                                                \
    HEAD DECLARE ACCEPT NEED SUGGEST CIRCULATE CAC(false) MOF(true) SPECIAL
#define HEARD "- {on: 2026-01-12, by: office, act: hear}\n"
#define ANALYSED "- {on: 2026-01-12, by: office, act: analyse}\n"
#define SENT "- {on: 2026-01-12, by: office, act: suggest, with: {finding: fail}}\n"              \
             "- {on: 2026-01-12, by: office, act: circulate}\n"
#define REPORT "- {on: 2026-01-13, by: office, act: report}\n"
    assert_awaited(TO_SPECIAL, "office:hear");
    assert_awaited(TO_SPECIAL HEARD, "office:analyse");
    assert_awaited(TO_SPECIAL HEARD ANALYSED, "office:suggest");
    assert_awaited(TO_SPECIAL HEARD ANALYSED SENT,
                   "member/cac:opine member/mof:opine office:report!");
    assert_awaited(TO_SPECIAL HEARD ANALYSED SENT REPORT, "commission:approve");
}

/* What may be answered again is not waited for once it was answered. */
static void an_expert_who_has_assessed_is_waited_for_no_more(void **state)
{
    (void)state;
#define PANEL                                                                                     \
    "edition: '2017'\nacts:\n"                                                                    \
    "- {on: 2018-03-05, by: user/a, act: report_concern}\n"                                       \
    "- {on: 2018-03-06, by: office, act: determine_subject, with: {review: true}}\n"              \
    "- {on: 2018-03-07, by: office, act: assign_assessment, with: {institution: i, method: "      \
    "laboratory_test}}\n"
    assert_awaited(PANEL, "institution/i:submit_assessment office:empanel!");
#define ASSESSED                                                                                  \
    PANEL "- {on: 2018-03-08, by: institution/i, act: submit_assessment}\n"                       \
    "- {on: 2018-03-09, by: office, act: empanel, with: {experts: [x, y]}}\n"
    assert_awaited(ASSESSED, "expert/x:assess expert/y:assess office:conclude!");
    assert_awaited(ASSESSED "- {on: 2018-03-12, by: expert/x, act: assess}\n",
                   "expert/y:assess office:conclude!");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hat_has_a_row_when_it_may_know_and_only_then),
        cmocka_unit_test(one_waits_for_whom_the_next_step_is),
        cmocka_unit_test(while_opinions_are_out_the_office_waits_and_what_they_say_decides_then),
        cmocka_unit_test(the_special_review_is_heard_analysed_and_suggested_before_it_is_sent_out),
        cmocka_unit_test(an_expert_who_has_assessed_is_waited_for_no_more),
    };
    int failed = cmocka_run_group_tests(tests, room_open, room_close);
    arena_done(&arena);
    return failed;
}
