/* test_access.c: the gate over the whole matrix: every story of the law, after each of its acts,
 * for every hat. The rules are said here in their own words, from the record alone. */
#include "caseroom.h"

static Arena arena;

typedef struct Look {            /* one hat looking at one matter after one act */
    const RoomStory *story;
    const Position *position;
    const CaseFile *file;        /* NULL: not there */
    Hat hat;
    size_t acts;
} Look;
typedef void Rule(const Look *look);

/* Asks the rule for every story, act and hat; returns how often a matter was seen. */
static size_t everywhere(Rule *rule)
{
    size_t seen = 0;
    for (size_t s = 0; s < room_count; s++) {
        const RoomStory *story = &room_stories[s];
        Hat hats[ROOM_HATS_MAX];
        size_t hats_count = room_hats(story, hats);
        for (size_t k = 1; k <= story->acts_count; k++) {
            arena_reset(&arena);
            Day on = story->acts[k - 1].on + (k % 3 == 0 ? 1 : 0);
            if (k < story->acts_count && story->acts[k].on <= on) {
                on = story->acts[k - 1].on;
            }
            const Position *position = room_position(&arena, story, k, on);
            for (size_t h = 0; h < hats_count; h++) {
                Look look = {story, position, NULL, hats[h], k};
                look.file = casefile_of(&arena, &hats[h], position, &story->facts, story->acts, k);
                seen += look.file != NULL;
                rule(&look);
            }
        }
    }
    assert_true(seen > 1000);
    return seen;
}

static bool is(const Look *look, const char *party) { return str_is(look->hat.party, party); }

static bool sees_all(const Look *look)
{
    return is(look, "office") || is(look, "auditor") || is(look, "commission");
}

static Str fact_text(const Look *look, const char *key)
{
    const Value *value = facts_purchase(&look->story->facts, str_from(key));
    return value ? value->text : STR_NONE;
}

static bool own_org(const Look *look)
{
    if (is(look, "operator")) {
        return look->hat.org.len && str_eq(look->hat.org, fact_text(look, "operator_id"));
    }
    return !is(look, "provider") ||
           str_starts(fact_text(look, "providers"), look->hat.org);
}

static bool own_act(const Look *look, const Act *act)
{
    Buf by = {0};
    if (act->by.role != ID_NONE) {
        buf_put_party(&by, look->story->edition, act->by);
    }
    bool own = str_eq(buf_str(&by), look->hat.party) && own_org(look);
    buf_done(&by);
    return own;
}

static bool notice_goes(const Look *look, const DoneView *done, const char *role)
{
    for (uint8_t i = 0; i < done->branch->notices_count; i++) {
        if (str_is(look->story->edition->notices[done->branch->notices[i]].to, role)) {
            return true;
        }
    }
    return false;
}

/* Does a list of parties in the act hold this word? */
static bool names(const Look *look, const Act *act, Str party)
{
    for (uint8_t i = 0; i < act->given_count; i++) {
        FieldKind kind = look->story->edition->fields[act->given[i].field].kind;
        const Value *value = &act->given[i].value;
        for (size_t j = 0; kind == FIELD_PARTIES && j < value->many_count; j++) {
            if (str_eq(value->many[j], party)) {
                return true;
            }
        }
        if (kind == FIELD_PARTY && str_eq(value->text, party)) {
            return true;
        }
    }
    return false;
}

/* ---- who knows at all ---- */

static void rule_everything_or_nothing(const Look *look)
{
    if (is(look, "office") || is(look, "auditor")) {
        assert_non_null(look->file);
        assert_int_equal(look->file->acts_count, look->acts);
    }
    if (is(look, "admin") || is(look, "public") || str_ends(look->hat.party, STR("/stranger"))) {
        assert_null(look->file);
    }
}

static void office_and_auditor_know_everything_admin_and_strangers_nothing(void **state)
{
    (void)state;
    everywhere(rule_everything_or_nothing);
}

static void rule_operator_told(const Look *look)
{
    if (!is(look, "operator")) {
        return;
    }
    bool told = false;
    for (size_t i = 0; i < look->position->done_count; i++) {
        const DoneView *done = &look->position->done[i];
        told |= own_act(look, done->act) || notice_goes(look, done, "operator") ||
                names(look, done->act, STR("operator"));
    }
    assert_int_equal(look->file != NULL, own_org(look) && told);
}

static void an_operator_knows_its_own_matter_once_it_acted_or_was_told(void **state)
{
    (void)state;
    everywhere(rule_operator_told);
}

/* A supplier of a matter that a member proposed hears nothing until it is asked. */
static void rule_supplier_told(const Look *look)
{
    if (!is(look, "provider")) {
        return;
    }
    Buf first = {0};
    buf_put_party(&first, look->story->edition, look->story->acts[0].by);
    bool told = str_is(buf_str(&first), "operator");
    buf_done(&first);
    for (size_t i = 0; i < look->position->done_count; i++) {
        const DoneView *done = &look->position->done[i];
        told |= own_act(look, done->act) || notice_goes(look, done, "provider") ||
                names(look, done->act, STR("provider"));
    }
    assert_int_equal(look->file != NULL, own_org(look) && told);
}

static void a_supplier_knows_what_was_declared_with_it_or_what_it_was_told(void **state)
{
    (void)state;
    everywhere(rule_supplier_told);
}

static bool asked(const Look *look)
{
    for (size_t i = 0; i < look->position->matter->owed_count; i++) {
        const Owed *owed = &look->position->matter->owed[i];
        Buf by = {0};
        if (owed->by.role != ID_NONE) {
            buf_put_party(&by, look->story->edition, owed->by);
        }
        bool hit = by.len && str_eq(buf_str(&by), look->hat.party);
        buf_done(&by);
        if (hit) {
            return true;
        }
    }
    return false;
}

static bool acted(const Look *look)
{
    for (size_t i = 0; i < look->acts; i++) {
        if (own_act(look, &look->story->acts[i])) {
            return true;
        }
    }
    return false;
}

static void rule_members(const Look *look)
{
    if (str_starts(look->hat.party, STR("member/"))) {
        assert_int_equal(look->file != NULL, asked(look) || acted(look));
    }
    if (str_starts(look->hat.party, STR("department/"))) {
        Str id = str_part(look->hat.party, strlen("department/"), look->hat.party.len);
        const Value *cii = facts_purchase(&look->story->facts, STR("cii"));
        bool influence = edition_act(look->story->edition, STR("determine_influence")) != ID_NONE &&
                         cii && cii->yes && str_eq(fact_text(look, "sector"), id);
        assert_int_equal(look->file != NULL, asked(look) || acted(look) || influence);
    }
    if (str_starts(look->hat.party, STR("institution/")) ||
        str_starts(look->hat.party, STR("expert/"))) {
        assert_int_equal(look->file != NULL, asked(look) || acted(look));
    }
}

static void members_departments_institutions_experts_know_what_they_were_asked_or_did(void **state)
{
    (void)state;
    everywhere(rule_members);
}

/* The Commission and the Center know a matter from the stage in which they act. */
static void rule_by_stage(const Look *look)
{
    const char *stages = is(look, "commission") ? " authorization approval "
                         : is(look, "center")   ? " filing " : NULL;
    if (!stages || edition_role(look->story->edition, look->hat.party) == ID_NONE) {
        assert_true(!stages || !look->file);
        return;
    }
    bool came = false;
    for (size_t i = 0; i < look->position->done_count; i++) {
        StageId after = look->position->done[i].after;
        char word[80];
        snprintf(word, sizeof word, " %.*s ", STR_ARG(look->story->edition->stages[after].id));
        came |= strstr(stages, word) != NULL;
    }
    assert_int_equal(look->file != NULL, came);
}

static void center_and_commission_know_what_came_to_them(void **state)
{
    (void)state;
    everywhere(rule_by_stage);
}

/* ---- acts ---- */

static bool word_among(Str word, const char *const *words)
{
    for (; *words; words++) {
        if (str_is(word, *words)) {
            return true;
        }
    }
    return false;
}

static void rule_operator_acts(const Look *look)
{
    static const char *const hidden[] = {"assess", "suggest", "opine", "hear", "analyse",
                                         "submit_assessment", "propose", "refer", "authorize",
                                         "recommend", "instruct", "determine_influence", NULL};
    for (size_t i = 0; look->file && is(look, "operator") && i < look->file->acts_count; i++) {
        const SeenAct *seen = &look->file->acts[i];
        assert_false(word_among(seen->done->kind->id, hidden));
        if (seen->sight == SIGHT_FULL && !own_act(look, seen->done->act)) {
            Str word = seen->done->kind->id;
            assert_true(notice_goes(look, seen->done, "operator") ||
                        str_is(word, "request_materials") || str_is(word, "cancel_request"));
        }
        if (str_is(seen->done->kind->id, "supply_materials")) {
            assert_true(own_act(look, seen->done->act));
        }
    }
}

static void no_operator_ever_sees_an_assessment_a_suggestion_or_an_opinion(void **state)
{
    (void)state;
    everywhere(rule_operator_acts);
}

static void rule_supplier(const Look *look)
{
    if (!look->file || !is(look, "provider")) {
        return;
    }
    bool applied = own_act(look, &look->story->acts[0]);
    assert_int_equal(look->file->facts != NULL, applied);
    assert_int_equal(look->file->clocks_count, 0);
    for (size_t i = 0; i < look->file->acts_count; i++) {
        const SeenAct *seen = &look->file->acts[i];
        bool of_operator = seen->done->act->by.role ==
                           edition_role(look->story->edition, STR("operator"));
        assert_true(!of_operator || seen->sight == SIGHT_BARE);
        if (seen->sight == SIGHT_FULL && !own_act(look, seen->done->act)) {
            assert_true(notice_goes(look, seen->done, "provider") ||
                        str_is(seen->done->kind->id, "request_materials") ||
                        str_is(seen->done->kind->id, "cancel_request"));
        }
    }
}

static void a_supplier_sees_no_facts_no_clocks_and_nothing_of_the_operator_but_that_it_acted(
    void **state)
{
    (void)state;
    everywhere(rule_supplier);
}

/* Does somebody still owe an answer of the round in which the act was done, in time? */
static bool round_runs(const Look *look, const Act *act)
{
    const Matter *matter = look->position->matter;
    Str stage = look->story->edition->stages[matter->stage].id;
    if (!str_is(stage, "consultation") && !str_is(stage, "reconsultation")) {
        return false;
    }
    bool waits = false;
    for (size_t i = 0; i < matter->owed_count; i++) {
        const Owed *owed = &matter->owed[i];
        bool sealed = look->story->edition->duties[owed->duty].sealed;
        if (sealed && owed->current && owed->state == OWED_OPEN && owed->laid_by < act->n) {
            waits |= owed->clock == UINT32_MAX ||
                     look->position->clocks[owed->clock].status.due >= look->position->on;
        }
    }
    return waits;
}

/* The act that answered in the latest round, by whom it was. */
static void rule_sealed(const Look *look)
{
    for (size_t i = 0; look->file && i < look->file->acts_count; i++) {
        const SeenAct *seen = &look->file->acts[i];
        const Act *act = &look->story->acts[seen->n - 1];
        if (!str_is(seen->done->kind->id, "opine") || own_act(look, act)) {
            continue;
        }
        assert_true(sees_all(look) || asked(look));
        assert_true(!round_runs(look, act) || seen->sight == SIGHT_BARE);
    }
    for (size_t i = 0; look->file && i < look->file->owed_count; i++) {
        const SeenOwed *seen = &look->file->owed[i];
        if (!seen->answered || !look->story->edition->duties[seen->owed->duty].sealed) {
            continue;
        }
        const Act *act = &look->story->acts[seen->owed->closed_by - 1];
        if (round_runs(look, act) && seen->owed->current && !own_act(look, act)) {
            assert_null(seen->answer);
            assert_true(seen->sealed);
            assert_false(seen->owed->result_given);
        }
    }
}

static void nobody_sees_anothers_opinion_while_the_round_runs(void **state)
{
    (void)state;
    everywhere(rule_sealed);
}

/* Whoever kept silent does not read what the others said, not even afterwards. */
static void rule_silent(const Look *look)
{
    for (size_t i = 0; look->file && !sees_all(look) && i < look->file->owed_count; i++) {
        const SeenOwed *seen = &look->file->owed[i];
        if (!seen->answer || seen->mine) {
            continue;
        }
        bool own_given = false;
        for (size_t j = 0; j < look->file->owed_count; j++) {
            const SeenOwed *own = &look->file->owed[j];
            own_given |= own->mine && own->answered && own->owed->duty == seen->owed->duty &&
                         own->owed->laid_by == seen->owed->laid_by;
        }
        assert_true(own_given);
    }
}

static void who_gave_no_opinion_reads_no_others(void **state)
{
    (void)state;
    everywhere(rule_silent);
}

static void rule_bare(const Look *look)
{
    for (size_t i = 0; look->file && i < look->file->acts_count; i++) {
        const SeenAct *seen = &look->file->acts[i];
        const Act *act = seen->done->act;
        assert_int_equal(act->n, i + 1);
        assert_true(seen->sight == SIGHT_BARE || seen->sight == SIGHT_FULL);
        if (seen->sight == SIGHT_BARE) {
            assert_int_equal(act->given_count, 0);
            assert_int_equal(act->person.len, 0);
            assert_int_equal(seen->done->warnings_count, 0);
            bool answer = str_is(seen->done->kind->id, "opine");
            assert_true(sees_all(look) || answer || act->by.id.len == 0);
            bool role_alone = str_find(act->by_word, '/') == act->by_word.len;
            assert_true(sees_all(look) || answer || role_alone);
        }
        if (!sees_all(look) && !own_act(look, &look->story->acts[seen->n - 1])) {
            assert_int_equal(act->person.len, 0);
        }
    }
}

static void what_is_seen_bare_holds_nothing_and_no_number_is_left_out(void **state)
{
    (void)state;
    everywhere(rule_bare);
}

/* ---- clocks, recipients, facts ---- */

static void rule_clocks(const Look *look)
{
    for (size_t i = 0; look->file && !sees_all(look) && i < look->file->clocks_count; i++) {
        Party of = look->file->clocks[i]->run->of;
        assert_true(of.role == ID_NONE || party_eq(of, look->file->standing.party));
    }
    if (look->file && look->file->facts && !sees_all(look)) {
        assert_int_equal(look->file->facts->recipients_count, 0);
        assert_int_equal(look->file->facts->accredited_count, 0);
    }
    if (look->file && (is(look, "operator") || is(look, "provider") || is(look, "center"))) {
        for (size_t i = 0; i < look->file->owed_count; i++) {   /* not who was asked */
            assert_true(look->file->owed[i].mine);
            assert_int_equal(look->file->owed[i].owed->by.role, ID_NONE);
        }
    }
}

static void nobody_sees_another_addressees_clock_nor_who_would_be_asked(void **state)
{
    (void)state;
    everywhere(rule_clocks);
}

static void rule_named_parties(const Look *look)
{
    bool told = is(look, "operator") || is(look, "provider") ||
                str_starts(look->hat.party, STR("expert/")) ||
                str_starts(look->hat.party, STR("institution/"));
    for (size_t i = 0; look->file && told && i < look->file->acts_count; i++) {
        const Act *act = look->file->acts[i].done->act;
        if (own_act(look, act)) {
            continue;
        }
        for (uint8_t j = 0; j < act->given_count; j++) {
            const Value *value = &act->given[j].value;
            const Field *field = &look->story->edition->fields[act->given[j].field];
            assert_false(str_is(field->id, "note") || str_is(field->id, "record"));
            for (size_t k = 0; field->kind == FIELD_PARTIES && k < value->many_count; k++) {
                assert_true(str_eq(value->many[k], look->hat.party));
            }
            if (field->kind == FIELD_PARTY) {
                assert_true(str_eq(value->text, look->hat.party));
            }
        }
    }
}

static void a_notice_names_nobody_but_its_reader_and_tells_no_internal_note(void **state)
{
    (void)state;
    everywhere(rule_named_parties);
}

/* ---- what may be done ---- */

static void rule_mine(const Look *look)
{
    for (size_t i = 0; look->file && i < look->file->may_count; i++) {
        const MayDo *may = &look->file->may[i];
        bool office = is(look, "office") || is(look, "auditor");
        assert_true(may->mine || office);
        assert_false(may->mine && is(look, "auditor"));
        Act act = {.on = look->position->on, .by = look->file->standing.party,
                   .act = (ActId)(may->act - look->story->edition->acts),
                   .act_word = may->act->id};
        Decision decision =
            matter_decide(look->position->matter, room_calendar, &act, &arena);
        bool barred = decision.kind == DECISION_REFUSED &&
                      (decision.why == WORD_REFUSED_ROLE || decision.why == WORD_REFUSED_ANSWERED ||
                       decision.why == WORD_REFUSED_NOT_ADDRESSEE ||
                       decision.why == WORD_REFUSED_NOT_OPEN_IN_STAGE);
        assert_false(may->mine && barred);
    }
}

static void what_is_offered_is_what_this_hat_may_do(void **state)
{
    (void)state;
    everywhere(rule_mine);
}

/* Conclusion and special procedure hang on what the opinions say. */
static void rule_sealed_acts(const Look *look)
{
    if (!look->file || !is(look, "office")) {
        return;
    }
    Act later = {.n = UINT32_MAX};
    bool runs = round_runs(look, &later) &&
                str_is(look->story->edition->stages[look->position->matter->stage].id,
                       "consultation");
    for (size_t i = 0; i < look->file->may_count; i++) {
        const MayDo *may = &look->file->may[i];
        bool rests = str_is(may->act->id, "conclude") || str_is(may->act->id, "open_special");
        assert_int_equal(may->under_seal, runs && rests);
        assert_int_equal(may->seal_until != DAY_NONE, runs && rests);
    }
}

static void while_a_round_runs_no_act_is_offered_that_would_tell_it(void **state)
{
    (void)state;
    everywhere(rule_sealed_acts);
}

/* ---- once known, always known ---- */

static void a_hat_that_knows_a_matter_does_not_forget_it(void **state)
{
    (void)state;
    for (size_t s = 0; s < room_count; s++) {
        const RoomStory *story = &room_stories[s];
        Hat hats[ROOM_HATS_MAX];
        size_t hats_count = room_hats(story, hats);
        for (size_t h = 0; h < hats_count; h++) {
            size_t seen = 0;
            bool knew = false;
            for (size_t k = 1; k <= story->acts_count; k++) {
                arena_reset(&arena);
                const CaseFile *file =
                    room_file(&arena, story, k, story->acts[k - 1].on, &hats[h]);
                assert_true(file || !knew);
                knew = file != NULL;
                assert_true(!file || casefile_seen(file) >= seen);
                seen = file ? casefile_seen(file) : 0;
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(office_and_auditor_know_everything_admin_and_strangers_nothing),
        cmocka_unit_test(an_operator_knows_its_own_matter_once_it_acted_or_was_told),
        cmocka_unit_test(a_supplier_knows_what_was_declared_with_it_or_what_it_was_told),
        cmocka_unit_test(members_departments_institutions_experts_know_what_they_were_asked_or_did),
        cmocka_unit_test(center_and_commission_know_what_came_to_them),
        cmocka_unit_test(no_operator_ever_sees_an_assessment_a_suggestion_or_an_opinion),
        cmocka_unit_test(
            a_supplier_sees_no_facts_no_clocks_and_nothing_of_the_operator_but_that_it_acted),
        cmocka_unit_test(nobody_sees_anothers_opinion_while_the_round_runs),
        cmocka_unit_test(who_gave_no_opinion_reads_no_others),
        cmocka_unit_test(what_is_seen_bare_holds_nothing_and_no_number_is_left_out),
        cmocka_unit_test(nobody_sees_another_addressees_clock_nor_who_would_be_asked),
        cmocka_unit_test(a_notice_names_nobody_but_its_reader_and_tells_no_internal_note),
        cmocka_unit_test(what_is_offered_is_what_this_hat_may_do),
        cmocka_unit_test(while_a_round_runs_no_act_is_offered_that_would_tell_it),
        cmocka_unit_test(a_hat_that_knows_a_matter_does_not_forget_it),
    };
    int failed = cmocka_run_group_tests(tests, room_open, room_close);
    arena_done(&arena);
    return failed;
}
