/* say.c: ids of the law and of the record become words. */
#include "say.h"

enum { SAID_BYTES_MAX = 1 << 20, PERSON_DIGITS_MAX = 18, LONG_BYTES = 800, START_BYTES = 240 };

static Str kept(const Say *say, Buf *buf)
{
    Str text = str_copy(say->arena, buf_str(buf));
    buf_done(buf);
    return text;
}

Say say_of(Request *request, const Edition *edition)
{
    Say say = say_in(request, edition->id);
    say.edition = edition;
    return say;
}

Say say_in(Request *request, Str edition)
{
    return (Say){.arena = request->arena, .people = request->service->people,
                 .reader = {request->language, request_words(request, edition)}};
}

Str say_words(const Say *say, Word word, const Str *args, size_t count)
{
    Buf buf = buf_new(SAID_BYTES_MAX);
    word_put(&buf, say->reader.language, word, args, count);
    return kept(say, &buf);
}

Str say_plain(const Say *say, Word word)
{
    return word_text(say->reader.language, word);
}

Str say_number(const Say *say, int64_t number)
{
    Buf digits = buf_new(32), buf = buf_new(48);
    buf_put_int(&digits, number < 0 ? -number : number);
    if (number < 0) {
        buf_put_byte(&buf, '-');
    }
    for (size_t i = 0; i < digits.len; i++) {
        if (i > 0 && (digits.len - i) % 3 == 0 && digits.len > 4) {
            buf_put_byte(&buf, ',');
        }
        buf_put_byte(&buf, digits.at[i]);
    }
    buf_done(&digits);
    return kept(say, &buf);
}

Str say_working_days(const Say *say, int64_t number)
{
    return SAY(say, number == 1 ? WORD_CASE_WORKING_DAY : WORD_CASE_WORKING_DAYS,
               say_number(say, number));
}

Str say_day(const Say *say, Day day)
{
    Buf buf = buf_new(64);
    Out out = {&buf, say->reader.language};
    bool chinese = say->reader.language == LANGUAGE_ZH, is = day != DAY_NONE && day != DAY_LAST;
    if (is && !chinese) {
        buf_put(&buf, weekday_word(day, say->reader.language));
        buf_put_byte(&buf, ' ');
    }
    out_day(&out, day);
    if (is && chinese) {
        buf_put(&buf, STR("（"));
        buf_put(&buf, weekday_word(day, say->reader.language));
        buf_put(&buf, STR("）"));
    }
    return kept(say, &buf);
}

ClauseLink say_cited(const Say *say, Str clause)
{
    if (clause.len == 0 || !say->edition) {
        return (ClauseLink){.text = STR_NONE};
    }
    Buf text = buf_new(256), anchor = buf_new(256);
    clause_put(&text, clause, say->reader.language);
    if (clause_is_policy(clause)) {
        buf_put(&anchor, STR("policy-"));
        buf_put(&anchor, clause);
    } else {
        buf_put(&anchor, STR("clause-"));
        buf_put(&anchor, str_part(clause, 0, str_find(clause, '(')));
    }
    return (ClauseLink){say->edition->id, kept(say, &anchor), kept(say, &text)};
}

Str say_party(const Say *say, Party party)
{
    if (party.role == ID_NONE) {
        return STR_NONE;
    }
    Buf buf = buf_new(SAID_BYTES_MAX);
    party_put(&buf, say->edition, party, &say->reader);
    return kept(say, &buf);
}

static void separate(Buf *buf, Language language)
{
    if (buf->len) {
        buf_put(buf, language == LANGUAGE_ZH ? STR("、") : STR(", "));
    }
}

Str say_roles(const Say *say, uint32_t roles)
{
    if (roles == 0) {
        return say_plain(say, WORD_TEXT_THOSE_ASKED);
    }
    Buf buf = buf_new(SAID_BYTES_MAX);
    for (size_t i = 0; i < say->edition->roles_count; i++) {
        if (roles >> i & 1) {
            separate(&buf, say->reader.language);
            buf_put(&buf, lawwords_get(say->reader.words, "role", say->edition->roles[i].id));
        }
    }
    return kept(say, &buf);
}

Str say_list(const Say *say, const Str *texts, size_t count)
{
    Buf buf = buf_new(SAID_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        separate(&buf, say->reader.language);
        buf_put(&buf, texts[i]);
    }
    return kept(say, &buf);
}

Str say_value_word(const Say *say, Str field, Str value)
{
    char *kind = str_terminated(say->arena, field);
    Str word = lawwords_get(say->reader.words, kind, value);
    if (word.at == value.at && field.len > 1 && kind[field.len - 1] == 's') {
        kind[field.len - 1] = 0;   /* `materials` are words of the kind `material` */
        word = lawwords_get(say->reader.words, kind, value);
    }
    return word;
}

static Str person_name(const Say *say, Str id)
{
    int64_t number;
    bool found;
    Person person;
    if (id.len < 2 || id.len > PERSON_DIGITS_MAX || id.at[0] != 'p' ||
        !str_int(str_part(id, 1, id.len), &number) || !say->people ||
        people_person(say->people, say->arena, number, &found, &person, NULL) != FAIL_NONE ||
        !found) {
        return id;
    }
    return person.name;
}

Str say_person(const Say *say, Str person)
{
    static const char between[] = " for ";
    if (person.len == 0) {
        return STR_NONE;
    }
    for (size_t i = 0; i + sizeof between - 1 < person.len; i++) {
        Str rest = str_part(person, i, person.len);
        if (str_starts(rest, str_from(between))) {
            return SAY(say, WORD_CASE_DEPUTY, person_name(say, str_part(person, 0, i)),
                       person_name(say, str_part(rest, sizeof between - 1, rest.len)));
        }
    }
    return person_name(say, person);
}

Str say_paper_kind(const Say *say, Str kind)
{
    Str word = say_value_word(say, STR("materials"), kind);
    return str_eq(word, kind) ? lawwords_get(say->reader.words, "field", kind) : word;
}

/* "d17 analysis_report 9f…": a document by its id, its kind, and the beginning of its hash. */
static bool said_paper(const Say *say, Str text, ValueSaid *ret_value)
{
    enum { HASH_SHOWN = 12, ID_MAX = 20 };
    size_t first = str_find(text, ' ');
    Str rest = str_part(text, first + 1, text.len);
    size_t second = str_find(rest, ' ');
    if (first < 2 || first > ID_MAX || text.at[0] != 'd' || second >= rest.len) {
        return false;
    }
    for (size_t i = 1; i < first; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    *ret_value = (ValueSaid){
        .day = DAY_NONE, .paper = str_part(text, 0, first),
        .text = SAY(say, WORD_CASE_PAPER_VALUE,
                    say_paper_kind(say, str_part(rest, 0, second)),
                    str_part(rest, second + 1, second + 1 + HASH_SHOWN))};
    return true;
}

Str say_undertaking(const Say *say, Str line)
{
    Str rest = str_trim(str_part(line, str_find(line, ':') + 1, line.len));
    Str start = STR("clause "), between = STR("; evidence ");
    if (!str_starts(rest, start)) {
        return rest;
    }
    rest = str_part(rest, start.len, rest.len);
    for (size_t at = 0; at + between.len <= rest.len; at++) {
        if (str_starts(str_part(rest, at, rest.len), between)) {
            return SAY(say, WORD_CASE_UNDERTAKEN_WITH, str_part(rest, 0, at),
                       str_part(rest, at + between.len, rest.len));
        }
    }
    return SAY(say, WORD_CASE_UNDERTAKEN, rest);
}

/* "analysis_report: no page 7", as the formal check and declarations write about one material or
 * promise: with its name. Every other text is told as the edition says it. */
static Str said_about(const Say *say, const Field *field, Str text)
{
    Str id = str_part(text, 0, str_find(text, ':'));
    const List *promises = edition_list(say->edition, STR("commitments"));
    const char *kind = NULL;
    for (size_t i = 0; id.len < text.len && i < say->edition->materials_count; i++) {
        kind = str_eq(say->edition->materials[i].id, id) ? "material" : kind;
    }
    for (size_t i = 0; id.len < text.len && promises && i < promises->count; i++) {
        kind = str_eq(promises->items[i].id, id) ? "commitment" : kind;
    }
    if (!kind) {
        return say_value_word(say, field->id, text);
    }
    Str rest = str_trim(str_part(text, id.len + 1, text.len));
    return SAY(say, WORD_CASE_ABOUT, lawwords_get(say->reader.words, kind, id),
               str_is(field->id, "undertakings") ? say_undertaking(say, text) : rest);
}

static ValueSaid said_text(const Say *say, const Field *field, Str text)
{
    ValueSaid value = {.day = DAY_NONE, .text = text};
    Party party;
    switch (field->kind) {
    case FIELD_DAY:
        if (day_parse(text, &value.day)) {
            value.text = STR_NONE;
        }
        return value;
    case FIELD_PARTY:
    case FIELD_PARTIES:
        value.text = edition_party(say->edition, text, &party) ? say_party(say, party) : text;
        return value;
    case FIELD_YES_NO:
    case FIELD_WHOLE_NUMBER:
    case FIELD_ONE_OF:
    case FIELD_SOME_OF:
    case FIELD_TEXT:
    case FIELD_TEXTS:
    case FIELD_OBJECT: break;
    }
    if (said_paper(say, text, &value)) {
        return value;
    }
    value.text = said_about(say, field, text);
    if (str_is(field->id, "drafted_by")) {   /* other fields hold what somebody typed */
        value.text = say_person(say, text);
    }
    return value;
}

/* The beginning of a long text, up to a whole character; empty when all of it is shown. */
static Str start_of(Str text)
{
    size_t end = START_BYTES;
    if (text.len <= LONG_BYTES) {
        return STR_NONE;
    }
    while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80) {
        end--;
    }
    return str_part(text, 0, end);
}

Str say_field(const Say *say, FieldId field, bool free)
{
    Str id = say->edition->fields[field].id;
    return free && str_is(id, "finding") ? say_plain(say, WORD_CASE_FINDING_TEXT)
                                         : lawwords_get(say->reader.words, "field", id);
}

/* Is the value none of the words that the edition lists for the field? */
static bool own_words(const Field *field, const Value *value)
{
    for (size_t i = 0; value->kind == VALUE_TEXT && i < field->values_count; i++) {
        if (str_eq(field->values[i], value->text)) {
            return false;
        }
    }
    return value->kind == VALUE_TEXT && field->values_count > 0;
}

GivenSaid say_given(const Say *say, const Given *given)
{
    const Field *field = &say->edition->fields[given->field];
    const Value *value = &given->value;
    size_t count = value->kind == VALUE_MANY ? value->many_count : 1;
    ValueSaid *values = ARENA_MANY(say->arena, ValueSaid, count);
    for (size_t i = 0; i < count; i++) {
        switch (value->kind) {
        case VALUE_YES_NO:
            values[i] = (ValueSaid){.day = DAY_NONE, .text = say_plain(say, value->yes
                                                                ? WORD_TEXT_YES : WORD_TEXT_NO)};
            break;
        case VALUE_NUMBER:
            values[i] = (ValueSaid){.day = DAY_NONE, .text = say_number(say, value->number)};
            break;
        case VALUE_TEXT:
            values[i] = said_text(say, field, value->text);
            break;
        case VALUE_MANY:
            values[i] = said_text(say, field, value->many[i]);
            break;
        }
        values[i].start = start_of(values[i].text);
    }
    return (GivenSaid){say_field(say, given->field, own_words(field, value)), values, count};
}

Str say_reason(const Say *say, const DayReason *reason)
{
    static const Word words[] = {
        [WHY_MADE_UP] = WORD_CALENDAR_WHY_WORKED, [WHY_WEEKEND] = WORD_CALENDAR_WHY_WEEKEND,
        [WHY_HOLIDAY] = WORD_CALENDAR_WHY_OFF, [WHY_STATUTORY] = WORD_CALENDAR_WHY_STATUTORY,
    };
    if (reason->why == WHY_WORKING) {
        return STR_NONE;
    }
    Str why = SAY(say, words[reason->why],
                  lawwords_get(say->reader.words, "holiday", reason->holiday));
    return reason->notice && !reason->notice->statutory
               ? SAY(say, WORD_CASE_BY_NOTICE, why, reason->notice->number) : why;
}
