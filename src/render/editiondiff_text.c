/* editiondiff_text.c: changes told in the words of the law: + added, − removed, ~ changed. */
#include "editiondiff_text.h"

#include <stdlib.h>

#include "edition_text.h"

/* What a word of the law format is called, and of which kind its ids are. */
typedef struct What {
    const char *what;
    Word word;
    const char *kind;            /* of lawwords; "ref", "guard", "extension": see put_item; NULL:
                                    as it is */
} What;

static const What whats[] = {
    {"by", WORD_DIFF_BY, "role"},             {"in", WORD_DIFF_IN, "stage"},
    {"opens", WORD_DIFF_OPENS, "stage"},      {"to", WORD_DIFF_TO, "stage"},
    {"asks", WORD_DIFF_ASKS, "field"},        {"needs", WORD_DIFF_NEEDS, "guard"},
    {"warns", WORD_DIFF_WARNS, "guard"},      {"at_most", WORD_DIFF_AT_MOST, NULL},
    {"stops", WORD_DIFF_STOPS, "clock"},      {"voids", WORD_DIFF_VOIDS, "clock"},
    {"moots", WORD_DIFF_MOOTS, "clock"},      {"fulfils", WORD_DIFF_FULFILS, "duty"},
    {"lifts", WORD_DIFF_LIFTS, "duty"},       {"extends", WORD_DIFF_EXTENDS, "extension"},
    {"outcome", WORD_DIFF_OUTCOME, "ref"},    {"starts", WORD_DIFF_STARTS, "clock"},
    {"imposes", WORD_DIFF_IMPOSES, "duty"},   {"notice", WORD_DIFF_NOTICE, "notice"},
    {"working_days", WORD_DIFF_DAYS, NULL},   {"of", WORD_DIFF_OF, "field"},
    {"clock", WORD_DIFF_CLOCK, "clock"},      {"holds", WORD_DIFF_HOLDS, "clock"},
    {"then", WORD_DIFF_THEN, NULL},           {"silence", WORD_DIFF_SILENCE, NULL},
    {"when", WORD_DIFF_WHEN, "ground"},       {"optional", WORD_DIFF_OPTIONAL, NULL},
};

/* Values that are words of the format and not ids. */
static const struct { const char *value; Word word; } values[] = {
    {"addressee", WORD_DIFF_ADDRESSEE},   {"all", WORD_DIFF_ALL},
    {"recipients", WORD_DIFF_RECIPIENTS}, {"resume", WORD_DIFF_RESUME},
    {"restart", WORD_DIFF_RESTART},       {"disagreement", WORD_DIFF_DISAGREEMENT},
    {"true", WORD_DIFF_TRUE},             {"false", WORD_DIFF_FALSE},
    {"counted", WORD_DIFF_COUNTED},       {"not_counted", WORD_DIFF_NOT_COUNTED},
};

static const struct { const char *guard; Word word; const char *kind; } guards[] = {
    {"complete", WORD_DIFF_IF_COMPLETE, "field"},   {"done", WORD_DIFF_IF_DONE, "act"},
    {"opened_by", WORD_DIFF_IF_OPENED_BY, "act"},   {"none_open", WORD_DIFF_IF_NONE_OPEN, "duty"},
    {"answered", WORD_DIFF_IF_ANSWERED, "duty"},    {"agreed", WORD_DIFF_IF_AGREED, "duty"},
    {"disagreed", WORD_DIFF_IF_DISAGREED, "duty"},  {"in_time", WORD_DIFF_IF_IN_TIME, "clock"},
    {"on_register", WORD_DIFF_IF_REGISTER, "ref"},  {"given", WORD_DIFF_IF_GIVEN, "ref"},
    {"any_given", WORD_DIFF_IF_ANY_GIVEN, "ref"},
};

static Str comma(Language language)
{
    return language == LANGUAGE_ZH ? STR("、") : STR(", ");
}

/* Splits off what stands before `divider`; *rest goes on after it. */
static Str split(Str *rest, Str divider)
{
    size_t at = 0;
    while (at < rest->len && !str_starts(str_part(*rest, at, rest->len), divider)) {
        at++;
    }
    Str first = str_part(*rest, 0, at);
    *rest = str_part(*rest, at + divider.len, rest->len);
    return first;
}

static void put_word(Buf *buf, const char *kind, Str id, const LawWords *words, Language language)
{
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (str_is(id, values[i].value)) {
            buf_put(buf, word_text(language, values[i].word));
            return;
        }
    }
    buf_put(buf, kind ? lawwords_get(words, kind, id) : id);
}

/* "suggest.finding", "purchase.signed=false", "not_needed". */
void ref_words_put(Buf *buf, Str ref, const LawWords *words, Language language)
{
    Str value = ref, field = split(&value, STR("="));
    Str right = field, left = split(&right, STR("."));
    if (right.len == 0 && value.len == 0) {
        Str outcome = lawwords_get(words, "outcome", left);
        buf_put(buf, str_eq(outcome, left) ? lawwords_get(words, "field", left) : outcome);
        return;
    }
    if (right.len && !str_is(left, "purchase")) {
        buf_put(buf, lawwords_get(words, "act", left));
        buf_put(buf, STR(" · "));
    }
    buf_put(buf, lawwords_get(words, "field", right.len ? right : left));
    if (value.len) {
        buf_put(buf, language == LANGUAGE_ZH ? STR("：") : STR(": "));
        put_word(buf, NULL, value, words, language);
    }
}

void guard_words_put(Buf *buf, Str item, const LawWords *words, Language language)
{
    Str rest = item, name = split(&rest, STR(" "));
    Buf objects = {0};
    for (size_t i = 0; i < sizeof guards / sizeof guards[0]; i++) {
        if (!str_is(name, guards[i].guard)) {
            continue;
        }
        while (rest.len) {
            Str object = split(&rest, STR(" "));
            buf_put(&objects, objects.len ? comma(language) : STR_NONE);
            if (str_is(str_from(guards[i].kind), "ref")) {
                ref_words_put(&objects, object, words, language);
            } else {
                put_word(&objects, guards[i].kind, object, words, language);
            }
        }
        WORD_PUT(buf, language, guards[i].word, buf_str(&objects));
    }
    buf_done(&objects);
}

static void put_item(Buf *buf, const char *kind, Str item, const LawWords *words,
                     Language language)
{
    if (kind && !strcmp(kind, "guard")) {
        guard_words_put(buf, item, words, language);
    } else if (kind && !strcmp(kind, "ref")) {
        ref_words_put(buf, item, words, language);
    } else if (kind && !strcmp(kind, "extension")) {
        Str days = item, clock = split(&days, STR(" "));
        buf_put(buf, lawwords_get(words, "clock", clock));
        buf_put(buf, STR(" +"));
        put_word(buf, "field", days, words, language);
    } else if (str_starts(item, STR("with."))) {
        ref_words_put(buf, str_part(item, 5, item.len), words, language);
    } else {
        put_word(buf, kind, item, words, language);
    }
}

static void put_items(Buf *buf, const char *kind, Str list, const LawWords *words,
                      Language language)
{
    if (list.len == 0) {
        buf_put(buf, word_text(language, WORD_DIFF_NOTHING));
    }
    for (bool first = true; list.len; first = false) {
        buf_put(buf, first ? STR_NONE : comma(language));
        put_item(buf, kind, split(&list, STR(", ")), words, language);
    }
}

/* The word of a thing: in the new edition's words, or in the old one's when it is gone. */
static void put_thing(Buf *buf, const Change *change, const DiffReader *reader)
{
    const LawWords *words = change->kind == CHANGE_REMOVED ? reader->from : reader->to;
    if (change->subject == SUBJECT_RECIPIENT) {
        size_t slash = str_find(change->id, '/');
        buf_put(buf, slash < change->id.len
                         ? lawwords_party(words, str_part(change->id, 0, slash),
                                          str_part(change->id, slash + 1, change->id.len))
                         : lawwords_get(words, "role", STR("department")));
    } else if (change->subject == SUBJECT_COUNTING) {
        buf_put(buf, word_text(reader->language, WORD_DIFF_FIRST_DAY));
    } else if (change->subject == SUBJECT_POLICY) {
        buf_put(buf, change->id);
        buf_put_byte(buf, ' ');
        buf_put(buf, lawwords_get(words, "policy", change->id));
    } else if (change->subject != SUBJECT_FORCE) {
        buf_put(buf, lawwords_get(words, subject_id(change->subject), change->id));
    }
}

static const What *what_of(const Change *change)
{
    for (size_t i = 0; change->what && i < sizeof whats / sizeof whats[0]; i++) {
        if (!strcmp(change->what, whats[i].what)) {
            return &whats[i];
        }
    }
    return NULL;
}

static void put_change(Buf *buf, const Change *change, const DiffReader *reader)
{
    static const char *const marks[] = {"+ ", "− ", "~ ", "# "};
    const What *what = what_of(change);
    const char *kind = what ? what->kind : NULL;
    Buf line = {0};
    static const What goes_to = {"to", WORD_DIFF_GOES_TO, "role"};
    if (change->subject == SUBJECT_NOTICE && what) {
        what = &goes_to;
        kind = what->kind;
    }
    buf_put(&line, str_from(marks[change->kind]));
    put_thing(&line, change, reader);
    if (change->kind == CHANGE_CHANGED) {
        buf_put(&line, change->subject == SUBJECT_FORCE        ? STR_NONE
                       : reader->language == LANGUAGE_ZH ? STR("：") : STR(": "));
        if (what) {
            buf_put(&line, word_text(reader->language, what->word));
            buf_put_byte(&line, ' ');
        }
        put_items(&line, kind, change->before, reader->from, reader->language);
        buf_put(&line, STR("  ⇒  "));
        put_items(&line, kind, change->after, reader->to, reader->language);
    }
    text_wrap(buf, buf_str(&line), 2, reader->columns);
    buf_done(&line);
}

/* --- clause numbers --- */

enum { PAIRS_MAX = 256 };

typedef struct Pair {
    Str before, after;
    size_t count;                /* rules that say so */
} Pair;

static Str article(Str clause)
{
    return str_part(clause, 0, str_find(clause, '('));
}

static int by_number(const void *a, const void *b)
{
    const Pair *x = a, *y = b;
    int64_t n = 0, m = 0;
    bool both = str_int(x->before, &n) && str_int(y->before, &m);
    return both && n != m ? (n < m ? -1 : 1)
           : both         ? str_cmp(x->after, y->after)
                          : str_cmp(x->before, y->before);
}

static size_t pair_add(Pair *pairs, size_t found, Str before, Str after)
{
    if (clause_is_policy(before) || clause_is_policy(after)) {
        return found;
    }
    for (size_t i = 0; i < found; i++) {
        if (str_eq(pairs[i].before, before) && str_eq(pairs[i].after, after)) {
            pairs[i].count++;
            return found;
        }
    }
    if (found < PAIRS_MAX) {
        pairs[found++] = (Pair){before, after, 1};
    }
    return found;
}

/* Which article became which, as far as rules that both editions have say so. */
static size_t pairs_of(const Change *changes, size_t count, Pair *pairs)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        Str before = changes[i].before, after = changes[i].after;
        while (changes[i].kind == CHANGE_MOVED && before.len && after.len) {
            Str was = article(split(&before, STR(", "))), is = article(split(&after, STR(", ")));
            found = pair_add(pairs, found, was, is);
        }
    }
    if (found) {
        qsort(pairs, found, sizeof *pairs, by_number);
    }
    return found;
}

static void put_clauses(Buf *buf, const Change *changes, size_t count, const DiffReader *reader)
{
    Pair pairs[PAIRS_MAX];
    size_t found = pairs_of(changes, count, pairs);
    Buf line = {0};
    for (size_t i = 0; i < found; i++) {
        if (pairs[i].count > 1) {   /* one rule alone may have come from elsewhere */
            buf_put(&line, line.len ? comma(reader->language) : STR_NONE);
            buf_put(&line, pairs[i].before);
            buf_put(&line, STR("→"));
            buf_put(&line, pairs[i].after);
        }
    }
    if (line.len) {
        buf_put_byte(buf, '\n');
        buf_put(buf, word_text(reader->language, WORD_DIFF_RENUMBERED));
        buf_put_byte(buf, '\n');
        text_wrap(buf, buf_str(&line), 2, reader->columns);
    }
    buf_done(&line);
}

void editiondiff_text(Buf *buf, const Change *changes, size_t count, const DiffReader *reader)
{
    for (int subject = 0; subject < SUBJECT_COUNT; subject++) {
        bool any = false;
        for (size_t i = 0; i < count; i++) {
            if ((int)changes[i].subject != subject || changes[i].kind == CHANGE_MOVED) {
                continue;
            }
            if (!any) {
                buf_put_byte(buf, '\n');
                buf_put(buf, word_text(reader->language, (Word)(WORD_SUBJECT_FORCE + subject)));
                buf_put_byte(buf, '\n');
                any = true;
            }
            put_change(buf, &changes[i], reader);
        }
    }
    put_clauses(buf, changes, count, reader);
}

void editiondiff_json(Buf *buf, const Change *changes, size_t count)
{
    static const char *const kinds[] = {"added", "removed", "changed", "renumbered"};
    for (size_t i = 0; i < count; i++) {
        const Change *change = &changes[i];
        buf_print(buf, "{\"subject\":\"%s\",\"change\":\"%s\",\"id\":",
                  subject_id(change->subject), kinds[change->kind]);
        buf_put_json(buf, change->id);
        if (change->what) {
            buf_print(buf, ",\"what\":\"%s\"", change->what);
        }
        buf_put(buf, STR(",\"from\":"));
        buf_put_json(buf, change->before);
        buf_put(buf, STR(",\"to\":"));
        buf_put_json(buf, change->after);
        buf_put(buf, STR("}\n"));
    }
}
