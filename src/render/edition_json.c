/* edition_json.c: an edition for programs: clauses, stages, clocks, duties, acts, policies. */
#include "edition_text.h"
#include "editiondiff.h"

static void cites_json(Buf *buf, const Cites *cites)
{
    buf_put_byte(buf, '[');
    for (uint8_t i = 0; i < cites->count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, cites->at[i]);
    }
    buf_put_byte(buf, ']');
}

static void clauses_json(Buf *buf, const ClauseTexts *clauses)
{
    buf_put(buf, STR(",\"clauses\":["));
    for (size_t i = 0; i < clauses->count; i++) {
        const ClauseText *clause = &clauses->at[i];
        buf_put(buf, i ? STR(",{\"clause\":") : STR("{\"clause\":"));
        buf_put_json(buf, clause->number);
        buf_put(buf, STR(",\"text\":"));
        buf_put_json(buf, clause->text);
        if (clause->not_executable.len) {
            buf_put(buf, STR(",\"not_executable\":"));
            buf_put_json(buf, clause->not_executable);
        }
        buf_put(buf, clause->unverified ? STR(",\"unverified\":true") : STR_NONE);
        buf_put(buf, STR(",\"conflicts\":["));
        for (size_t j = 0; j < clause->conflicts_count; j++) {
            buf_put(buf, j ? STR(",{\"says\":") : STR("{\"says\":"));
            buf_put_json(buf, clause->conflicts[j].says);
            buf_put(buf, STR(",\"but\":"));
            buf_put_json(buf, clause->conflicts[j].but);
            buf_put(buf, STR(",\"follows\":"));
            buf_put_json(buf, clause->conflicts[j].follows);
            buf_put_byte(buf, '}');
        }
        buf_put(buf, STR("]}"));
    }
    buf_put_byte(buf, ']');
}

/* "a, b" as ["a","b"]. */
static void items_json(Buf *buf, Str list)
{
    buf_put_byte(buf, '[');
    for (bool first = true; list.len; first = false) {
        size_t comma = 0;
        while (comma < list.len && !str_starts(str_part(list, comma, list.len), STR(", "))) {
            comma++;
        }
        buf_put(buf, first ? STR_NONE : STR(","));
        buf_put_json(buf, str_part(list, 0, comma));
        list = str_part(list, comma + 2, list.len);
    }
    buf_put_byte(buf, ']');
}

/* Each branch with the words that it has: in, to, needs … */
static void branches_json(Buf *buf, const Edition *edition, const ActKind *act)
{
    buf_put(buf, STR(",\"branches\":["));
    for (uint8_t i = 0; i < act->branches_count; i++) {
        const Branch *branch = &act->branches[i];
        Buf lists[BRANCH_WORDS] = {0};
        branch_put(lists, edition, branch);
        buf_put(buf, i ? STR(",{\"when\":{") : STR("{\"when\":{"));
        for (uint8_t j = 0; j < branch->when_count; j++) {
            Buf ref = {0};
            ref_put(&ref, edition, &branch->when[j].ref);
            buf_put(buf, j ? STR(",") : STR_NONE);
            buf_put_json(buf, buf_str(&ref));
            buf_put_byte(buf, ':');
            buf_put_json(buf, branch->when[j].value);
            buf_done(&ref);
        }
        buf_put_byte(buf, '}');
        for (int j = 0; j < BRANCH_WORDS; j++) {
            if (lists[j].len) {
                buf_print(buf, ",\"%s\":", branch_words[j]);
                items_json(buf, buf_str(&lists[j]));
            }
            buf_done(&lists[j]);
        }
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

static void duties_json(Buf *buf, const Edition *edition)
{
    buf_put(buf, STR(",\"duties\":["));
    for (size_t i = 0; i < edition->duties_count; i++) {
        const DutyKind *duty = &edition->duties[i];
        buf_put(buf, i ? STR(",{\"duty\":") : STR("{\"duty\":"));
        buf_put_json(buf, duty->id);
        buf_put(buf, STR(",\"of\":"));
        buf_put_json(buf, duty->of == OWED_BY_RECIPIENTS ? STR("recipients")
                                                         : edition->fields[duty->of_field].id);
        buf_put(buf, STR(",\"clock\":"));
        if (duty->clock == ID_NONE) {
            buf_put(buf, STR("null"));
        } else {
            buf_put_json(buf, edition->clocks[duty->clock].id);
        }
        buf_put(buf, STR(",\"holds\":["));
        for (size_t j = 0, put = 0; j < edition->clocks_count; j++) {
            if (duty->holds >> j & 1) {
                buf_put(buf, put++ ? STR(",") : STR_NONE);
                buf_put_json(buf, edition->clocks[j].id);
            }
        }
        buf_print(buf, "],\"restarts\":%s,\"silence_disagrees\":%s,\"clause\":",
                  duty->restarts ? "true" : "false", duty->silence_disagrees ? "true" : "false");
        buf_put_json(buf, duty->clause);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

static void acts_json(Buf *buf, const Edition *edition)
{
    buf_put(buf, STR(",\"acts\":["));
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        buf_put(buf, i ? STR(",{\"act\":") : STR("{\"act\":"));
        buf_put_json(buf, act->id);
        buf_put(buf, STR(",\"by\":["));
        bool first = true;
        for (size_t j = 0; j < edition->roles_count; j++) {
            if (act->by >> j & 1) {
                buf_put(buf, first ? STR_NONE : STR(","));
                buf_put_json(buf, edition->roles[j].id);
                first = false;
            }
        }
        buf_put(buf, act->by_addressee ? STR("\"addressee\"],\"clause\":") : STR("],\"clause\":"));
        cites_json(buf, &act->clause);
        branches_json(buf, edition, act);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
}

void edition_json(Buf *buf, const Edition *edition, const ClauseTexts *clauses,
                  const Reader *reader)
{
    buf_put(buf, STR("{\"edition\":"));
    buf_put_json(buf, edition->id);
    buf_put(buf, STR(",\"title\":"));
    buf_put_json(buf, clauses->title);
    buf_put(buf, STR(",\"from\":"));
    buf_put_day_json(buf, edition->from);
    buf_put(buf, STR(",\"until\":"));
    buf_put_day_json(buf, edition->until);
    clauses_json(buf, clauses);
    buf_put(buf, STR(",\"stages\":["));
    for (size_t i = 0; i < edition->stages_count; i++) {
        buf_put(buf, i ? STR(",") : STR_NONE);
        buf_put_json(buf, edition->stages[i].id);
    }
    buf_put(buf, STR("],\"clocks\":["));
    for (size_t i = 0; i < edition->clocks_count; i++) {
        buf_put(buf, i ? STR(",{\"clock\":") : STR("{\"clock\":"));
        buf_put_json(buf, edition->clocks[i].id);
        buf_print(buf, ",\"working_days\":%d,\"clause\":", edition->clocks[i].working_days);
        buf_put_json(buf, edition->clocks[i].clause);
        buf_put_byte(buf, '}');
    }
    buf_put_byte(buf, ']');
    duties_json(buf, edition);
    acts_json(buf, edition);
    buf_put(buf, STR(",\"policies\":["));
    for (size_t i = 0; i < edition->policies_count; i++) {
        Str id = edition->policies[i].id;
        buf_put(buf, i ? STR(",{\"policy\":") : STR("{\"policy\":"));
        buf_put_json(buf, id);
        buf_put(buf, STR(",\"title\":"));
        buf_put_json(buf, lawwords_get(reader->words, "policy", id));
        buf_put(buf, STR(",\"reason\":"));
        buf_put_json(buf, lawwords_get(reader->words, "policy_reason", id));
        buf_put_byte(buf, '}');
    }
    buf_put(buf, STR("]}"));
}
