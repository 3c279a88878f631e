/* edition_words.c: the ids that case scripts and `shencha act` use under an edition: its acts, who
 * may do them and what they must be given, the parties, the fields and their values. */
#include "edition_text.h"
#include "utf8.h"

enum { INDENT = 2, GAP = 2 };

typedef struct WordTable {
    Buf *buf;
    const Edition *edition;
    const Reader *reader;
    int columns;
} WordTable;

static void put_title(WordTable *table, Word word)
{
    buf_put_byte(table->buf, '\n');
    buf_put_many(table->buf, ' ', INDENT);
    buf_put(table->buf, word_text(table->reader->language, word));
    buf_put_byte(table->buf, '\n');
}

static void put_separate(Buf *buf, Str text)
{
    buf_put(buf, buf->len ? STR(" ") : STR_NONE);
    buf_put(buf, text);
}

/* A word, and beside it a text that is broken at the width. */
static void put_line(WordTable *table, Str word, int width, Str text)
{
    Buf *buf = table->buf;
    size_t from = buf->len;
    buf_put_many(buf, ' ', 2 * INDENT);
    buf_put(buf, word);
    int indent = 2 * INDENT + width + GAP;
    text_pad(buf, from, indent);
    Buf wrapped = {0};
    text_wrap(&wrapped, text, indent, table->columns);
    buf_put(buf, str_part(buf_str(&wrapped), (size_t)indent, wrapped.len));
    buf_done(&wrapped);
}

static void put_roles(Buf *line, const WordTable *table, const ActKind *act)
{
    if (act->by_addressee) {
        put_separate(line, word_text(table->reader->language, WORD_TEXT_THOSE_ASKED));
    }
    for (size_t i = 0; i < table->edition->roles_count; i++) {
        const Role *role = &table->edition->roles[i];
        if (!act->by_addressee && act->by >> i & 1) {
            put_separate(line, role->id);
            buf_put(line, role->kind == ROLE_ONE ? STR_NONE : STR("/…"));
        }
    }
}

static void put_acts(WordTable *table)
{
    const Edition *edition = table->edition;
    int width = 0;
    put_title(table, WORD_EDITION_WORDS_ACTS);
    for (size_t i = 0; i < edition->acts_count; i++) {
        int columns = utf8_columns(edition->acts[i].id);
        width = columns > width ? columns : width;
    }
    for (size_t i = 0; i < edition->acts_count; i++) {
        const ActKind *act = &edition->acts[i];
        Buf line = {0}, by = {0}, asks = {0};
        uint64_t asked = 0;
        for (uint8_t j = 0; j < act->branches_count; j++) {
            asked |= act->branches[j].asks;
        }
        put_roles(&by, table, act);
        for (size_t j = 0; j < edition->fields_count; j++) {
            if (asked >> j & 1) {
                put_separate(&asks, edition->fields[j].id);
            }
        }
        buf_put(&line, lawwords_get(table->reader->words, "act", act->id));
        WORD_PUT(&line, table->reader->language, WORD_EDITION_WORDS_BY, buf_str(&by));
        if (asks.len) {
            WORD_PUT(&line, table->reader->language, WORD_EDITION_WORDS_ASKS, buf_str(&asks));
        }
        put_line(table, act->id, width, buf_str(&line));
        buf_done(&line);
        buf_done(&by);
        buf_done(&asks);
    }
}

static void put_parties(WordTable *table)
{
    const Edition *edition = table->edition;
    put_title(table, WORD_EDITION_WORDS_PARTIES);
    for (size_t i = 0; i < edition->roles_count; i++) {
        const Role *role = &edition->roles[i];
        Buf line = {0}, word = {0};
        buf_put(&word, role->id);
        buf_put(&word, role->kind == ROLE_ONE ? STR_NONE : STR("/…"));
        buf_put(&line, lawwords_get(table->reader->words, "role", role->id));
        if (role->kind == ROLE_LISTED) {
            buf_put(&line, table->reader->language == LANGUAGE_ZH ? STR("：") : STR(": "));
            for (size_t j = 0; j < role->group->count; j++) {
                buf_put(&line, j ? STR(" ") : STR_NONE);
                buf_put(&line, role->group->ids[j]);
            }
        }
        put_line(table, buf_str(&word), 13, buf_str(&line));
        buf_done(&line);
        buf_done(&word);
    }
}

/* The fields of one kind that have no values of their own, in one line. */
static void put_plain(WordTable *table, FieldKind kind, Word what)
{
    Buf line = {0};
    for (size_t i = 0; i < table->edition->fields_count; i++) {
        if (table->edition->fields[i].kind == kind) {
            put_separate(&line, table->edition->fields[i].id);
        }
    }
    if (line.len) {
        put_line(table, word_text(table->reader->language, what), 14, buf_str(&line));
    }
    buf_done(&line);
}

static void put_values(WordTable *table, const Field *field, Word how)
{
    Buf values = {0}, line = {0};
    for (size_t i = 0; i < field->values_count; i++) {
        put_separate(&values, field->values[i]);
    }
    WORD_PUT(&line, table->reader->language, how, buf_str(&values));
    put_line(table, field->id, 14, buf_str(&line));
    buf_done(&values);
    buf_done(&line);
}

static void put_fields(WordTable *table)
{
    static const struct {
        FieldKind kind;
        Word what;
    } plain[] = {{FIELD_YES_NO, WORD_EDITION_WORDS_YES_NO},
                 {FIELD_WHOLE_NUMBER, WORD_EDITION_WORDS_NUMBER},
                 {FIELD_DAY, WORD_EDITION_WORDS_DAY},
                 {FIELD_PARTY, WORD_EDITION_WORDS_PARTY},
                 {FIELD_PARTIES, WORD_EDITION_WORDS_SEVERAL},
                 {FIELD_TEXT, WORD_EDITION_WORDS_TEXT},
                 {FIELD_TEXTS, WORD_EDITION_WORDS_TEXTS},
                 {FIELD_OBJECT, WORD_EDITION_WORDS_OBJECT}};
    put_title(table, WORD_EDITION_WORDS_FIELDS);
    for (size_t i = 0; i < table->edition->fields_count; i++) {
        const Field *field = &table->edition->fields[i];
        if (field->kind == FIELD_ONE_OF) {
            put_values(table, field, WORD_EDITION_WORDS_ONE_OF);
        } else if (field->kind == FIELD_SOME_OF) {
            put_values(table, field, WORD_EDITION_WORDS_SOME_OF);
        }
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        put_plain(table, plain[i].kind, plain[i].what);
    }
}

void edition_words(Buf *buf, const Edition *edition, const Reader *reader, int columns)
{
    WordTable table = {buf, edition, reader, columns};
    buf_put_byte(buf, '\n');
    text_wrap(buf, word_text(reader->language, WORD_EDITION_WORDS), 0, columns);
    put_acts(&table);
    put_parties(&table);
    put_fields(&table);
}
