/* docket_own.c: stream 0, the docket's own: how it was opened, the laws its matters run under, the
 * notices it adopted. Read once, then only what was added since. */
#include "docket_inside.h"

/* Hash of a law's text: of the procedure, a zero byte, the bodies. Hexadecimal digits, in arena. */
static Str law_hash(Hasher *hasher, Arena *arena, Str procedure, Str bodies)
{
    Buf both = {0}, hex = {0};
    buf_put(&both, procedure);
    buf_put_byte(&both, 0);
    buf_put(&both, bodies);
    Hash hash = hash_of(hasher, buf_str(&both));
    buf_put_hash(&hex, &hash);
    Str text = str_copy(arena, buf_str(&hex));
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
    docket->laws = arena_grow(&docket->own, docket->laws, docket->laws_count,
                              &docket->laws_capacity, docket->laws_count + 1,
                              sizeof *docket->laws);
    docket->laws[docket->laws_count] = known;
    return &docket->laws[docket->laws_count++];
}

static Str bodies_text(Docket *docket)
{
    const LawFile *file = folder_file(law_folder(docket->law), STR("common/bodies.yaml"));
    return file ? file->text : STR_NONE;
}

void docket_hash_with(Docket *docket, HashKind kind)
{
    hasher_free(docket->hasher);
    docket->hasher = hasher_new(kind);
    docket->hash = kind;
    ledger_hash_with(docket->ledger, kind);
}

bool docket_own_fits(Docket *docket, const LedgerEvent *event, Word *ret_why)
{
    Arena arena = {0};
    const Canon *body = canon_read(&arena, event->body, NULL);
    Str kind = canon_text(body, "kind");
    HashKind hash;
    *ret_why = WORD_NONE;
    if (!event->formed) {
        *ret_why = WORD_DOCKET_BAD_COLUMN;
    } else if (kind.len == 0 || event->key.len || canon_get(body, "matter")) {
        *ret_why = WORD_DOCKET_BAD_FORM;
    } else if (canon_number(body, "seq", 0) != event->seq) {
        *ret_why = WORD_DOCKET_BAD_SEQUENCE;
    } else if (str_is(kind, "opened") != (event->seq == 1) ||
               (event->seq == 1 && (canon_number(body, "format", 0) != LEDGER_FORMAT ||
                                    !hash_kind_find(canon_text(body, "hash"), &hash)))) {
        *ret_why = WORD_DOCKET_BAD_FIRST;
    } else if (str_is(kind, "law") &&
               !str_eq(law_hash(docket->hasher, &arena, canon_text(body, "procedure"),
                                canon_text(body, "bodies")),
                       canon_text(body, "hash"))) {
        *ret_why = WORD_DOCKET_BAD_LAW_HASH;
    }
    arena_done(&arena);
    return *ret_why == WORD_NONE;
}

/* A notice that the program knows by now, or that does not go with those it knows, is passed over:
 * the program's own count. Where that moves a due day, the recount logs it. */
static void take_notice(Docket *docket, const Canon *body)
{
    Notice notice;
    Notices *more = ARENA_NEW(&docket->own, Notices);
    Fault fault;
    if (notice_read(&docket->own, str_copy(&docket->own, canon_text(body, "text")),
                    str_copy(&docket->own, canon_text(body, "file")), &notice, &fault) ==
            FAIL_NONE &&
        notices_with(&docket->own, docket->notices, &notice, more, &fault) == FAIL_NONE) {
        docket->notices = more;
    }
}

static Fail take_own(void *with, const LedgerEvent *event, Fault *fault)
{
    Docket *docket = with;
    Arena arena = {0};
    const Canon *body = canon_read(&arena, event->body, NULL);
    Str kind = canon_text(body, "kind");
    Fail fail = FAIL_NONE;
    docket->own_seq = event->seq;
    if (!event->formed || kind.len == 0) {
        fail = docket->use == DOCKET_VERIFY
                   ? FAIL_NONE : docket_broken(event->n, WORD_DOCKET_BAD_FORM, fault);
    } else if (str_is(kind, "opened")) {
        HashKind hash;
        docket->opened = hash_kind_find(canon_text(body, "hash"), &hash);
        docket_hash_with(docket, docket->opened ? hash : docket->hash);
    } else if (str_is(kind, "law")) {
        law_add(docket, (KnownLaw){
            .hash = str_copy(&docket->own, canon_text(body, "hash")),
            .procedure = str_copy(&docket->own, canon_text(body, "procedure")),
            .bodies = str_copy(&docket->own, canon_text(body, "bodies"))});
    } else if (str_is(kind, "notice")) {
        take_notice(docket, body);
    }
    arena_done(&arena);
    return fail;
}

Fail docket_learn_more(Docket *docket, Fault *fault)
{
    const Notices *before = docket->notices;
    Fail fail = ledger_stream(docket->ledger, 0, docket->own_seq, take_own, docket, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (docket->notices != before || !docket->calendar) {
        docket_count_with(docket, docket->notices);
    }
    return FAIL_NONE;
}

void docket_count_with(Docket *docket, const Notices *notices)
{
    docket->notices = notices;
    docket->calendar = calendar_build(&docket->own, notices, DAY_LAST);
    docket->fingerprint = calendar_fingerprint(&docket->own, docket->calendar);
}

Fail docket_renew(Docket *docket, Fault *fault)
{
    const Notices *built_in;
    Fail fail = law_notices(docket->law, &built_in, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    arena_reset(&docket->own);
    docket->laws = NULL;
    docket->laws_count = docket->laws_capacity = 0;
    docket->own_seq = 0;
    docket->opened = docket->unsure = false;
    docket->notices = built_in;
    docket->calendar = NULL;
    return docket_learn_more(docket, fault);
}

Fail docket_begin(Docket *docket, Fault *fault)
{
    Fail fail = ledger_begin(docket->ledger, fault);
    if (fail == FAIL_NONE) {
        fail = docket->unsure ? docket_renew(docket, fault) : docket_learn_more(docket, fault);
    }
    if (fail != FAIL_NONE) {
        ledger_end(docket->ledger);
    }
    return fail;
}

Fail docket_commit(Docket *docket, Fault *fault)
{
    Fail fail = ledger_commit(docket->ledger, fault);
    docket->unsure &= fail != FAIL_NONE;
    return fail;
}

const Edition *docket_edition(Docket *docket, Str hash, Str id)
{
    KnownLaw *known = law_known(docket, hash);
    if (!known || known->edition) {
        return known ? known->edition : NULL;
    }
    const Edition *own = NULL;
    Fault fault;
    FaultList faults = {.arena = &docket->own};
    if (law_edition(docket->law, id, &own, &fault) == FAIL_NONE &&
        str_eq(own->text, known->procedure) && str_eq(bodies_text(docket), known->bodies)) {
        known->edition = own;    /* the program's own is the same text */
    } else if (edition_read_text(&docket->own, known->procedure, id, known->bodies,
                                 &known->edition, &faults) != FAIL_NONE) {
        known->edition = NULL;
    }
    return known->edition;
}

/* ---- adding to it ---- */

Fail docket_append_own(Docket *docket, Str body, Fault *fault)
{
    docket->unsure = true;   /* until it is committed */
    Fail fail = ledger_append(docket->ledger, 0, docket->own_seq + 1, STR_NONE, body, NULL, fault);
    docket->own_seq += fail == FAIL_NONE;
    return fail;
}

void docket_put_end(Buf *buf, const Docket *docket, int64_t now)
{
    buf_print(buf, ",\"recorded\":%lld,\"seq\":%lld", (long long)now,
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
    docket_put_end(&buf, docket, now);
    buf_put_byte(&buf, '}');
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    docket->opened = fail == FAIL_NONE;
    buf_done(&buf);
    return fail;
}

Fail docket_record_law(Docket *docket, const Edition *edition, int64_t now, Str *ret_hash,
                       Fault *fault)
{
    Str bodies = bodies_text(docket);
    for (size_t i = 0; i < docket->laws_count; i++) {   /* read from it, or found to be it */
        if (docket->laws[i].edition == edition) {
            *ret_hash = docket->laws[i].hash;
            return FAIL_NONE;
        }
    }
    *ret_hash = law_hash(docket->hasher, &docket->own, edition->text, bodies);
    KnownLaw *known = law_known(docket, *ret_hash);
    if (known) {
        known->edition = edition;
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
    docket_put_end(&buf, docket, now);
    buf_put_byte(&buf, '}');
    Fail fail = docket_append_own(docket, buf_str(&buf), fault);
    if (fail == FAIL_NONE) {
        law_add(docket, (KnownLaw){.hash = *ret_hash, .edition = edition});
    }
    buf_done(&buf);
    return fail;
}
