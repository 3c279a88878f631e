/* test_casefile.c: a case file holds what the gate lets pass, all of it and no more; two records
 * that differ only in what is sealed look alike; what lawyers would say of single matters. */
#include "caseroom.h"

static Arena arena;

/* ---- no more, and no less, than the gate allows ---- */

static size_t acts_allowed(const CaseFile *file)
{
    size_t allowed = 0;
    for (size_t i = 0; i < file->position->done_count; i++) {
        const Thing thing = {.kind = THING_ACT, .act = file->position->done[i].act};
        allowed += access_to(&file->standing, &thing) != SIGHT_NONE;
    }
    return allowed;
}

static void assert_same_acts(const CaseFile *file)
{
    assert_int_equal(file->acts_count, acts_allowed(file));
    for (size_t i = 0; i < file->acts_count; i++) {
        const SeenAct *seen = &file->acts[i];
        const Act *act = &file->standing.acts[seen->n - 1];   /* as it is on the record */
        const Thing thing = {.kind = THING_ACT, .act = act};
        assert_int_equal(seen->sight, access_to(&file->standing, &thing));
        for (uint8_t j = 0; j < seen->done->act->given_count; j++) {
            FieldId field = seen->done->act->given[j].field;
            assert_non_null(act_given(act, field));
            assert_true(access_to_field(&file->standing, act, field));
        }
    }
}

static void assert_same_lists(const CaseFile *file)
{
    const Matter *matter = file->position->matter;
    size_t clocks = 0, owed = 0;
    for (size_t i = 0; i < matter->clocks_count; i++) {
        const Thing thing = {.kind = THING_CLOCK, .clock = &matter->clocks[i]};
        clocks += access_to(&file->standing, &thing) != SIGHT_NONE;
    }
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Thing thing = {.kind = THING_OWED, .owed = &matter->owed[i]};
        bool allowed = access_to(&file->standing, &thing) != SIGHT_NONE;
        owed += allowed;
        assert_int_equal(casefile_sees_owed(file, (uint32_t)i), allowed);
    }
    assert_false(casefile_sees_owed(file, (uint32_t)matter->owed_count));
    assert_int_equal(file->clocks_count, clocks);
    assert_int_equal(file->owed_count, owed);
    assert_int_equal(file->facts != NULL,
                     access_to(&file->standing, &(Thing){.kind = THING_FACTS}) != SIGHT_NONE);
    for (size_t i = 0; i < file->owed_count; i++) {
        const Thing thing = {.kind = THING_ANSWER, .owed = &matter->owed[i]};
        if (file->owed_count == matter->owed_count) {
            assert_int_equal(file->owed[i].answer != NULL,
                             access_to(&file->standing, &thing) == SIGHT_FULL);
        }
    }
}

static void a_file_shows_what_the_gate_lets_pass_and_nothing_else(void **state)
{
    (void)state;
    for (size_t s = 0; s < room_count; s++) {
        const RoomStory *story = &room_stories[s];
        Hat hats[ROOM_HATS_MAX];
        size_t hats_count = room_hats(story, hats);
        for (size_t k = 1; k <= story->acts_count; k++) {
            arena_reset(&arena);
            const Position *position =
                room_position(&arena, story, k, story->acts[k - 1].on);
            for (size_t h = 0; h < hats_count; h++) {
                const CaseFile *file = casefile_of(&arena, &hats[h], position, &story->facts,
                                                   story->acts, k);
                if (file) {
                    assert_same_acts(file);
                    assert_same_lists(file);
                }
            }
        }
    }
}

/* ---- what is sealed makes no difference ---- */

/* The same story, the n-th act saying the opposite, with other reasons. */
static RoomStory *turned(const RoomStory *story, size_t n)
{
    RoomStory *other = arena_copy(&arena, story, sizeof *story);
    Act *act = &other->acts[n];
    FieldId agree = edition_field(story->edition, STR("agree"));
    FieldId reason = edition_field(story->edition, STR("reason"));
    const Value *was = act_given(act, agree);
    Given given[2] = {{agree, {.kind = VALUE_YES_NO, .yes = !was->yes}},
                      {reason, {.kind = VALUE_TEXT, .text = STR("quite another reason")}}};
    act->given = arena_copy(&arena, given, sizeof given);
    act->given_count = 2;
    return other;
}

static Str told(const RoomStory *story, size_t acts, Day on, const Hat *hat)
{
    Buf buf = {0};
    room_tell(&buf, room_file(&arena, story, acts, on, hat));
    Str text = str_copy(&arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Str told_parts(const RoomStory *story, size_t acts, Day on, Str but)
{
    size_t count;
    Buf buf = {0};
    const MatterPart *parts = room_parts(&arena, story, acts, on, &count);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(parts[i].hat, but)) {
            room_tell_part(&buf, story->edition, &parts[i]);
        }
    }
    Str text = str_copy(&arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

/* Is somebody's answer of the round still out, in its time, after these acts? */
static bool runs(const RoomStory *story, size_t acts, Day on, size_t answer)
{
    const Position *position = room_position(&arena, story, acts, on);
    const Matter *matter = position->matter;
    Str stage = story->edition->stages[matter->stage].id;
    bool waits = false;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        if (owed->current && owed->state == OWED_OPEN && owed->laid_by <= answer &&
            story->edition->duties[owed->duty].sealed) {
            waits |= owed->clock == UINT32_MAX || position->clocks[owed->clock].status.due >= on;
        }
    }
    return waits && str_find(stage, 'c') < stage.len && str_ends(stage, STR("consultation"));
}

typedef struct Compared { size_t sealed, open_differ; } Compared;

static void compare(const RoomStory *story, size_t n, size_t acts, Day on, Compared *compared)
{
    const RoomStory *other = turned(story, n);
    Hat hats[ROOM_HATS_MAX];
    size_t hats_count = room_hats(story, hats);
    bool sealed = runs(story, acts, on, n);
    for (size_t h = 0; h < hats_count; h++) {
        bool author = str_eq(hats[h].party, story->acts[n].by_word);
        Str a = told(story, acts, on, &hats[h]), b = told(other, acts, on, &hats[h]);
        if (sealed && !author) {
            assert_true(str_eq(a, b));
            compared->sealed++;
        } else if (author) {
            assert_false(str_eq(a, b));
        } else {
            compared->open_differ += !str_eq(a, b) && str_is(hats[h].party, "office");
        }
    }
    if (sealed) {
        assert_true(str_eq(told_parts(story, acts, on, story->acts[n].by_word),
                           told_parts(other, acts, on, story->acts[n].by_word)));
    }
}

static void records_that_differ_in_a_sealed_answer_look_alike_until_the_round_is_over(void **state)
{
    (void)state;
    Compared compared = {0};
    for (size_t s = 0; s < room_count; s++) {
        const RoomStory *story = &room_stories[s];
        FieldId agree = edition_field(story->edition, STR("agree"));
        for (size_t n = 0; n < story->acts_count; n++) {
            if (agree == ID_NONE || !act_given(&story->acts[n], agree)) {
                continue;
            }
            for (size_t k = n + 1; k <= story->acts_count && k <= n + 4; k++) {
                if (k > n + 1 && !str_is(story->acts[k - 1].act_word, "opine")) {
                    break;   /* what comes then hangs on the answers */
                }
                arena_reset(&arena);
                compare(story, n, k, story->acts[k - 1].on, &compared);
                if (k == story->acts_count) {   /* and as the days go by, until it is overdue */
                    compare(story, n, k, story->acts[k - 1].on + 7, &compared);
                    compare(story, n, k, story->acts[k - 1].on + 90, &compared);
                }
            }
        }
    }
    assert_true(compared.sealed > 500);
    assert_true(compared.open_differ > 10);
}

/* ---- single matters ---- */

#define FACTS                                                                                     \
    "purchase: {title: Routers, operator_id: op-1, providers: sup-1 sup-2, sector: telecoms}\n"   \
    "recipients: [member/cac, member/mof, department/telecoms]\n"
#define DECLARED                                                                                  \
    "edition: '2022'\n" FACTS "acts:\n"                                                           \
    "- {on: 2026-01-05, by: operator, act: declare, with: {note: ours, materials: [declaration, " \
    "analysis_report, procurement_document]}}\n"                                                  \
    "- {on: 2026-01-06, by: center, act: accept_materials, with: {note: complete}}\n"             \
    "- {on: 2026-01-08, by: office, act: decide_need, with: {need: true, reason: backbone, "      \
    "note: see minutes}}\n"
#define ASKED                                                                                     \
    "- {on: 2026-01-09, by: office, act: request_materials, with: {id: r1, from: [operator]}}\n"  \
    "- {on: 2026-01-12, by: office, act: request_materials, with: {id: r2, from: [provider]}}\n"  \
    "- {on: 2026-01-13, by: office, act: request_materials, with: {id: r3, from: [operator, "     \
    "provider]}}\n"
#define PROPOSED                                                                                  \
    "edition: '2022'\n" FACTS "acts:\n"                                                           \
    "- {on: 2026-01-05, by: member/mof, act: propose, with: {grounds: [sources]}}\n"              \
    "- {on: 2026-01-06, by: office, act: refer}\n"                                                \
    "- {on: 2026-01-07, by: commission, act: authorize}\n"
#define OPENED "- {on: 2026-01-08, by: office, act: open_review, with: {reason: concerns}}\n"

static RoomStory *story_of(const char *text)
{
    Script script;
    Fault fault;
    RoomStory *story = ARENA_NEW(&arena, RoomStory);
    assert_int_equal(script_read(room_law, &arena, str_copy(&arena, str_from(text)),
                                 STR("story.yaml"), &script, &fault), FAIL_NONE);
    story->edition = script.edition;
    story->facts = script.facts;
    story->acts_count = script.acts_count;
    memcpy(story->acts, script.acts, script.acts_count * sizeof *script.acts);
    for (size_t i = 0; i < story->acts_count; i++) {
        story->acts[i].n = (uint32_t)i + 1;
    }
    return story;
}

static const CaseFile *file_of(const char *text, const char *party, const char *org)
{
    const RoomStory *story = story_of(text);
    Hat hat = {str_from(party), str_from(org)};
    return room_file(&arena, story, story->acts_count, day_from(2026, 1, 14), &hat);
}

/* "declare:full accept_materials:bare …" */
static void assert_acts(const CaseFile *file, const char *expected)
{
    Buf buf = {0};
    for (size_t i = 0; i < file->acts_count; i++) {
        buf_print(&buf, "%s%.*s:%s", i ? " " : "", STR_ARG(file->acts[i].done->kind->id),
                  file->acts[i].sight == SIGHT_FULL ? "full" : "bare");
    }
    buf_put_byte(&buf, 0);
    assert_string_equal(buf.at, expected);
    buf_done(&buf);
}

static void assert_steps(const CaseFile *file, const char *expected)
{
    static const char marks[] = {'+', '*', '-'};
    Buf buf = {0};
    for (size_t i = 0; i < file->steps_count; i++) {
        Str id = file->position->edition->stages[file->steps[i].stage].id;
        buf_print(&buf, "%s%c%.*s", i ? " " : "", marks[file->steps[i].state], STR_ARG(id));
    }
    buf_put_byte(&buf, 0);
    assert_string_equal(buf.at, expected);
    buf_done(&buf);
}

static bool may(const CaseFile *file, const char *act)
{
    for (size_t i = 0; i < file->may_count; i++) {
        if (str_is(file->may[i].act->id, act) && file->may[i].mine) {
            return true;
        }
    }
    return false;
}

static void a_declared_matter_for_its_operator_and_its_supplier(void **state)
{
    (void)state;
    const CaseFile *operator_file = file_of(DECLARED, "operator", "op-1");
    assert_acts(operator_file, "declare:full accept_materials:bare decide_need:full");
    assert_steps(operator_file,
                 "+filing +screening *preliminary -consultation -concluded");
    FieldId note = edition_field(operator_file->position->edition, STR("note"));
    FieldId reason = edition_field(operator_file->position->edition, STR("reason"));
    assert_non_null(act_given(operator_file->acts[0].done->act, note));
    assert_null(act_given(operator_file->acts[2].done->act, note));
    assert_non_null(act_given(operator_file->acts[2].done->act, reason));
    assert_true(may(operator_file, "withdraw"));
    assert_false(may(operator_file, "supply_materials"));
    const CaseFile *supplier = file_of(DECLARED, "provider", "sup-2");
    assert_acts(supplier, "declare:bare accept_materials:bare decide_need:bare");
    assert_null(file_of(DECLARED, "provider", "sup-3"));
    assert_null(file_of(DECLARED, "provider", "sup"));
    assert_null(file_of(DECLARED, "operator", "op-2"));
    assert_null(file_of(DECLARED, "operator", ""));
    assert_null(file_of(DECLARED, "member/mof", "mof"));
    assert_null(file_of(DECLARED, "commission", "c"));
}

static void who_is_asked_for_materials_sees_its_own_requests_alone(void **state)
{
    (void)state;
    const CaseFile *file = file_of(DECLARED ASKED, "operator", "op-1");
    assert_int_equal(file->owed_count, 2);
    assert_true(str_is(file->owed[0].owed->name, "r1"));
    assert_true(str_is(file->owed[1].owed->name, "r3"));
    assert_acts(file, "declare:full accept_materials:bare decide_need:full "
                      "request_materials:full request_materials:full");
    FieldId from = edition_field(file->position->edition, STR("from"));
    assert_int_equal(act_given(file->acts[4].done->act, from)->many_count, 1);
    assert_true(access_to_field(&file->standing, &file->standing.acts[5], from));
    assert_false(access_to_field(&file->standing, &file->standing.acts[4], from));   /* r2 */
    assert_true(may(file, "supply_materials"));
    assert_int_equal(file_of(DECLARED ASKED, "provider", "sup-1")->owed_count, 2);
    assert_int_equal(file_of(DECLARED ASKED, "office", "o")->owed_count, 3);
    assert_int_equal(file_of(DECLARED ASKED, "center", "c")->owed_count, 0);
}

/* An answer that names another's request is not refused by the law, but told as not there. */
static void nobody_answers_anothers_request(void **state)
{
    (void)state;
    const CaseFile *file = file_of(DECLARED ASKED, "operator", "op-1");
    const Edition *edition = file->position->edition;
    static const struct { const char *id; bool may; } asked[] = {
        {"r1", true}, {"r2", false}, {"r3", true}, {"r9", false}, {NULL, false}};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        Given given = {edition_field(edition, STR("id")),
                       {.kind = VALUE_TEXT, .text = str_from(asked[i].id)}};
        Act act = {.on = file->position->on, .act = edition_act(edition, STR("supply_materials")),
                   .by = file->standing.party, .given = &given,
                   .given_count = asked[i].id ? 1 : 0};
        assert_int_equal(access_may_do(&file->standing, &act), asked[i].may);
    }
    Act withdraw = {.on = file->position->on, .act = edition_act(edition, STR("withdraw")),
                    .by = file->standing.party};
    assert_true(access_may_do(&file->standing, &withdraw));
    withdraw.by = (Party){edition_role(edition, STR("office")), STR_NONE};
    assert_false(access_may_do(&file->standing, &withdraw));
}

static void an_operator_hears_of_a_proposed_matter_when_its_review_is_opened(void **state)
{
    (void)state;
    assert_null(file_of(PROPOSED, "operator", "op-1"));
    assert_null(file_of(PROPOSED OPENED, "provider", "sup-1"));
    assert_null(file_of(PROPOSED OPENED, "center", "c"));
    const CaseFile *file = file_of(PROPOSED OPENED, "operator", "op-1");
    assert_acts(file, "open_review:full");
    assert_steps(file, "*preliminary -consultation -concluded");
    const CaseFile *member = file_of(PROPOSED OPENED, "member/mof", "mof");
    assert_acts(member, "propose:full refer:bare authorize:bare open_review:bare");
    assert_int_equal(member->clocks_count, 0);
    assert_null(file_of(PROPOSED OPENED, "member/cac", "cac"));
    assert_steps(file_of(PROPOSED, "commission", "c"),
                 "+proposed +authorization *authorized -preliminary -consultation -concluded");
}

static void findings_made_after_one_was_asked_are_not_yet_for_those_asked(void **state)
{
    (void)state;
    static const char text[] =
        DECLARED
        "- {on: 2026-01-08, by: office, act: assess, with: {factor: data}}\n"
        "- {on: 2026-01-08, by: office, act: suggest, with: {finding: pass}}\n"
        "- {on: 2026-01-08, by: office, act: circulate}\n"
        "- {on: 2026-01-09, by: member/cac, act: opine, with: {agree: false, reason: risk}}\n"
        "- {on: 2026-01-09, by: member/mof, act: opine, with: {agree: true}}\n"
        "- {on: 2026-01-09, by: department/telecoms, act: opine, with: {agree: true}}\n"
        "- {on: 2026-01-12, by: office, act: open_special}\n"
        "- {on: 2026-01-13, by: office, act: assess, with: {factor: continuity}}\n"
        "- {on: 2026-01-13, by: office, act: hear}\n"
        "- {on: 2026-01-13, by: office, act: suggest, with: {finding: fail}}\n";
    const CaseFile *file = file_of(text, "member/mof", "mof");
    assert_acts(file, "declare:full accept_materials:bare decide_need:bare assess:full "
                      "suggest:full circulate:full opine:full opine:full opine:full "
                      "open_special:bare");
    assert_steps(file, "+filing +screening +preliminary +consultation *special -reconsultation "
                       "-approval -approved -concluded");
    assert_acts(file_of(text, "operator", "op-1"),
                "declare:full accept_materials:bare decide_need:full circulate:bare "
                "open_special:full");
}

static void the_center_sees_the_declaration_and_of_the_rest_that_it_happened(void **state)
{
    (void)state;
    assert_acts(file_of(DECLARED, "center", "c"),
                "declare:full accept_materials:full decide_need:bare");
}

static void a_proposer_who_was_not_asked_reads_nothing_of_the_operators(void **state)
{
    (void)state;
    static const char text[] =
        PROPOSED OPENED
        "- {on: 2026-01-09, by: office, act: request_materials, with: {from: [operator]}}\n"
        "- {on: 2026-01-12, by: operator, act: supply_materials, with: {items: [plans]}}\n";
    assert_acts(file_of(text, "member/mof", "mof"),
                "propose:full refer:bare authorize:bare open_review:bare");
    assert_acts(file_of(text, "operator", "op-1"),
                "open_review:full request_materials:full supply_materials:full");
}

/* The second round has no clock: it ends with the report, whoever is missing. */
static void a_round_is_over_when_its_stage_is_left(void **state)
{
    (void)state;
#define SECOND                                                                                    \
    DECLARED                                                                                      \
    "- {on: 2026-01-08, by: office, act: suggest, with: {finding: pass}}\n"                       \
    "- {on: 2026-01-08, by: office, act: circulate}\n"                                            \
    "- {on: 2026-01-09, by: member/cac, act: opine, with: {agree: false}}\n"                      \
    "- {on: 2026-01-09, by: office, act: open_special}\n"                                         \
    "- {on: 2026-01-09, by: office, act: hear}\n"                                                 \
    "- {on: 2026-01-09, by: office, act: analyse}\n"                                              \
    "- {on: 2026-01-09, by: office, act: suggest, with: {finding: fail}}\n"                       \
    "- {on: 2026-01-09, by: office, act: circulate}\n"                                            \
    "- {on: 2026-01-12, by: member/cac, act: opine, with: {agree: true}}\n"
    const CaseFile *before = file_of(SECOND, "office", "o");
    assert_int_equal(before->acts[before->acts_count - 1].sight, SIGHT_BARE);
    assert_int_equal(before->acts[5].sight, SIGHT_FULL);   /* of the first round, which is over */
    const CaseFile *after =
        file_of(SECOND "- {on: 2026-01-13, by: office, act: report}\n", "office", "o");
    assert_int_equal(after->acts[before->acts_count - 1].sight, SIGHT_FULL);
    assert_null(file_of(SECOND, "commission", "c"));
}

static void a_department_hears_of_a_nomination_when_its_finding_is_needed(void **state)
{
    (void)state;
#define NOMINATED(cii)                                                                            \
    "edition: '2017'\npurchase: {sector: energy, cii: " #cii ", providers: sup-1}\nacts:\n"       \
    "- {on: 2018-03-05, by: user/a, act: report_concern}\n"
    assert_null(file_of(NOMINATED(false), "department/energy", "e"));
    assert_null(file_of(NOMINATED(true), "department/water", "w"));
    const CaseFile *file = file_of(NOMINATED(true), "department/energy", "e");
    assert_acts(file, "report_concern:bare");
    assert_int_equal(file->acts[0].done->act->by.id.len, 0);   /* not who reported */
    assert_true(may(file, "determine_influence"));
    assert_null(file_of(NOMINATED(true), "provider", "sup-1"));
}

/* ---- papers ---- */

static Sight paper(const CaseFile *file, const char *party, const char *org, const char *kind)
{
    const Thing thing = {.kind = THING_PAPER, .paper_of = {str_from(party), str_from(org)},
                         .paper_kind = str_from(kind)};
    return access_to(&file->standing, &thing);
}

static void papers_go_to_whom_they_were_given_for(void **state)
{
    (void)state;
    static const char asking[] =
        DECLARED
        "- {on: 2026-01-08, by: office, act: suggest, with: {finding: pass}}\n"
        "- {on: 2026-01-08, by: office, act: circulate}\n"
        "- {on: 2026-01-09, by: member/cac, act: opine, with: {agree: false}}\n";
    static const struct {
        const char *party, *org, *of, *of_org, *kind;
        Sight sight;
    } papers[] = {
        {"office", "o", "operator", "op-1", "declaration", SIGHT_FULL},
        {"office", "o", "provider", "sup-1", "evidence", SIGHT_FULL},
        {"office", "o", "member/cac", "cac", "evidence", SIGHT_NONE},
        {"member/cac", "cac", "member/cac", "cac", "evidence", SIGHT_FULL},
        {"member/mof", "mof", "member/cac", "cac", "evidence", SIGHT_NONE},
        {"member/mof", "mof", "operator", "op-1", "declaration", SIGHT_FULL},
        {"member/mof", "mof", "provider", "sup-1", "declaration", SIGHT_NONE},
        {"auditor", "a", "operator", "op-1", "declaration", SIGHT_BARE},
        {"auditor", "a", "member/cac", "cac", "evidence", SIGHT_NONE},
        {"center", "c", "operator", "op-1", "declaration", SIGHT_FULL},
        {"center", "c", "operator", "op-1", "evidence", SIGHT_NONE},
        {"center", "c", "provider", "sup-1", "declaration", SIGHT_NONE},
        {"operator", "op-1", "operator", "op-1", "declaration", SIGHT_FULL},
        {"operator", "op-1", "provider", "sup-1", "declaration", SIGHT_NONE},
        {"operator", "op-1", "office", "o", "evidence", SIGHT_NONE},
        {"provider", "sup-1", "provider", "sup-1", "declaration", SIGHT_FULL},
        {"provider", "sup-1", "provider", "sup-2", "declaration", SIGHT_NONE},
        {"provider", "sup-1", "operator", "op-1", "declaration", SIGHT_NONE},
    };
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        const CaseFile *file = file_of(asking, papers[i].party, papers[i].org);
        assert_non_null(file);
        assert_int_equal(paper(file, papers[i].of, papers[i].of_org, papers[i].kind),
                         papers[i].sight);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_shows_what_the_gate_lets_pass_and_nothing_else),
        cmocka_unit_test(records_that_differ_in_a_sealed_answer_look_alike_until_the_round_is_over),
        cmocka_unit_test(a_declared_matter_for_its_operator_and_its_supplier),
        cmocka_unit_test(who_is_asked_for_materials_sees_its_own_requests_alone),
        cmocka_unit_test(nobody_answers_anothers_request),
        cmocka_unit_test(an_operator_hears_of_a_proposed_matter_when_its_review_is_opened),
        cmocka_unit_test(findings_made_after_one_was_asked_are_not_yet_for_those_asked),
        cmocka_unit_test(the_center_sees_the_declaration_and_of_the_rest_that_it_happened),
        cmocka_unit_test(a_proposer_who_was_not_asked_reads_nothing_of_the_operators),
        cmocka_unit_test(a_round_is_over_when_its_stage_is_left),
        cmocka_unit_test(a_department_hears_of_a_nomination_when_its_finding_is_needed),
        cmocka_unit_test(papers_go_to_whom_they_were_given_for),
    };
    int failed = cmocka_run_group_tests(tests, room_open, room_close);
    arena_done(&arena);
    return failed;
}
