/* people_session.c: signing in, and who a request is from.
 *
 * A password is looked at in three steps: what is known of the name is read, Argon2id runs without
 * any lock, and the answer is settled in one transaction that looks again: the name may have been
 * locked, or the person suspended, meanwhile. */
#include <stdlib.h>

#include "chance.h"
#include "onetime.h"
#include "password.h"
#include "people_inside.h"

enum { SESSION_ID_CHARS = 10 };

typedef struct Known {       /* of the name somebody signs in with */
    bool there, barred;      /* barred: suspended, or their organisation closed */
    int64_t person;
    Str password, secret;
    bool onetime;
    int64_t last_step;
    int64_t wrong, locked_until;
} Known;

/* Inside a transaction. */
static Fail read_known(People *people, Arena *arena, Str login, const Hash *mark, Known *known,
                       Fault *fault)
{
    Base *base = people->base;
    bool row = false;
    *known = (Known){0};
    Fail fail = base_ask(base, PEOPLE_SQL_SIGN_IN, fault);
    if (fail == FAIL_NONE) {
        base_put_text(base, login);
        fail = base_next(base, &known->there, fault);
    }
    if (fail == FAIL_NONE && known->there) {
        known->person = base_int(base, 0);
        known->password = str_copy(arena, base_text(base, 1));
        known->barred = base_int(base, 2);
        known->onetime = base_int(base, 3);
        known->secret = str_copy(arena, base_text(base, 4));
        known->last_step = base_int(base, 5);
    }
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_WRONG, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(base, mark->at, HASH_BYTES);
        fail = base_next(base, &row, fault);
    }
    if (fail == FAIL_NONE && row) {
        known->wrong = base_int(base, 0);
        known->locked_until = base_int(base, 1);
    }
    return fail;
}

/* Counts one more wrong password or code; inside a transaction. */
static Fail count_wrong(People *people, const Hash *mark, const Known *known, int64_t now,
                        SignInAnswer *ret_answer, Fault *fault)
{
    Base *base = people->base;
    bool locks = known->wrong + 1 >= WRONG_MAX;
    *ret_answer = locks ? SIGN_IN_LOCKED : SIGN_IN_WRONG;
    Fail fail = base_ask(base, PEOPLE_SQL_WRONG_PUT, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(base, mark->at, HASH_BYTES);
        base_put_int(base, locks ? 0 : known->wrong + 1);
        base_put_int(base, locks ? now + LOCKED_MILLISECONDS : 0);
        base_put_int(base, now);
        fail = base_run(base, fault);
    }
    if (fail == FAIL_NONE && !known->there) {
        fail = people_run_int(people, PEOPLE_SQL_WRONG_TRIM, WRONG_KEPT, fault);
    }
    return fail;
}

static Fail forget_wrong(People *people, const Hash *mark, Fault *fault)
{
    Fail fail = base_ask(people->base, PEOPLE_SQL_WRONG_END, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(people->base, mark->at, HASH_BYTES);
        fail = base_run(people->base, fault);
    }
    return fail;
}

/* A code counts once: its step is kept. Inside a transaction. */
static Fail use_step(People *people, int64_t person, int64_t step, Fault *fault)
{
    Fail fail = base_ask(people->base, PEOPLE_SQL_ONETIME_USED, fault);
    if (fail == FAIL_NONE) {
        base_put_int(people->base, step);
        base_put_int(people->base, person);
        fail = base_run(people->base, fault);
    }
    return fail;
}

static Fail put_session(People *people, int64_t person, const Hash *hash, Str id, int64_t now,
                        Fault *fault)
{
    Base *base = people->base;
    Fail fail = base_ask(base, PEOPLE_SQL_SESSIONS_OLD, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, now - SESSION_MILLISECONDS);
        base_put_int(base, now - IDLE_MILLISECONDS);
        fail = base_run(base, fault);
    }
    fail = fail ? fail : base_ask(base, PEOPLE_SQL_SESSION_INSERT, fault);
    if (fail == FAIL_NONE) {
        base_put_bytes(base, hash->at, HASH_BYTES);
        base_put_text(base, id);
        base_put_int(base, person);
        base_put_int(base, now);
        fail = base_run(base, fault);
    }
    return fail;
}

typedef struct Attempt {
    Str login, code;
    Hash mark;
    Str checked;             /* the hash that the password was held against, */
    bool fits;               /* and whether it fits */
    int64_t now;
    Hash token;
    Str id;                  /* of the session that it makes */
} Attempt;

/* What comes of an attempt; inside a transaction. */
static Fail settle(People *people, Arena *arena, const Attempt *attempt, SignInAnswer *ret_answer,
                   Fault *fault)
{
    Known known;
    Fail fail = read_known(people, arena, attempt->login, &attempt->mark, &known, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    if (known.locked_until > attempt->now) {
        *ret_answer = SIGN_IN_LOCKED;
        return FAIL_NONE;
    }
    int64_t step = 0;
    bool right = attempt->fits && known.there && !known.barred &&
                 str_eq(known.password, attempt->checked);
    if (right && known.onetime && attempt->code.len == 0) {
        *ret_answer = SIGN_IN_WANTS_CODE;
        return FAIL_NONE;
    }
    if (right && known.onetime) {
        step = onetime_step(known.secret, attempt->now, known.last_step, attempt->code);
        right = step > 0;
    }
    if (!right) {
        return count_wrong(people, &attempt->mark, &known, attempt->now, ret_answer, fault);
    }
    fail = step > 0 ? use_step(people, known.person, step, fault) : FAIL_NONE;
    fail = fail ? fail : forget_wrong(people, &attempt->mark, fault);
    *ret_answer = SIGN_IN_DONE;
    return fail ? fail : put_session(people, known.person, &attempt->token, attempt->id,
                                     attempt->now, fault);
}

Fail people_sign_in(People *people, Arena *arena, Str login, Str password, Str code, int64_t now,
                    SignInAnswer *ret_answer, Str *ret_token, Fault *fault)
{
    Known known;
    Attempt attempt = {.login = people_login(arena, login), .code = str_trim(code), .now = now};
    attempt.mark = people_hash(people, attempt.login);
    Fail fail = base_begin(people->base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = read_known(people, arena, attempt.login, &attempt.mark, &known, fault);
    base_end(people->base);
    if (fail != FAIL_NONE || known.locked_until > now) {
        *ret_answer = SIGN_IN_LOCKED;
        return fail;
    }
    attempt.checked = known.password;
    attempt.fits = password_fits(known.barred ? STR_NONE : known.password, password);
    Str token = chance_token(arena);
    attempt.token = people_hash(people, token);
    attempt.id = str_part(chance_token(arena), 0, SESSION_ID_CHARS);
    fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = people_end(people, settle(people, arena, &attempt, ret_answer, fault), fault);
    if (fail == FAIL_NONE && *ret_answer == SIGN_IN_DONE) {
        *ret_token = token;
    }
    return fail;
}

Fail people_check_own(People *people, Arena *arena, const Person *person, Str password,
                      int64_t now, SignInAnswer *ret_answer, Fault *fault)
{
    Known known;
    Hash mark = people_hash(people, person->login);
    Fail fail = base_begin(people->base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = read_known(people, arena, person->login, &mark, &known, fault);
    base_end(people->base);
    *ret_answer = SIGN_IN_LOCKED;
    if (fail != FAIL_NONE || known.locked_until > now) {
        return fail;
    }
    *ret_answer = SIGN_IN_DONE;
    if (password_fits(known.password, password)) {
        return FAIL_NONE;
    }
    fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = read_known(people, arena, person->login, &mark, &known, fault);
    fail = fail ? fail : count_wrong(people, &mark, &known, now, ret_answer, fault);
    return people_end(people, fail, fault);
}

/* ---- who a request is from ---- */

/* Our count of changes, read anew when anything was written. With the lock. */
static Fail look_version(People *people, Fault *fault)
{
    int64_t seen;
    bool row = false;
    Fail fail = base_version(people->looks, &seen, fault);
    if (fail != FAIL_NONE || seen == people->seen_version) {
        return fail;
    }
    fail = base_begin(people->looks, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(people->looks, PEOPLE_SQL_CHANGE, fault);
    fail = fail ? fail : base_next(people->looks, &row, fault);
    if (fail == FAIL_NONE && row) {
        people->version = base_int(people->looks, 0);
        people->seen_version = seen;
    }
    base_end(people->looks);
    return fail;
}

Fail people_version(People *people, int64_t *ret_version, Fault *fault)
{
    pthread_mutex_lock(&people->lock);
    Fail fail = look_version(people, fault);
    *ret_version = people->version;
    pthread_mutex_unlock(&people->lock);
    return fail;
}

/* Copies a Signed with its texts; `room` at least texts_size. */
static Str moved(char **room, Str text)
{
    char *at = *room;
    if (text.len > 0) {
        memcpy(at, text.at, text.len);
    }
    *room += text.len;
    return (Str){at, text.len};
}

static size_t texts_size(const Signed *told)
{
    return told->person.login.len + told->person.name.len + 2 * told->org.id.len +
           2 * told->org.party.len + told->org.credit_code.len + told->org.name_zh.len +
           told->org.name_en.len + told->session.len + told->org.id.len;
}

static void copy_signed(Signed *to, const Signed *from, char *room)
{
    *to = *from;
    to->person.login = moved(&room, from->person.login);
    to->person.name = moved(&room, from->person.name);
    to->org.id = moved(&room, from->org.id);
    to->org.party = moved(&room, from->org.party);
    to->org.credit_code = moved(&room, from->org.credit_code);
    to->org.name_zh = moved(&room, from->org.name_zh);
    to->org.name_en = moved(&room, from->org.name_en);
    to->session = moved(&room, from->session);
    to->person.org = to->org.id;
    to->hat = (Hat){.party = to->org.party, .org = to->org.id};
}

/* What the person may today in the place of others; inside a transaction. */
static Fail stand_in(People *people, Day today, Signed *told, Fault *fault)
{
    Base *base = people->looks;
    bool row = false, own = told->person.may & MAY_SIGN;
    Fail fail = base_ask(base, PEOPLE_SQL_STANDS_IN_FOR, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_int(base, told->person.id);
    base_put_int(base, today);
    while ((fail = base_next(base, &row, fault)) == FAIL_NONE && row) {
        uint32_t may = (uint32_t)base_int(base, 1);
        told->person.may |= may;
        if ((may & MAY_SIGN) && !own && !told->in_place_of) {
            told->in_place_of = base_int(base, 0);
        }
    }
    return fail;
}

/* Reads a session; inside a transaction. */
static Fail read_session(People *people, Arena *arena, const Hash *hash, Day today,
                         bool *ret_found, Kept *ret_kept, Fault *fault)
{
    Base *base = people->looks;
    Fail fail = base_ask(base, PEOPLE_SQL_SESSION, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    base_put_bytes(base, hash->at, HASH_BYTES);
    fail = base_next(base, ret_found, fault);
    if (fail != FAIL_NONE || !*ret_found) {
        return fail;
    }
    Signed *told = &ret_kept->told;
    *told = (Signed){.session = str_copy(arena, base_text(base, 0)), .since = base_int(base, 1)};
    ret_kept->seen = ret_kept->written = base_int(base, 2);
    told->person = (Person){
        .id = base_int(base, 3), .login = str_copy(arena, base_text(base, 4)),
        .name = str_copy(arena, base_text(base, 5)), .org = str_copy(arena, base_text(base, 6)),
        .may = (uint32_t)base_int(base, 7), .onetime = base_int(base, 8),
        .deputy = base_int(base, 9),
        .deputy_from = base_is_null(base, 10) ? DAY_NONE : (Day)base_int(base, 10),
        .deputy_until = base_is_null(base, 11) ? DAY_NONE : (Day)base_int(base, 11),
    };
    told->org = (Org){
        .id = told->person.org, .party = str_copy(arena, base_text(base, 12)),
        .credit_code = str_copy(arena, base_text(base, 13)),
        .name_zh = str_copy(arena, base_text(base, 14)),
        .name_en = str_copy(arena, base_text(base, 15)),
    };
    return stand_in(people, today, told, fault);
}

/* Puts a session into memory, in the place of whatever was there. With the lock. */
static Fail keep(People *people, Arena *arena, const Hash *hash, Day today, Kept *kept,
                 Fault *fault)
{
    bool found = false;
    Kept fresh = {.hash = *hash, .used = true, .version = people->version, .day = today};
    Fail fail = base_begin(people->looks, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = read_session(people, arena, hash, today, &found, &fresh, fault);
    base_end(people->looks);
    if (fail != FAIL_NONE) {
        return fail;
    }
    bool same = kept->used && hash_eq(&kept->hash, hash);
    if (!found && !same) {
        return FAIL_NONE;   /* nobody's token puts nobody out */
    }
    int64_t seen = same && kept->seen > fresh.seen ? kept->seen : fresh.seen;
    free(kept->texts);
    *kept = (Kept){0};
    if (found) {
        Signed read = fresh.told;
        fresh.seen = seen;
        fresh.texts = memory_take(texts_size(&read));
        copy_signed(&fresh.told, &read, fresh.texts);
        *kept = fresh;
    }
    return FAIL_NONE;
}

/* Writes the times of use that are a minute old. With the lock. */
static Fail write_seen(People *people, Fault *fault)
{
    enum { SESSION_EVERY = 60 * 1000 };
    bool begun = false;
    Fail fail = FAIL_NONE;
    for (size_t i = 0; fail == FAIL_NONE && i < KEPT_MAX; i++) {
        Kept *kept = &people->kept[i];
        if (!kept->used || kept->seen - kept->written < SESSION_EVERY) {
            continue;
        }
        if (!begun && !(begun = base_begin_at_once(people->base))) {
            return FAIL_NONE;
        }
        fail = base_ask(people->base, PEOPLE_SQL_SESSION_SEEN, fault);
        if (fail == FAIL_NONE) {
            base_put_int(people->base, kept->seen);
            base_put_bytes(people->base, kept->hash.at, HASH_BYTES);
            fail = base_run(people->base, fault);
        }
        kept->written = kept->seen;
    }
    if (begun) {
        fail = fail ? fail : base_commit(people->base, fault);
        base_end(people->base);
    }
    return fail;
}

/* The same now and then; nothing waits for it, and when the disk is full it is left. */
static void flush_seen(People *people, int64_t now)
{
    enum { TRY_EVERY = 10 * 1000 };
    Fault unheard;
    if (now - people->flushed >= TRY_EVERY) {
        people->flushed = now;
        Fail left = write_seen(people, &unheard);
        (void)left;
    }
}

Fail people_signed(People *people, Arena *arena, Str token, int64_t now, Day today,
                   bool *ret_found, Signed *ret_signed, Fault *fault)
{
    *ret_found = false;
    if (token.len != TOKEN_CHARS) {
        return FAIL_NONE;
    }
    pthread_mutex_lock(&people->lock);
    Hash hash = hash_of(people->hasher, token);
    size_t place = (size_t)(hash.at[0] << 8 | hash.at[1]) % KEPT_MAX;
    Kept *kept = &people->kept[place];
    Fail fail = look_version(people, fault);
    bool fresh = kept->used && kept->version == people->version && kept->day == today &&
                 hash_eq(&kept->hash, &hash);
    if (fail == FAIL_NONE && !fresh) {
        fail = keep(people, arena, &hash, today, kept, fault);
    }
    if (fail == FAIL_NONE && kept->used && hash_eq(&kept->hash, &hash) &&
        now - kept->told.since < SESSION_MILLISECONDS && now - kept->seen < IDLE_MILLISECONDS) {
        *ret_found = true;
        kept->seen = now > kept->seen ? now : kept->seen;
        copy_signed(ret_signed, &kept->told, arena_take(arena, texts_size(&kept->told)));
    }
    if (fail == FAIL_NONE) {
        flush_seen(people, now);
    }
    pthread_mutex_unlock(&people->lock);
    return fail;
}

/* ---- sessions seen and ended ---- */

Fail people_sessions(People *people, Arena *arena, int64_t person, int64_t now,
                     const Session **ret_sessions, size_t *ret_count, Fault *fault)
{
    Base *base = people->base;
    Session *list = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    Fail fail = base_begin(base, false, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(base, PEOPLE_SQL_SESSIONS, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, person);
        base_put_int(base, now - SESSION_MILLISECONDS);
        base_put_int(base, now - IDLE_MILLISECONDS);
        fail = base_next(base, &row, fault);
    }
    while (fail == FAIL_NONE && row) {
        list = arena_grow(arena, list, count, &capacity, count + 1, sizeof *list);
        list[count++] = (Session){.id = str_copy(arena, base_text(base, 0)),
                                  .person = base_int(base, 1), .since = base_int(base, 2),
                                  .seen = base_int(base, 3)};
        fail = base_next(base, &row, fault);
    }
    base_end(base);
    *ret_sessions = list;
    *ret_count = count;
    return fail;
}

Fail people_end_session(People *people, int64_t person, Str session, Fault *fault)
{
    Base *base = people->base;
    Fail fail = people_begin(people, fault);
    if (fail != FAIL_NONE) {
        return fail;
    }
    fail = base_ask(base, PEOPLE_SQL_SESSION_END, fault);
    if (fail == FAIL_NONE) {
        base_put_int(base, person);
        base_put_text(base, session);
        fail = base_run(base, fault);
    }
    return people_end(people, fail, fault);
}
