/* verb_move.c: backup, export, import, rebuild. */
#include "backup.h"
#include "disk.h"
#include "docket_open.h"
#include "edition_text.h"
#include "refusal.h"

#include <errno.h>
#include <stdlib.h>

const Verb verb_backup, verb_export, verb_import, verb_rebuild;

enum { IMPORT_BYTES_MAX = 1 << 30 };

static int finish(Cli *cli, Word word, Str one, Str two)
{
    if (!cli->json) {
        WORD_PUT(&cli->out, cli->language, word, one, two);
        buf_put_byte(&cli->out, '\n');
    }
    return 0;
}

static int run_backup(Cli *cli)
{
    int count;
    bool all = false;
    const Option options[] = {{"--all", OPTION_FLAG, &all}, {0}};
    int over = cli_parse(cli, &verb_backup, options, &count);
    if (over >= 0) {
        return over;
    }
    if (count != 1) {
        return cli_usage(cli, &verb_backup, WORD_CLI_ONE_FILE, STR_NONE);
    }
    Docket *docket;
    Fault fault;
    over = cli_docket(cli, &verb_backup, DOCKET_READ, &docket);
    if (over >= 0) {
        return over;
    }
    BackedUp done = {0};
    Fail fail = all ? backup_all(docket, cli->docket_dir, cli->argv[0], &done, &fault)
                    : ledger_backup(docket_ledger(docket), cli->argv[0], &fault);
    docket_close(docket);
    if (fail != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    Buf papers = {0};
    buf_put_int(&papers, done.papers);
    int status = all ? finish(cli, WORD_BACKUP_ALL_DONE, str_from(cli->argv[0]), buf_str(&papers))
                     : finish(cli, WORD_BACKUP_DONE, str_from(cli->argv[0]), STR_NONE);
    buf_done(&papers);
    return status;
}

typedef struct Target {      /* what an export is written to */
    FILE *file;
    const char *path;        /* NULL: standard output */
} Target;

/* Writes an export piece by piece, so that a large docket needs little memory. */
static Fail write_piece(void *with, Buf *buf, Fault *fault)
{
    const Target *target = with;
    size_t put = fwrite(buf->at, 1, buf->len, target->file);
    bool whole = put == buf->len && !buf->full;
    Str why = str_from(strerror(errno));
    buf_clear(buf);
    if (whole) {
        return FAIL_NONE;
    }
    return target->path ? FAULT(fault, FAIL_SYSTEM, WORD_FILE_UNWRITABLE, str_from(target->path),
                                why)
                        : FAULT(fault, FAIL_SYSTEM, WORD_CLI_OUTPUT_FAILED, why);
}

static Fail export_to(Cli *cli, Docket *docket, const char *path, Fault *fault)
{
    Buf buf = {0};
    Fail fail;
    if (strcmp(path, "-") == 0) {
        fail = docket_export(docket, &buf, write_piece, &(Target){cli->to, NULL}, fault);
    } else {
        DiskOut out;
        fail = disk_begin(&out, path, fault);
        if (fail == FAIL_NONE) {
            Target target = {out.file, path};
            fail = disk_end(&out, docket_export(docket, &buf, write_piece, &target, fault), fault);
        }
    }
    buf_done(&buf);
    return fail;
}

static int run_export(Cli *cli)
{
    int count;
    int over = cli_parse(cli, &verb_export, NULL, &count);
    if (over >= 0) {
        return over;
    }
    if (count != 1) {
        return cli_usage(cli, &verb_export, WORD_CLI_ONE_FILE, STR_NONE);
    }
    Docket *docket;
    Fault fault;
    over = cli_docket(cli, &verb_export, DOCKET_READ, &docket);
    if (over >= 0) {
        return over;
    }
    Fail fail = export_to(cli, docket, cli->argv[0], &fault);
    docket_close(docket);
    if (fail != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    return strcmp(cli->argv[0], "-") == 0
               ? 0 : finish(cli, WORD_EXPORT_DONE, str_from(cli->argv[0]), STR_NONE);
}

static void put_refused(Cli *cli, Law *law, const Position *position)
{
    const LawWords *words;
    Fault fault;
    if (law_words(law, position->edition->id, cli->language, &words, &fault) != FAIL_NONE) {
        return;
    }
    Reader reader = {cli->language, words};
    for (size_t i = 0; i < position->refused_count; i++) {
        const RefusedView *refused = &position->refused[i];
        Buf n = {0}, why = {0}, clause = {0};
        buf_put_int(&n, refused->n);
        refusal_put(&why, position->edition, refused->decision, &reader);
        clause_put(&clause, refused->policy.len ? refused->policy : refused->clause,
                   cli->language);
        Buf told = {0};
        WORD_PUT(&told, cli->language, WORD_IMPORT_REFUSED, buf_str(&n),
                 lawwords_get(words, "act", refused->act), buf_str(&clause), buf_str(&why));
        text_wrap(&cli->out, buf_str(&told), 2, cli->columns);
        buf_done(&told);
        buf_done(&n);
        buf_done(&why);
        buf_done(&clause);
    }
}

static void import_json(Buf *buf, const char *path, const Imported *imported)
{
    buf_put(buf, STR("{\"file\":"));
    buf_put_json(buf, str_from(path));
    buf_print(buf, ",\"done\":%zu,\"known\":%zu,\"events\":%zu,\"refused\":[", imported->done,
              imported->known, imported->events);
    const Position *position = imported->position;
    for (size_t i = 0; position && i < position->refused_count; i++) {
        const RefusedView *refused = &position->refused[i];
        buf_print(buf, "%s{\"n\":%u,\"act\":", i ? "," : "", refused->n);
        buf_put_json(buf, refused->act);
        buf_put(buf, STR(",\"clause\":"));
        if (refused->clause.len) {
            buf_put_json(buf, refused->clause);
        } else {
            buf_put(buf, STR("null"));
        }
        buf_put_byte(buf, '}');
    }
    buf_put(buf, STR("]}\n"));
}

static int import_one(Cli *cli, Docket *docket, const char *path)
{
    Fault fault;
    Arena arena = {0};
    Str text;
    Imported imported;
    Fail fail = disk_read(&arena, path, IMPORT_BYTES_MAX, &text, &fault);
    if (fail == FAIL_NONE) {
        fail = docket_import(docket, &arena, text, str_from(path), cli->now, &imported, &fault);
    }
    if (fail != FAIL_NONE) {
        arena_done(&arena);
        return cli_fault(cli, &fault);
    }
    bool refused = imported.position && imported.position->refused_count;
    if (cli->json) {
        import_json(&cli->out, path, &imported);
    } else {
        Buf done = {0}, known = {0};
        buf_put_int(&done, (int64_t)(imported.done + imported.events));
        buf_put_int(&known, (int64_t)imported.known);
        WORD_PUT(&cli->out, cli->language, WORD_IMPORT_DONE, str_from(path), buf_str(&done),
                 buf_str(&known));
        buf_put_byte(&cli->out, '\n');
        if (refused) {
            put_refused(cli, docket_law(docket), imported.position);
        }
        buf_done(&done);
        buf_done(&known);
    }
    arena_done(&arena);
    return refused ? 1 : 0;
}

static int run_import(Cli *cli)
{
    int count;
    int over = cli_parse(cli, &verb_import, NULL, &count);
    if (over >= 0) {
        return over;
    }
    if (count == 0) {
        return cli_usage(cli, &verb_import, WORD_CLI_FILE_WANTED, STR_NONE);
    }
    Docket *docket;
    over = cli_docket(cli, &verb_import, DOCKET_WRITE, &docket);
    if (over >= 0) {
        return over;
    }
    int status = 0;
    for (int i = 0; i < count; i++) {
        int told = import_one(cli, docket, cli->argv[i]);
        Fault fault;   /* what is said of a file is said when it is in the docket, not at the end */
        if (cli_flush(cli, &fault) != FAIL_NONE) {
            told = cli_fault(cli, &fault);
        }
        status = told > status ? told : status;
    }
    docket_close(docket);
    return status;
}

static int run_rebuild(Cli *cli)
{
    int count;
    int over = cli_parse(cli, &verb_rebuild, NULL, &count);
    if (over >= 0) {
        return over;
    }
    if (count > 0) {
        return cli_usage(cli, &verb_rebuild, WORD_CLI_TOO_MANY, str_from(cli->argv[0]));
    }
    Docket *docket;
    Fault fault;
    int64_t matters = 0;
    over = cli_docket(cli, &verb_rebuild, DOCKET_REBUILD, &docket);
    if (over >= 0) {
        return over;
    }
    Fail fail = docket_rebuild(docket, &matters, &fault);
    docket_close(docket);
    if (fail != FAIL_NONE) {
        return cli_fault(cli, &fault);
    }
    Buf number = {0};
    buf_put_int(&number, matters);
    int status = finish(cli, WORD_REBUILD_DONE, buf_str(&number), STR_NONE);
    if (cli->json) {
        buf_print(&cli->out, "{\"matters\":%lld}\n", (long long)matters);
    }
    buf_done(&number);
    return status;
}

const Verb verb_backup = {"backup", WORD_BACKUP_SUMMARY, WORD_BACKUP_HELP, run_backup};
const Verb verb_export = {"export", WORD_EXPORT_SUMMARY, WORD_EXPORT_HELP, run_export};
const Verb verb_import = {"import", WORD_IMPORT_SUMMARY, WORD_IMPORT_HELP, run_import};
const Verb verb_rebuild = {"rebuild", WORD_REBUILD_SUMMARY, WORD_REBUILD_HELP, run_rebuild};
