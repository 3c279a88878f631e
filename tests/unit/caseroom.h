/* caseroom.h: every story of law/stories as a record, every hat that could look at it, and a case
 * file told as text, field by field. For test_access, test_parts, test_casefile. */
#ifndef SHENCHA_CASEROOM_H
#define SHENCHA_CASEROOM_H

#include "kit.h"

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "casefile.h"
#include "parts.h"
#include "script.h"

#define ROOM_OPERATOR "91000000MADEM0A157"
#define ROOM_SUPPLIER "supplier-one"

enum { ROOM_STORIES_MAX = 400, ROOM_HATS_MAX = 120, ROOM_ACTS_MAX = 80 };

typedef struct RoomStory {
    const char *path;
    const Edition *edition;
    Facts facts;
    Act acts[ROOM_ACTS_MAX];     /* those that the law allowed; n is 1, 2, … */
    size_t acts_count;
} RoomStory;

static Arena room_arena;
static Law *room_law;
static const Calendar *room_calendar;
static RoomStory *room_stories;
static size_t room_count;

/* Whose it is, where the story does not say. */
static inline void room_facts(RoomStory *story, const Facts *facts)
{
    static const struct { const char *key, *org; } orgs[] = {{"operator_id", ROOM_OPERATOR},
                                                             {"providers", ROOM_SUPPLIER}};
    Fact *purchase = ARENA_MANY(&room_arena, Fact, facts->purchase_count + 2);
    story->facts = *facts;
    story->facts.purchase = purchase;
    for (size_t i = 0; i < facts->purchase_count; i++) {
        purchase[i] = facts->purchase[i];
    }
    for (size_t i = 0; i < 2; i++) {
        if (!facts_purchase(facts, str_from(orgs[i].key))) {
            Value org = {.kind = VALUE_TEXT, .text = str_from(orgs[i].org)};
            purchase[story->facts.purchase_count++] = (Fact){str_from(orgs[i].key), org};
        }
    }
}

static inline void room_take(const char *path)
{
    Script script;
    Fault fault;
    char *text = kit_read(path, NULL);
    Str kept = str_copy(&room_arena, str_from(text));
    free(text);
    if (script_read(room_law, &room_arena, kept, str_from(path), &script, &fault) != FAIL_NONE) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    RoomStory *story = &room_stories[room_count];
    story->path = str_terminated(&room_arena, str_from(path));
    story->edition = script.edition;
    room_facts(story, &script.facts);
    const Position *position =
        position_of(&room_arena, STR("m"), script.edition, &story->facts, script.acts,
                    script.acts_count, room_calendar, day_from(2040, 1, 1));
    story->acts_count = 0;
    for (size_t i = 0; i < position->done_count && i < ROOM_ACTS_MAX; i++) {
        story->acts[i] = *position->done[i].act;
        story->acts[i].n = (uint32_t)i + 1;
        story->acts[i].person = STR("p77");
        story->acts_count++;
    }
    room_count += story->acts_count > 0;
}

static inline void room_walk(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        const char *path = kit_path(folder, entry->d_name);
        Str name = str_from(entry->d_name);
        if (str_ends(name, STR(".yaml")) && room_count < ROOM_STORIES_MAX) {
            room_take(path);
        } else if (entry->d_name[0] != '.' && !str_ends(name, STR(".yaml"))) {
            room_walk(path);
        }
    }
    if (dir) {
        closedir(dir);
    }
}

static int room_open(void **state)
{
    (void)state;
    Fault fault;
    room_stories = calloc(ROOM_STORIES_MAX, sizeof *room_stories);
    if (law_open(&room_arena, NULL, NULL, &room_law, &fault) != FAIL_NONE ||
        law_calendar(room_law, DAY_LAST, &room_calendar, &fault) != FAIL_NONE) {
        return -1;
    }
    room_walk("law/stories");
    return room_count > 100 ? 0 : -1;
}

static int room_close(void **state)
{
    (void)state;
    free(room_stories);
    arena_done(&room_arena);
    return 0;
}

/* ---- hats ---- */

static inline void room_hat(Hat *hats, size_t *count, Str party, Str org)
{
    for (size_t i = 0; i < *count; i++) {
        if (str_eq(hats[i].party, party) && str_eq(hats[i].org, org)) {
            return;
        }
    }
    if (*count < ROOM_HATS_MAX) {
        hats[(*count)++] = (Hat){party, org};
    }
}

/* Everybody who could ask: every role, every id of a listed role that is a recipient or acts, every
 * named party, strangers of each kind. */
static inline size_t room_hats(const RoomStory *story, Hat *hats)
{
    size_t count = 0;
    const Edition *edition = story->edition;
    const Value *operator_id = facts_purchase(&story->facts, STR("operator_id"));
    const Value *providers = facts_purchase(&story->facts, STR("providers"));
    room_hat(hats, &count, STR("office"), STR("office"));
    room_hat(hats, &count, STR("auditor"), STR("audit"));
    room_hat(hats, &count, STR("admin"), STR("admin"));
    room_hat(hats, &count, STR("public"), STR("public"));
    room_hat(hats, &count, STR("center"), STR("center"));
    room_hat(hats, &count, STR("commission"), STR("commission"));
    room_hat(hats, &count, STR("operator"), operator_id->text);
    room_hat(hats, &count, STR("operator"), STR("operator-else"));
    room_hat(hats, &count, STR("operator"), STR_NONE);
    room_hat(hats, &count, STR("provider"),
             str_part(providers->text, 0, str_find(providers->text, ' ')));
    room_hat(hats, &count, STR("provider"), STR("supplier-else"));
    room_hat(hats, &count, STR("institution/stranger"), STR("x"));
    room_hat(hats, &count, STR("expert/stranger"), STR("x"));
    room_hat(hats, &count, STR("user/stranger"), STR("x"));
    room_hat(hats, &count, STR("association/stranger"), STR("x"));
    room_hat(hats, &count, STR("department/post"), STR("x"));
    room_hat(hats, &count, STR("department/energy"), STR("x"));
    room_hat(hats, &count, STR("member/mof"), STR("x"));
    room_hat(hats, &count, STR("member/cac"), STR("x"));
    for (size_t i = 0; i < story->facts.recipients_count + story->acts_count; i++) {
        bool acted = i >= story->facts.recipients_count;
        Party party = acted ? story->acts[i - story->facts.recipients_count].by
                            : story->facts.recipients[i];
        Buf word = {0};
        buf_put_party(&word, edition, party);
        if (party.id.len) {
            room_hat(hats, &count, str_copy(&room_arena, buf_str(&word)), STR("x"));
        }
        buf_done(&word);
    }
    for (size_t i = 0; i < story->acts_count; i++) {
        for (uint8_t j = 0; j < story->acts[i].given_count; j++) {
            const Value *value = &story->acts[i].given[j].value;
            FieldKind kind = edition->fields[story->acts[i].given[j].field].kind;
            bool parties = kind == FIELD_PARTY || kind == FIELD_PARTIES;
            size_t many = value->kind == VALUE_MANY ? value->many_count : 1;
            for (size_t k = 0; parties && k < many; k++) {
                Str party = value->kind == VALUE_MANY ? value->many[k] : value->text;
                if (str_find(party, '/') < party.len) {
                    room_hat(hats, &count, party, STR("x"));
                }
            }
        }
    }
    return count;
}

/* ---- looking ---- */

static inline const Position *room_position(Arena *arena, const RoomStory *story, size_t acts,
                                            Day on)
{
    uint32_t bad = 0;
    const Position *position =
        position_recorded(arena, STR("2026-0001"), story->edition, &story->facts, story->acts,
                          acts, room_calendar, on, &bad);
    assert_non_null(position);
    return position;
}

static inline const CaseFile *room_file(Arena *arena, const RoomStory *story, size_t acts, Day on,
                                        const Hat *hat)
{
    return casefile_of(arena, hat, room_position(arena, story, acts, on), &story->facts,
                       story->acts, acts);
}

static inline void tell_value(Buf *buf, const Value *value)
{
    buf_print(buf, "%d %d %lld %.*s", value->kind, value->yes, (long long)value->number,
              STR_ARG(value->text));
    for (size_t i = 0; i < value->many_count; i++) {
        buf_print(buf, " [%.*s]", STR_ARG(value->many[i]));
    }
}

static inline void tell_act(Buf *buf, const Edition *edition, const Act *act)
{
    buf_print(buf, "n=%u on=%d %.*s by=", act->n, act->on, STR_ARG(act->act_word));
    if (act->by.role != ID_NONE) {
        buf_put_party(buf, edition, act->by);
    }
    buf_print(buf, " (%.*s) person=%.*s", STR_ARG(act->by_word), STR_ARG(act->person));
    for (uint8_t i = 0; i < act->given_count; i++) {
        buf_print(buf, " %.*s=", STR_ARG(edition->fields[act->given[i].field].id));
        tell_value(buf, &act->given[i].value);
    }
}

static inline void tell_clock(Buf *buf, const Edition *edition, const ClockView *clock)
{
    buf_print(buf, "clock %.*s of=", STR_ARG(clock->kind->id));
    if (clock->run->of.role != ID_NONE) {
        buf_put_party(buf, edition, clock->run->of);
    }
    buf_print(buf, " end=%d started=%d stopped=%d allowed=%d state=%d used=%d due=%d prov=%d\n",
              clock->run->end, clock->run->started, clock->run->stopped, clock->run->allowed,
              clock->status.state, clock->status.used, clock->status.due,
              clock->status.provisional);
}

static inline void tell_owed(Buf *buf, const Edition *edition, const SeenOwed *seen)
{
    const Owed *owed = seen->owed;
    buf_print(buf, "owed %.*s by=", STR_ARG(edition->duties[owed->duty].id));
    if (owed->by.role != ID_NONE) {
        buf_put_party(buf, edition, owed->by);
    }
    buf_print(buf, " name=%.*s state=%d result=%d/%d current=%d laid=%d closed=%d",
              STR_ARG(owed->name), owed->state, owed->result_given, owed->result, owed->current,
              owed->laid, owed->closed);
    buf_print(buf, " answered=%d overdue=%d sealed=%d mine=%d ", seen->answered, seen->overdue,
              seen->sealed, seen->mine);
    if (seen->answer) {
        tell_act(buf, edition, seen->answer);
    }
    buf_put(buf, STR("\n  "));
    if (seen->clock) {
        tell_clock(buf, edition, seen->clock);
    }
    buf_put_byte(buf, '\n');
}

static inline void tell_acts(Buf *buf, const Edition *edition, const CaseFile *file)
{
    for (size_t i = 0; i < file->acts_count; i++) {
        const SeenAct *seen = &file->acts[i];
        buf_print(buf, "act sight=%d own=%d %d>%d clause=%.*s warns=%zu ", seen->sight, seen->own,
                  seen->done->before, seen->done->after, STR_ARG(seen->done->clause),
                  seen->done->warnings_count);
        tell_act(buf, edition, seen->done->act);
        buf_put_byte(buf, '\n');
    }
}

/* Everything that a page can show of a case file, but `position`, which is not for showing. */
static inline void room_tell(Buf *buf, const CaseFile *file)
{
    if (!file) {
        buf_put(buf, STR("not there\n"));
        return;
    }
    const Edition *edition = file->position->edition;
    buf_print(buf, "knows=%d named=%d sealed=%u outcome=%d ", file->standing.knows,
              file->standing.named, file->standing.sealed, file->outcome_seen);
    if (file->outcome_seen) {
        buf_put(buf, file->position->matter->outcome);
    }
    buf_put_byte(buf, '\n');
    for (size_t i = 0; file->facts && i < file->facts->purchase_count; i++) {
        buf_print(buf, "fact %.*s=", STR_ARG(file->facts->purchase[i].key));
        tell_value(buf, &file->facts->purchase[i].value);
        buf_put_byte(buf, '\n');
    }
    for (size_t i = 0; file->facts && i < file->facts->recipients_count; i++) {
        buf_put(buf, STR("recipient "));
        buf_put_party(buf, edition, file->facts->recipients[i]);
        buf_put_byte(buf, '\n');
    }
    for (size_t i = 0; i < file->steps_count; i++) {
        const StageStep *step = &file->steps[i];
        buf_print(buf, "step %.*s %d special=%d since=%d\n",
                  STR_ARG(edition->stages[step->stage].id), step->state, step->special,
                  step->since);
    }
    for (size_t i = 0; i < file->clocks_count; i++) {
        tell_clock(buf, edition, file->clocks[i]);
    }
    tell_acts(buf, edition, file);
    for (size_t i = 0; i < file->owed_count; i++) {
        tell_owed(buf, edition, &file->owed[i]);
    }
    for (size_t i = 0; i < file->may_count; i++) {
        const MayDo *may = &file->may[i];
        buf_print(buf, "may %.*s by=%u mine=%d seal=%d until=%d clause=%.*s\n",
                  STR_ARG(may->act->id), may->by, may->mine, may->under_seal, may->seal_until,
                  STR_ARG(may->clause));
    }
}

static inline void room_tell_part(Buf *buf, const Edition *edition, const MatterPart *part)
{
    buf_print(buf, "%.*s awaited=%.*s blocked=%d due=%d since=%d\n", STR_ARG(part->hat),
              STR_ARG(part->awaited == ID_NONE ? STR_NONE : edition->acts[part->awaited].id),
              part->blocked, part->due, part->since);
}

static inline const MatterPart *room_parts(Arena *arena, const RoomStory *story, size_t acts,
                                           Day on, size_t *ret_count)
{
    const Position *position = room_position(arena, story, acts, on);
    return parts_of(arena, position->matter, story->acts, position->done_count, room_calendar, on,
                    ret_count);
}

#endif
