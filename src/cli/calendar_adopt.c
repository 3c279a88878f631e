/* calendar_adopt.c: `shencha calendar adopt FILE`: takes a State Council notice into the docket and
 * lists every open due day that it moves. */
#include "calendar_adopt.h"

#include "disk.h"
#include "docket_open.h"
#include "position_json.h"
#include "position_text.h"

typedef struct Adopting {
    Cli *cli;
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

static void moved(void *with, Str matter, Str clock, const DueChange *change)
{
    Cli *cli = ((Adopting *)with)->cli;
    Buf *buf = &cli->out;
    if (cli->json) {
        buf_put(buf, STR("{\"matter\":"));
        buf_put_json(buf, matter);
        buf_put(buf, STR(",\"clock\":"));
        buf_put_json(buf, clock);
        buf_put(buf, STR(",\"from\":"));
        buf_put_day_json(buf, change->before);
        buf_put(buf, STR(",\"to\":"));
        buf_put_day_json(buf, change->entry->due);
        buf_print(buf, ",\"provisional\":%s}\n", change->entry->provisional ? "true" : "false");
        return;
    }
    size_t from = buf->len;
    buf_put(buf, STR("  "));
    text_safe(buf, matter);
    text_pad(buf, from, 30);
    from = buf->len;
    buf_put(buf, clock);
    text_pad(buf, from, 14);
    put_day(buf, change->before, change->provisional_before);
    buf_put(buf, STR(" → "));
    put_day(buf, change->entry->due, change->entry->provisional != 0);
    buf_put_byte(buf, '\n');
}

int calendar_adopt(Cli *cli, const Verb *verb, const char *path)
{
    Docket *docket;
    Fault fault;
    Str text;
    size_t how_many = 0;
    int over = cli_docket(cli, verb, true, &docket);
    if (over >= 0) {
        return over;
    }
    Adopting adopting = {cli};
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
