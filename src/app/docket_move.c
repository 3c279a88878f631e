/* docket_move.c: case scripts and exports into a docket, a docket out as text.
 *
 *   shencha-export TAB 1 TAB sm3
 *   n TAB matter TAB seq TAB key TAB hash TAB body        one line an event; key empty for none
 *   end TAB count TAB hash of the last event */
#include <stdlib.h>

#include "docket_inside.h"
#include "script.h"

static const char export_head[] = "shencha-export\t1\t";

enum { EXPORT_FLUSH_BYTES = 1 << 20 };

typedef struct Exporting {
    Buf *buf;
    Fail (*flush)(void *with, Buf *buf, Fault *fault);
    void *with;
    int64_t count;
    Hash head;
} Exporting;

static Fail export_event(void *with, const LedgerEvent *event, Fault *fault)
{
    Exporting *exporting = with;
    Buf *buf = exporting->buf;
    buf_print(buf, "%lld\t%lld\t%lld\t", (long long)event->n, (long long)event->matter,
              (long long)event->seq);
    buf_put(buf, event->key);
    buf_put_byte(buf, '\t');
    buf_put_hash(buf, &event->hash);
    buf_put_byte(buf, '\t');
    buf_put(buf, event->body);
    buf_put_byte(buf, '\n');
    exporting->count++;
    exporting->head = event->hash;
    return buf->len >= EXPORT_FLUSH_BYTES ? exporting->flush(exporting->with, buf, fault)
                                          : FAIL_NONE;
}

Fail docket_export(Docket *docket, Buf *buf, Fail (*flush)(void *with, Buf *buf, Fault *fault),
                   void *with, Fault *fault)
{
    Exporting exporting = {.buf = buf, .flush = flush, .with = with};
    buf_put(buf, str_from(export_head));
    buf_put(buf, str_from(hash_kind_id(docket->hash)));
    buf_put_byte(buf, '\n');
    Fail fail = ledger_all(docket->ledger, 0, export_event, &exporting, fault);
    buf_print(buf, "end\t%lld\t", (long long)exporting.count);
    buf_put_hash(buf, &exporting.head);
    buf_put_byte(buf, '\n');
    return fail == FAIL_NONE ? flush(with, buf, fault) : fail;
}

typedef struct Line {            /* of an export */
    int64_t n, matter, seq;
    Str key, body;
    Hash hash;
} Line;

static Str next_part(Str *rest, char end)
{
    size_t at = str_find(*rest, end);
    Str part = str_part(*rest, 0, at);
    *rest = str_part(*rest, at + 1, rest->len);
    return part;
}

static bool read_line(Str text, Line *line)
{
    bool good = str_int(next_part(&text, '\t'), &line->n) &&
                str_int(next_part(&text, '\t'), &line->matter) &&
                str_int(next_part(&text, '\t'), &line->seq);
    line->key = next_part(&text, '\t');
    good = good && hash_parse(next_part(&text, '\t'), &line->hash);
    line->body = text;
    return good && text.len > 0 && line->key.len <= ACT_KEY_BYTES_MAX;
}

typedef struct Importing {
    Docket *docket;
    Str rest;                    /* of the text */
    Str file;
    int line;
    int64_t there;               /* events of the docket that the export repeats */
    Imported *imported;
} Importing;

static Fail import_fault(const Importing *importing, Word word, Fault *fault)
{
    FAULT_PLAIN(fault, FAIL_INPUT, word);
    return fault_at(fault, importing->file, importing->line, 1);
}

/* An event that is as it came, but not as it should be. */
static Fail import_because(const Importing *importing, int64_t n, Word why, Fault *fault)
{
    (void)docket_broken(n, why, fault);
    fault->fail = FAIL_INPUT;
    return fault_at(fault, importing->file, importing->line, 1);
}

/* An event that the docket has already must be the export's, byte for byte. */
static Fail compare_event(void *with, const LedgerEvent *event, Fault *fault)
{
    Importing *importing = with;
    Line line;
    Str text = next_part(&importing->rest, '\n');
    importing->line++;
    if (str_starts(text, STR("end\t"))) {
        return import_fault(importing, WORD_IMPORT_SHORTER, fault);
    }
    if (!read_line(text, &line)) {
        return import_fault(importing, WORD_IMPORT_BAD_LINE, fault);
    }
    if (line.n != event->n || !hash_eq(&line.hash, &event->hash) ||
        !str_eq(line.body, event->body)) {
        return import_fault(importing, WORD_IMPORT_OTHER_DOCKET, fault);
    }
    importing->there++;
    return FAIL_NONE;
}

/* What verify asks of every event, whatever its stream: one spelling, and the next place in it.
 * Matters are numbered as they come: *last is the latest so far. */
static Fail line_fits(const Importing *importing, const Line *line, int64_t *last, Fault *fault)
{
    int64_t length = -1;
    Fail fail = line->matter < 0 || line->matter > *last + 1
                    ? import_fault(importing, WORD_IMPORT_BAD_LINE, fault)
                    : ledger_length(importing->docket->ledger, line->matter, &length, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    Arena arena = {0};
    LedgerEvent event = {.n = line->n, .matter = line->matter, .seq = line->seq, .formed = true,
                         .key = line->key, .body = line->body};
    const Canon *body = canon_read(&arena, line->body, NULL);
    Word why = WORD_NONE;
    bool fits = body && line->seq == length + 1 && canon_number(body, "seq", 0) == line->seq &&
                (line->matter ? line->n > 1
                              : docket_own_fits(importing->docket, &event, &why));
    arena_done(&arena);
    if (!fits && why != WORD_NONE) {
        return import_because(importing, line->n, why, fault);
    }
    if (!fits) {
        return import_fault(importing, WORD_IMPORT_BAD_LINE, fault);
    }
    *last = line->matter > *last ? line->matter : *last;
    return FAIL_NONE;
}

static Fail append_lines(Importing *importing, Fault *fault)
{
    Ledger *ledger = importing->docket->ledger;
    int64_t n = importing->there, last_matter = 0;
    Hash head;
    Fail fail = ledger_last(ledger, &n, &head, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_last_matter(ledger, &last_matter, fault);
    }
    while (fail == FAIL_NONE) {
        Line line;
        Str text = next_part(&importing->rest, '\n');
        importing->line++;
        if (str_starts(text, STR("end\t"))) {
            int64_t count;
            Hash end;
            Str rest = str_part(text, 4, text.len);
            bool whole = str_int(next_part(&rest, '\t'), &count) && hash_parse(rest, &end) &&
                         count == n && hash_eq(&end, &head) && importing->rest.len == 0;
            return whole ? FAIL_NONE : import_fault(importing, WORD_IMPORT_BAD_END, fault);
        }
        if (!read_line(text, &line)) {
            return import_fault(importing, WORD_IMPORT_BAD_LINE, fault);
        }
        fail = line_fits(importing, &line, &last_matter, fault);
        if (fail == FAIL_NONE) {
            fail = ledger_append(ledger, line.matter, line.seq, line.key, line.body, &n, fault);
        }
        if (fail == FAIL_CONFLICT) {
            return import_fault(importing, WORD_IMPORT_BAD_LINE, fault);
        }
        if (fail == FAIL_NONE) {
            fail = ledger_last(ledger, &n, &head, fault);
        }
        if (fail == FAIL_NONE && (n != line.n || !hash_eq(&head, &line.hash))) {
            return import_fault(importing, WORD_IMPORT_BAD_HASH, fault);
        }
        importing->imported->events++;
    }
    return fail;
}

/* Sequences, spelling and folds of what arrived: the rows are folded anew, which needs them all. */
static Fail import_export(Importing *importing, Str hash, Fault *fault)
{
    Docket *docket = importing->docket;
    HashKind kind;
    if (!hash_kind_find(hash, &kind) || (docket->opened && kind != docket->hash)) {
        return import_fault(importing, WORD_IMPORT_OTHER_DOCKET, fault);
    }
    Fail fail = docket_begin(docket, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    HashKind before = docket->hash;
    docket_hash_with(docket, kind);
    fail = ledger_all(docket->ledger, 0, compare_event, importing, fault);
    importing->imported->known = (size_t)importing->there;
    if (fail == FAIL_NONE) {
        fail = append_lines(importing, fault);
    }
    if (fail == FAIL_NONE) {
        fail = docket_renew(docket, fault);
    }
    int64_t matters;
    if (fail == FAIL_NONE) {
        fail = docket_refold(docket, &matters, fault);
        if (fail == FAIL_SYSTEM && (fault->word == WORD_DOCKET_BROKEN ||
                                    fault->word == WORD_DOCKET_NAME_TWICE)) {
            fault->fail = fail = FAIL_INPUT;
        }
    }
    docket->unsure = true;       /* stream 0 may have grown */
    if (fail == FAIL_NONE) {
        fail = docket_commit(docket, fault);
    }
    if (fail != FAIL_NONE) {
        docket_hash_with(docket, before);
    }
    ledger_end(docket->ledger);
    return fail;
}

/* The events that a script's acts would be, one after another, without place and time. */
static void sameness_of(Arena *arena, const Edition *edition, const Act *act,
                        const Opening *opening, Buf *buf)
{
    Buf text = {0};
    EventHead head = {0};   /* of the same matter, whatever its place */
    event_put(&text, edition, act, &head, opening);
    event_sameness(buf, canon_read(arena, str_copy(arena, buf_str(&text)), NULL));
    buf_done(&text);
}

static Fail import_acts(Docket *docket, Arena *arena, const Script *script, int64_t now,
                        const Position *position, Imported *imported, Fault *fault)
{
    Folded folded;
    Fail fail = docket_fold(docket, script->name, &folded, fault);
    bool fresh = folded.id == 0;
    Opening there = {.edition = script->edition->id, .law = folded.law, .facts = &folded.facts};
    Opening mine = there;
    mine.facts = &script->facts;
    if (fail == FAIL_NONE && !fresh && !str_eq(folded.edition->id, script->edition->id)) {
        fail = FAULT(fault, FAIL_REFUSED, WORD_IMPORT_CONTRADICTS, script->name, STR("1"));
    }
    for (size_t i = 0; fail == FAIL_NONE && i < position->done_count; i++) {
        Act act = *position->done[i].act;
        if (i < folded.acts_count && !fresh) {
            Buf a = {0}, b = {0};
            sameness_of(arena, script->edition, &act, i == 0 ? &mine : NULL, &a);
            sameness_of(arena, folded.edition, &folded.acts[i], i == 0 ? &there : NULL, &b);
            if (!str_eq(buf_str(&a), buf_str(&b))) {
                Buf n = {0};
                buf_put_int(&n, act.n);
                fail = FAULT(fault, FAIL_REFUSED, WORD_IMPORT_CONTRADICTS, script->name,
                             buf_str(&n));
                buf_done(&n);
            }
            buf_done(&a);
            buf_done(&b);
            imported->known++;
            continue;
        }
        Wanted wanted = {.matter = script->name, .edition = script->edition,
                         .facts = &script->facts, .act = act, .now = now};
        Decision decision;
        fail = docket_append(docket, &folded, &wanted, &decision, fault);
        if (fail == FAIL_REFUSED) {   /* allowed by the script, but not after what is recorded */
            fail = FAULT(fault, FAIL_REFUSED, WORD_IMPORT_CONTRADICTS, script->name, STR("?"));
        }
        imported->done++;
    }
    if (fail == FAIL_NONE && imported->done) {
        fail = docket_project(docket, &folded, fresh, fault);
    }
    folded_done(&folded);
    return fail;
}

static Fail import_script(Docket *docket, Arena *arena, Str text, Str file, int64_t now,
                          Imported *imported, Fault *fault)
{
    Script script;
    Fail fail = script_read(docket->law, arena, text, file, &script, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    script.on = DAY_NONE;   /* the whole script, whatever day it reports on */
    Day last = script_day(&script, DAY_NONE);
    if (last == DAY_NONE) {
        return FAIL_NONE;
    }
    imported->position = position_of(arena, script.name, script.edition, &script.facts,
                                     script.acts, script.acts_count, docket->calendar, last);
    fail = docket_begin(docket, fault);
    if (fail == FAIL_NONE) {
        fail = docket_catch_up(docket, now, fault);
    }
    if (fail == FAIL_NONE) {
        fail = import_acts(docket, arena, &script, now, imported->position, imported, fault);
    }
    if (fail == FAIL_NONE) {
        fail = docket_commit(docket, fault);
    }
    ledger_end(docket->ledger);
    return fail;
}

Fail docket_import(Docket *docket, Arena *arena, Str text, Str file, int64_t now,
                   Imported *ret_imported, Fault *fault)
{
    *ret_imported = (Imported){0};
    Str head = str_from(export_head);
    if (!str_starts(text, head)) {
        return import_script(docket, arena, text, file, now, ret_imported, fault);
    }
    Importing importing = {.docket = docket, .file = file, .line = 1, .imported = ret_imported,
                           .rest = str_part(text, head.len, text.len)};
    Str hash = next_part(&importing.rest, '\n');
    return import_export(&importing, hash, fault);
}
