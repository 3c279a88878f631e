/* calendar_adopt.c: `shencha calendar adopt FILE`: takes a State Council notice into the docket and
 * lists every open due day that it moves. */
#include "calendar_adopt.h"

#include "disk.h"
#include "docket_open.h"
#include "position_json.h"
#include "position_text.h"

typedef struct Adopting {
    Cli *cli;
    Law *law;
} Adopting;

static void put_day(Buf *buf, Day day, bool provisional)
{
    if (day == DAY_NONE) {
        buf_put_byte(buf, '-');
    } else {
        buf_put_day(buf, day);
        buf_put(buf, provisional ? STR(" ~") : STR_NONE);
    }
}

static void moved_json(Buf *buf, const Moved *moved)
{
    buf_put(buf, STR("{\"matter\":"));
    buf_put_json(buf, moved->matter);
    buf_put(buf, STR(",\"clock\":"));
    buf_put_json(buf, moved->clock);
    buf_put(buf, STR(",\"of\":"));
    if (moved->of.len) {
        buf_put_json(buf, moved->of);
    } else {
        buf_put(buf, STR("null"));
    }
    buf_put(buf, STR(",\"from\":"));
    buf_put_day_json(buf, moved->from);
    buf_put(buf, STR(",\"to\":"));
    buf_put_day_json(buf, moved->to);
    buf_print(buf, ",\"provisional\":%s}\n", moved->provisional ? "true" : "false");
}

static void moved(void *with, const Moved *moved)
{
    Adopting *adopting = with;
    Buf *buf = &adopting->cli->out;
    const LawWords *words;
    Fault fault;
    if (adopting->cli->json) {
        moved_json(buf, moved);
        return;
    }
    bool known = law_words(adopting->law, moved->edition->id, adopting->cli->language, &words,
                           &fault) == FAIL_NONE;
    buf_put(buf, STR("  "));
    put_day(buf, moved->from, moved->provisional_before);
    buf_put(buf, STR(" → "));
    size_t from = buf->len;
    put_day(buf, moved->to, moved->provisional);
    text_pad(buf, from, 14);
    buf_put(buf, known ? lawwords_get(words, "clock", moved->clock) : moved->clock);
    if (moved->of.len) {
        buf_put(buf, STR(" ("));
        buf_put(buf, moved->of);
        buf_put_byte(buf, ')');
    }
    buf_put(buf, STR("  "));
    text_safe(buf, moved->matter);
    buf_put_byte(buf, '\n');
}

int calendar_adopt(Cli *cli, const Verb *verb, const char *path)
{
    Docket *docket;
    Fault fault;
    Str text;
    size_t how_many = 0;
    int over = cli_docket(cli, verb, DOCKET_WRITE, &docket);
    if (over >= 0) {
        return over;
    }
    Adopting adopting = {cli, docket_law(docket)};
    Fail fail = disk_read(&cli->arena, path, TEXT_FILE_BYTES_MAX, &text, &fault);
    if (fail == FAIL_NONE) {
        fail = docket_adopt(docket, text, str_from(path), cli->now, moved, &adopting,
                            &how_many, &fault);
    }
    docket_close(docket);
    if (fail != FAIL_NONE) {
        buf_clear(&cli->out);   /* what was listed did not come to be */
        return cli_fault(cli, &fault);
    }
    if (!cli->json) {
        Buf number = {0};
        buf_put_int(&number, (int64_t)how_many);
        WORD_PUT(&cli->out, cli->language, WORD_ADOPT_DONE, str_from(path),
                 buf_str(&number));
        buf_put_byte(&cli->out, '\n');
        buf_done(&number);
    }
    return 0;
}
