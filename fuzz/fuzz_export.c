/* fuzz_export.c: any lines "matter TAB seq TAB key TAB body" as an exported docket whose hashes are
 * right, so that the import looks at all of it. What the import accepts, verify finds whole; what
 * it refuses is told in words, and the docket stays as it was. */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "docket.h"
#include "hash.h"

enum { LINES_MAX = 64 };
static const int64_t now = INT64_C(1790000000000);
static Arena kept;
static Law *law;
static char folder[64];

/* Stops, telling what broke. */
static void must(bool holds, const Fault *fault)
{
    if (!holds) {
        Buf buf = {0};
        fault_put(&buf, fault, LANGUAGE_EN);
        fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&buf)));
        abort();
    }
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void forget(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void begin(void)
{
    Fault fault;
    must(law_open(&kept, NULL, NULL, &law, &fault) == FAIL_NONE, &fault);
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/shencha-fuzz-XXXXXX", parent ? parent : "/tmp");
    must(mkdtemp(folder) != NULL, &(Fault){.file = "folder"});
    atexit(forget);
}

/* The export that has these lines, numbered and hashed. */
static void export_put(Buf *buf, Str lines)
{
    Hasher *hasher = hasher_new(HASH_SM3);
    Hash hash = {{0}};
    int64_t n = 0;
    buf_put(buf, STR("shencha-export\t1\tsm3\n"));
    while (lines.len && n < LINES_MAX) {
        Str line = str_part(lines, 0, str_find(lines, '\n'));
        lines = str_part(lines, line.len + 1, lines.len);
        size_t at = 0;
        for (int tabs = 0; tabs < 3 && at < line.len; at++) {
            tabs += line.at[at] == '\t';
        }
        Str body = str_part(line, at, line.len);
        hash = hash_of_two(hasher, (Str){(const char *)hash.at, HASH_BYTES}, body);
        buf_put_int(buf, ++n);
        buf_put_byte(buf, '\t');
        buf_put(buf, str_part(line, 0, at));
        buf_put_hash(buf, &hash);
        buf_put_byte(buf, '\t');
        buf_put(buf, body);
        buf_put_byte(buf, '\n');
    }
    buf_put(buf, STR("end\t"));
    buf_put_int(buf, n);
    buf_put_byte(buf, '\t');
    buf_put_hash(buf, &hash);
    buf_put_byte(buf, '\n');
    hasher_free(hasher);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!law) {
        begin();
    }
    char dir[80];
    snprintf(dir, sizeof dir, "%s/docket", folder);
    Arena arena = {0};
    Buf text = buf_new(0);
    Fault fault = {0};
    Docket *docket = NULL;
    Imported imported = {0};
    Verified verified = {0};
    export_put(&text, (Str){(const char *)bytes, size});
    must(docket_create(dir, HASH_SM3, &fault) == FAIL_NONE, &fault);
    must(docket_open(dir, law, true, now, &docket, NULL, &fault) == FAIL_NONE, &fault);
    Fail fail = docket_import(docket, &arena, buf_str(&text), STR("export"), now, &imported,
                              &fault);
    must(fail == FAIL_NONE || fault.word != WORD_NONE, &fault);
    docket_close(docket);
    Fail bad = docket_verify(dir, law, &arena, &verified, &fault);
    if (bad == FAIL_REFUSED) {
        FAULT_PLAIN(&fault, bad, verified.bad_why);
    }
    must(bad == FAIL_NONE, &fault);
    must(fail == FAIL_NONE || verified.events <= 1, &fault);
    nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    buf_done(&text);
    arena_done(&arena);
    return 0;
}
