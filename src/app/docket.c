/* docket.c: opening a docket, what stream 0 tells, folding a matter. */
#include <stdlib.h>

#include "docket_inside.h"

Ledger *docket_ledger(Docket *docket) { return docket->ledger; }
Law *docket_law(Docket *docket) { return docket->law; }
const Calendar *docket_calendar(const Docket *docket) { return docket->calendar; }

Str calendar_fingerprint(Arena *arena, const Calendar *calendar)
{
    uint64_t mix = UINT64_C(14695981039346656037);   /* FNV-1a over the days and the years */
    for (Day day = calendar->first; day <= calendar->last; day++) {
        mix = (mix ^ (uint64_t)calendar_working(calendar, day)) * UINT64_C(1099511628211);
    }
    for (int year = DAY_YEAR_MIN; year <= DAY_YEAR_MAX; year++) {
        mix = (mix ^ (uint64_t)calendar_published(calendar, year)) * UINT64_C(1099511628211);
    }
    Buf buf = {0};
    buf_print(&buf, "%016llx", (unsigned long long)mix);
    Str text = str_copy(arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static Str hash_hex(Docket *docket, Str first, Str second)
{
    Buf both = {0}, hex = {0};
    buf_put(&both, first);
    buf_put_byte(&both, 0);
    buf_put(&both, second);
    Hash hash = hash_of(docket->hasher, buf_str(&both));
    buf_put_hash(&hex, &hash);
    Str text = str_copy(&docket->kept, buf_str(&hex));
    buf_done(&both);
    buf_done(&hex);
    return text;
}

static KnownLaw *law_known(Docket *docket, Str hash)
{
    for (size_t i = 0; i < docket->laws_count; i++) {
        if (str_eq(docket->laws[i].hash, hash)) {
            return &docket->laws[i];
        }
    }
    return NULL;
}

static KnownLaw *law_add(Docket *docket, KnownLaw known)
{
    size_t at = docket->laws_count < DOCKET_LAWS_MAX ? docket->laws_count++ : DOCKET_LAWS_MAX - 1;
    docket->laws[at] = known;
    return &docket->laws[at];
}

static Str bodies_text(Docket *docket)
{
    const LawFile *file = folder_file(law_folder(docket->law), STR("common/bodies.yaml"));
    return file ? file->text : STR_NONE;
}

typedef struct Own {
    Docket *docket;
    Notices *notices;
} Own;

static Fail take_notice(Own *own, const Canon *body, Fault *fault)
{
    Docket *docket = own->docket;
    Notice notice;
    Fail fail = notice_read(&docket->kept, str_copy(&docket->kept, canon_text(body, "text")),
                            str_copy(&docket->kept, canon_text(body, "file")), &notice, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    for (size_t i = 0; i < own->notices->count; i++) {   /* the program knows it by now */
        if (str_eq(own->notices->at[i].number, notice.number)) {
            return FAIL_NONE;
        }
    }
    return notices_with(&docket->kept, own->notices, &notice, own->notices, fault);
}

static Fail take_own(void *with, const LedgerEvent *event, Fault *fault)
{
    Own *own = with;
    Docket *docket = own->docket;
    Arena arena = {0};
    const Canon *body = canon_read(&arena, event->body, NULL);
    Str kind = canon_text(body, "kind");
    Fail fail = FAIL_NONE;
    docket->own_seq = event->seq;
    if (str_is(kind, "opened")) {
        docket->opened = hash_kind_find(canon_text(body, "hash"), &docket->hash);
        ledger_hash_with(docket->ledger, docket->hash);
    } else if (str_is(kind, "law")) {
        law_add(docket, (KnownLaw){
            .hash = str_copy(&docket->kept, canon_text(body, "hash")), .recorded = true,
            .procedure = str_copy(&docket->kept, canon_text(body, "procedure")),
            .bodies = str_copy(&docket->kept, canon_text(body, "bodies"))});
    } else if (str_is(kind, "notice")) {
        fail = take_notice(own, body, fault);
    }
    arena_done(&arena);
    return fail;
}

Fail docket_learn_own(Docket *docket, Fault *fault)
{
    const Notices *built_in;
    Fail fail = law_notices(docket->law, &built_in, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    Notices *notices = ARENA_NEW(&docket->kept, Notices);
    *notices = *built_in;
    Own own = {docket, notices};
    docket->laws_count = 0;
    docket->own_seq = 0;
    docket->opened = false;
    fail = ledger_stream(docket->ledger, 0, 0, take_own, &own, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    hasher_free(docket->hasher);
    docket->hasher = hasher_new(docket->hash);
    docket->notices = notices;
    if (notices->count == built_in->count) {
        fail = law_calendar(docket->law, DAY_LAST, &docket->calendar, fault);
    } else {
        docket->calendar = calendar_build(&docket->kept, notices, DAY_LAST);
    }
    docket->fingerprint = calendar_fingerprint(&docket->kept, docket->calendar);
    return fail;
}

Fail docket_renew(Docket *docket, Fault *fault)
{
    return docket_learn_own(docket, fault);
}

Fail docket_begin(Docket *docket, Fault *fault)
{
    int64_t length;
    Fail fail = ledger_begin(docket->ledger, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = ledger_length(docket->ledger, 0, &length, fault);
    if (fail == FAIL_NONE && length != docket->own_seq) {
        fail = docket_learn_own(docket, fault);
    }
    if (fail != FAIL_NONE) {
        ledger_end(docket->ledger);
    }
    return fail;
}

const Edition *docket_edition(Docket *docket, Str hash, Str id)
{
    KnownLaw *known = law_known(docket, hash);
    if (known && known->edition) {
        return known->edition;
    }
    const Edition *own;
    Fault fault;
    FaultList faults = {.arena = &docket->kept};
    if (law_edition(docket->law, id, &own, &fault) == FAIL_NONE &&
        str_eq(hash_hex(docket, own->text, bodies_text(docket)), hash)) {
        if (!known) {
            known = law_add(docket, (KnownLaw){.hash = str_copy(&docket->kept, hash)});
        }
        known->edition = own;
    } else if (known && edition_read_text(&docket->kept, known->procedure, id, known->bodies,
                                          &known->edition, &faults) != FAIL_NONE) {
        known->edition = NULL;
    }
    return known ? known->edition : NULL;
}

Fail docket_append_own(Docket *docket, Str body, Fault *fault)
{
    Fail fail = ledger_append(docket->ledger, 0, docket->own_seq + 1, STR_NONE, body, NULL, fault);
    docket->own_seq += fail == FAIL_NONE;
    return fail;
}

static void put_end(Buf *buf, const Docket *docket, int64_t now)
{
    buf_print(buf, ",\"recorded\":%lld,\"seq\":%lld}", (long long)now,
              (long long)docket->own_seq + 1);
}

Fail docket_opened(Docket *docket, int64_t now, Fault *fault)
{
    if (docket->opened) {
        return FAIL_NONE;
    }
    Buf buf = {0};
    buf_print(&buf, "{\"format\":%d,\"hash\":\"%s\",\"kind\":\"opened\",\"program\":\"shencha %s\"",
              LEDGER_FORMAT, hash_kind_id(docket->hash), SHENCHA_VERSION);
    put_end(&buf, docket, now);
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    docket->opened = fail == FAIL_NONE;
    buf_done(&buf);
    return fail;
}

Fail docket_record_law(Docket *docket, const Edition *edition, int64_t now, Str *ret_hash,
                       Fault *fault)
{
    Str bodies = bodies_text(docket);
    *ret_hash = hash_hex(docket, edition->text, bodies);
    KnownLaw *known = law_known(docket, *ret_hash);
    if (known && known->recorded) {
        return FAIL_NONE;
    }
    Buf buf = {0};
    buf_put(&buf, STR("{\"bodies\":"));
    buf_put_json(&buf, bodies);
    buf_put(&buf, STR(",\"edition\":"));
    buf_put_json(&buf, edition->id);
    buf_put(&buf, STR(",\"hash\":"));
    buf_put_json(&buf, *ret_hash);
    buf_put(&buf, STR(",\"kind\":\"law\",\"procedure\":"));
    buf_put_json(&buf, edition->text);
    put_end(&buf, docket, now);
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    if (fail == FAIL_NONE && !known) {
        known = law_add(docket, (KnownLaw){.hash = *ret_hash, .edition = edition});
    }
    if (fail == FAIL_NONE) {
        known->recorded = true;
    }
    buf_done(&buf);
    return fail;
}

Fail docket_create(const char *dir, HashKind hash, Fault *fault)
{
    Ledger *ledger;
    Fail fail = ledger_create(dir, hash, DOCKET_PROJECTION, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = ledger_open(dir, true, &ledger, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    Buf version = {0};
    buf_put_int(&version, DOCKET_PROJECTION);
    fail = ledger_begin(ledger, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(ledger, "hash", str_from(hash_kind_id(hash)), fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_projection_set(ledger, "version", buf_str(&version), fault);
    }
    if (fail == FAIL_NONE) {
        fail = ledger_commit(ledger, fault);
    }
    buf_done(&version);
    ledger_close(ledger);
    return fail;
}

/* Rows of another version are folded anew; due days of another calendar are counted again. */
static Fail freshen(Docket *docket, int64_t now, size_t *ret_moved, Fault *fault)
{
    Arena arena = {0};
    Str version = STR_NONE, fingerprint = STR_NONE;
    int64_t number = 0;
    Fail fail = ledger_projection_get(docket->ledger, "version", &arena, &version, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_projection_get(docket->ledger, "calendar", &arena, &fingerprint, fault);
    }
    if (fail == FAIL_NONE && (!str_int(version, &number) || number != DOCKET_PROJECTION)) {
        int64_t matters;
        fail = docket_rebuild(docket, &matters, fault);
    } else if (fail == FAIL_NONE && fingerprint.len &&
               !str_eq(fingerprint, docket->fingerprint)) {
        fail = docket_recount(docket, now, NULL, NULL, ret_moved, fault);
    }
    arena_done(&arena);
    return fail;
}

Fail docket_open(const char *dir, Law *law, bool write, int64_t now, Docket **ret_docket,
                 size_t *ret_moved, Fault *fault)
{
    Docket *docket = memory_take(sizeof *docket);
    size_t moved = 0;
    *docket = (Docket){.law = law};
    Str hash = STR_NONE;
    Fail fail = ledger_open(dir, write, &docket->ledger, fault);
    if (fail == FAIL_NONE) {
        fail = ledger_projection_get(docket->ledger, "hash", &docket->kept, &hash, fault);
    }
    if (fail == FAIL_NONE) {
        hash_kind_find(hash, &docket->hash);
        ledger_hash_with(docket->ledger, docket->hash);
        fail = docket_learn_own(docket, fault);
    }
    if (fail == FAIL_NONE && write) {
        fail = freshen(docket, now, &moved, fault);
    }
    if (fail != FAIL_NONE) {
        docket_close(docket);
        return fail;
    }
    if (ret_moved) {
        *ret_moved = moved;
    }
    *ret_docket = docket;
    return FAIL_NONE;
}

void docket_close(Docket *docket)
{
    if (docket) {
        ledger_close(docket->ledger);
        hasher_free(docket->hasher);
        buf_done(&docket->body);
        arena_done(&docket->kept);
        free(docket);
    }
}
