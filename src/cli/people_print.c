/* people_print.c: organisations, people and sessions on the command line. */
#include "position_text.h"
#include "verb_people.h"

static const struct { const char *word; uint32_t bit; } mays[] = {
    {"act", MAY_ACT}, {"sign", MAY_SIGN}, {"manage", MAY_MANAGE},
};
enum { MAYS_COUNT = sizeof mays / sizeof mays[0] };

void put_moment(Buf *buf, int64_t at, bool json)
{
    int64_t minutes = (at / 1000 + 8 * 3600) / 60;
    buf_put_day(buf, day_of_moment(at));
    buf_print(buf, "%c%02d:%02d", json ? 'T' : ' ', (int)(minutes / 60 % 24), (int)(minutes % 60));
    if (json) {
        buf_print(buf, ":%02d+08:00", (int)(at / 1000 % 60));
    }
}

void put_may(Buf *buf, uint32_t may)
{
    const char *between = "";
    for (size_t i = 0; i < MAYS_COUNT; i++) {
        if (may & mays[i].bit) {
            buf_print(buf, "%s%s", between, mays[i].word);
            between = ",";
        }
    }
    if (may == 0) {
        buf_put_byte(buf, '-');
    }
}

bool read_may(Str text, uint32_t *ret_may)
{
    *ret_may = 0;
    if (str_is(text, "-")) {
        return true;
    }
    while (text.len > 0) {
        size_t comma = str_find(text, ',');
        uint32_t bit = 0;
        for (size_t i = 0; i < MAYS_COUNT; i++) {
            bit |= str_is(str_part(text, 0, comma), mays[i].word) ? mays[i].bit : 0;
        }
        if (!bit) {
            return false;
        }
        *ret_may |= bit;
        text = str_part(text, comma + 1, text.len);
    }
    return true;
}

/* One cell of a line, with a space after it at least. */
static void put_cell(Buf *buf, Str text, int width)
{
    size_t from = buf->len;
    text_safe(buf, text);
    if (width) {
        text_pad(buf, from, width);
    }
}

static void put_named(Buf *buf, const char *name, Str value)
{
    buf_print(buf, ",\"%s\":", name);
    buf_put_json(buf, value);
}

static void put_heading(Cli *cli, const Word *words, const int *widths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_cell(&cli->out, word_text(cli->language, words[i]), widths[i]);
    }
    buf_put_byte(&cli->out, '\n');
}

void print_orgs(Cli *cli, const Org *orgs, size_t count)
{
    static const Word heading[] = {WORD_PEOPLE_ORG_ID, WORD_PEOPLE_PARTY, WORD_PEOPLE_CODE,
                                   WORD_PEOPLE_NAME};
    static const int widths[] = {21, 24, 20, 0};
    Buf *out = &cli->out;
    if (!cli->json) {
        put_heading(cli, heading, widths, sizeof widths / sizeof widths[0]);
    }
    for (size_t i = 0; i < count; i++) {
        const Org *org = &orgs[i];
        if (cli->json) {
            buf_put(out, STR("{\"org\":"));
            buf_put_json(out, org->id);
            put_named(out, "party", org->party);
            put_named(out, "credit_code", org->credit_code);
            put_named(out, "name_zh", org->name_zh);
            put_named(out, "name_en", org->name_en);
            buf_print(out, ",\"closed\":%s}\n", org->closed ? "true" : "false");
            continue;
        }
        put_cell(out, org->id, widths[0]);
        put_cell(out, org->party, widths[1]);
        put_cell(out, org->credit_code.len ? org->credit_code : STR("-"), widths[2]);
        put_cell(out, cli->language == LANGUAGE_ZH ? org->name_zh : org->name_en, 0);
        if (org->closed) {
            buf_put_byte(out, ' ');
            buf_put(out, word_text(cli->language, WORD_PEOPLE_TAG_CLOSED));
        }
        buf_put_byte(out, '\n');
    }
}

static void put_tag(Cli *cli, bool has, Word word, const char **between)
{
    if (has) {
        buf_print(&cli->out, "%s", *between);
        buf_put(&cli->out, word_text(cli->language, word));
        *between = ", ";
    }
}

static void person_json(Cli *cli, const Person *person)
{
    Buf *out = &cli->out;
    buf_print(out, "{\"person\":\"p%lld\"", (long long)person->id);
    put_named(out, "login", person->login);
    put_named(out, "name", person->name);
    put_named(out, "org", person->org);
    buf_put(out, STR(",\"may\":\""));
    put_may(out, person->may);
    buf_print(out, "\",\"suspended\":%s,\"invited\":%s,\"onetime\":%s,\"locked_until\":",
              person->suspended ? "true" : "false", person->invited ? "true" : "false",
              person->onetime ? "true" : "false");
    if (person->locked_until > cli->now) {
        buf_put_byte(out, '"');
        put_moment(out, person->locked_until, true);
        buf_put_byte(out, '"');
    } else {
        buf_put(out, STR("null"));
    }
    if (person->deputy) {
        buf_print(out, ",\"deputy\":\"p%lld\",\"from\":", (long long)person->deputy);
        buf_put_day_json(out, person->deputy_from);
        buf_put(out, STR(",\"until\":"));
        buf_put_day_json(out, person->deputy_until);
    }
    buf_put(out, STR("}\n"));
}

void print_people(Cli *cli, const Person *people, size_t count)
{
    static const Word heading[] = {WORD_PEOPLE_LOGIN, WORD_PEOPLE_ORG, WORD_PEOPLE_MAY,
                                   WORD_PEOPLE_NAME};
    static const int widths[] = {24, 21, 17, 0};
    Buf *out = &cli->out, may = {0};
    if (!cli->json) {
        put_heading(cli, heading, widths, sizeof widths / sizeof widths[0]);
    }
    for (size_t i = 0; i < count; i++) {
        const Person *person = &people[i];
        if (cli->json) {
            person_json(cli, person);
            continue;
        }
        buf_clear(&may);
        put_may(&may, person->may);
        put_cell(out, person->login, widths[0]);
        put_cell(out, person->org, widths[1]);
        put_cell(out, buf_str(&may), widths[2]);
        put_cell(out, person->name, 0);
        const char *between = "  ";
        put_tag(cli, person->suspended, WORD_PEOPLE_TAG_SUSPENDED, &between);
        put_tag(cli, person->invited, WORD_PEOPLE_TAG_INVITED, &between);
        put_tag(cli, person->locked_until > cli->now, WORD_PEOPLE_TAG_LOCKED, &between);
        put_tag(cli, person->onetime, WORD_PEOPLE_TAG_ONETIME, &between);
        put_tag(cli, person->deputy && person->deputy_until >= cli->today,
                WORD_PEOPLE_TAG_DEPUTY, &between);
        buf_put_byte(out, '\n');
    }
    buf_done(&may);
}

void print_sessions(Cli *cli, const Session *sessions, size_t count)
{
    static const Word heading[] = {WORD_PEOPLE_SESSION, WORD_PEOPLE_SINCE, WORD_PEOPLE_SEEN};
    static const int widths[] = {14, 18, 0};
    Buf *out = &cli->out;
    if (!cli->json) {
        put_heading(cli, heading, widths, sizeof widths / sizeof widths[0]);
    }
    for (size_t i = 0; i < count; i++) {
        const Session *session = &sessions[i];
        if (cli->json) {
            buf_put(out, STR("{\"session\":"));
            buf_put_json(out, session->id);
            buf_put(out, STR(",\"since\":\""));
            put_moment(out, session->since, true);
            buf_put(out, STR("\",\"seen\":\""));
            put_moment(out, session->seen, true);
            buf_put(out, STR("\"}\n"));
            continue;
        }
        put_cell(out, session->id, widths[0]);
        put_moment(out, session->since, false);
        buf_put(out, STR("  "));
        put_moment(out, session->seen, false);
        buf_put_byte(out, '\n');
    }
}
