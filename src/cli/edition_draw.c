/* edition_draw.c: `edition draw ID`: the procedure as SVG, or as BPMN 2.0. */
#include "diagram.h"
#include "disk.h"
#include "edition_draw.h"

static const Verb verb_draw;

static Fail draw(Cli *cli, Str id, bool bpmn, Buf *drawn, Fault *fault)
{
    Law *law;
    const Edition *edition;
    const LawWords *words;
    Fail fail = cli_law(cli, &law, fault);
    if (fail == FAIL_NONE) {
        fail = law_edition(law, id, &edition, fault);
    }
    if (fail == FAIL_NONE) {
        fail = law_words(law, id, cli->language, &words, fault);
    }
    if (fail != FAIL_NONE) {
        return fail;
    }
    Reader reader = {cli->language, words};
    return bpmn ? diagram_bpmn(drawn, edition, &reader, &cli->arena, fault)
                : diagram_svg(drawn, edition, &reader, &cli->arena, fault);
}

int edition_draw(Cli *cli)
{
    bool bpmn = false;
    const char *path = NULL;
    const Option options[] = {{"--bpmn", OPTION_FLAG, &bpmn}, {"-o", OPTION_TEXT, &path}, {0}};
    int count;
    int over = cli_parse(cli, &verb_draw, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count != 1) {
        return cli_usage(cli, &verb_draw, WORD_DRAW_ONE_EDITION, STR_NONE);
    }
    Fault fault;
    Buf drawn = {0};
    Fail fail = draw(cli, str_from(cli->argv[0]), bpmn, &drawn, &fault);
    if (fail == FAIL_NONE && path) {
        fail = disk_write(path, buf_str(&drawn), &fault);
    } else if (fail == FAIL_NONE) {
        buf_put(&cli->out, buf_str(&drawn));
    }
    buf_done(&drawn);
    return fail == FAIL_NONE ? 0 : cli_fault(cli, &fault);
}

static const Verb verb_draw = {"edition draw", WORD_DRAW_SUMMARY, WORD_DRAW_HELP, edition_draw};
