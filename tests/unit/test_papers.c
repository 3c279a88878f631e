/* test_papers.c: a document is there whole or not at all; names are harmless; nothing is left of
 * what broke off. */
#include "kit.h"

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "papers.h"

static Arena arena;
static Fault fault;
static int made;

static const char *fresh(void)
{
    char name[32];
    snprintf(name, sizeof name, "p%d", made++);
    const char *dir = kit_path(kit_folder(), name);
    assert_int_equal(mkdir(dir, 0700), 0);
    return dir;
}

static Desk *open_desk(const char *dir)
{
    Desk *desk = NULL;
    assert_int_equal(desk_open(dir, &desk, &fault), FAIL_NONE);
    return desk;
}

static size_t files_in(const char *dir)
{
    size_t count = 0;
    DIR *folder = opendir(kit_path(dir, "papers"));
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        count += entry->d_name[0] != '.';
    }
    closedir(folder);
    return count;
}

static Paper report(const char *name, int64_t draft)
{
    return (Paper){.kind = STR("analysis_report"), .name = str_from(name), .draft = draft,
                   .hat = STR("operator:acme"), .org = STR("acme"), .person = 7, .at = 1000};
}

static Paper put(Desk *desk, const char *name, int64_t draft, const char *bytes)
{
    Paper paper = report(name, draft), kept;
    Upload *upload;
    assert_int_equal(upload_begin(desk, &paper, &upload, &fault), FAIL_NONE);
    for (size_t i = 0; i < strlen(bytes); i++) {
        assert_int_equal(upload_bytes(upload, bytes + i, 1, &fault), FAIL_NONE);
    }
    assert_int_equal(upload_end(upload, &arena, &kept, &fault), FAIL_NONE);
    return kept;
}

static void a_paper_comes_back_as_it_was_with_its_hash(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    Paper kept = put(desk, "report.pdf", 5, "abc"), found;
    bool there;
    char bytes[8];
    int file;
    Buf line = buf_new(200);
    assert_true(str_is(kept.id, "d1"));
    assert_int_equal(paper_find(desk, &arena, kept.id, &there, &found, &fault), FAIL_NONE);
    assert_true(there);
    assert_int_equal(found.size, 3);
    assert_true(str_is(found.name, "report.pdf") && str_is(found.hat, "operator:acme"));
    paper_put_reference(&line, &found);   /* SM3 of "abc": GB/T 32905, appendix A.1 */
    assert_true(str_is(buf_str(&line), "d1 analysis_report "
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
    assert_int_equal(paper_open(desk, &found, &file, &fault), FAIL_NONE);
    assert_int_equal(read(file, bytes, sizeof bytes), 3);
    assert_memory_equal(bytes, "abc", 3);
    close(file);
    buf_done(&line);
    desk_close(desk);
}

static void names_are_shown_and_never_paths(void **state)
{
    (void)state;
    Desk *desk = open_desk(fresh());
    static const char *const names[][2] = {
        {"../../etc/passwd", "passwd"}, {"C:\\Users\\me\\报告.docx", "报告.docx"},
        {"a\r\nSet-Cookie: x\tb.pdf", "aSet-Cookie: xb.pdf"},
        {"invoice\xe2\x80\xae" "fdp.exe", "invoicefdp.exe"},
        {"..", "-"}, {"", "-"}, {".htaccess", "htaccess"}, {"  spaced .txt ", "spaced .txt"},
        {"<img src=x>.html", "<img src=x>.html"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        Paper kept = put(desk, names[i][0], 5, "x");
        assert_string_equal(str_terminated(&arena, kept.name), names[i][1]);
    }
    char longest[2000];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = 0;
    assert_int_equal(put(desk, longest, 5, "x").name.len, PAPER_NAME_BYTES_MAX);
    Paper bad = report("\xff.pdf", 5);
    Upload *upload;
    assert_int_equal(upload_begin(desk, &bad, &upload, &fault), FAIL_INPUT);
    assert_int_equal(fault.word, WORD_PAPER_BAD_NAME);
    desk_close(desk);
}

static void what_breaks_off_leaves_nothing(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    Paper paper = report("a.pdf", 5);
    Upload *upload;
    const Paper *papers;
    size_t count;
    assert_int_equal(upload_begin(desk, &paper, &upload, &fault), FAIL_NONE);
    assert_int_equal(upload_bytes(upload, "half", 4, &fault), FAIL_NONE);
    assert_int_equal(files_in(dir), 1);
    upload_drop(upload);
    upload_drop(NULL);
    assert_int_equal(files_in(dir), 0);
    assert_int_equal(upload_begin(desk, &paper, &upload, &fault), FAIL_NONE);
    assert_int_equal(upload_end(upload, &arena, &paper, &fault), FAIL_INPUT);   /* empty */
    assert_int_equal(fault.word, WORD_PAPER_EMPTY);
    assert_int_equal(files_in(dir), 0);
    assert_int_equal(papers_of(desk, &arena, STR_NONE, 5, &papers, &count, &fault), FAIL_NONE);
    assert_int_equal(count, 0);
    desk_close(desk);
}

static void a_full_disk_is_told_and_leaves_nothing(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    put(desk, "small.pdf", 5, "small");
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = before;
    little.rlim_cur = 1 << 20;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    Paper paper = report("large.pdf", 5);
    Upload *upload;
    static char block[1 << 16];
    Fail fail = upload_begin(desk, &paper, &upload, &fault);
    assert_int_equal(fail, FAIL_NONE);
    for (int i = 0; i < 17 && fail == FAIL_NONE; i++) {
        fail = upload_bytes(upload, block, sizeof block, &fault);
    }
    assert_int_equal(fail, FAIL_SYSTEM);
    assert_int_equal(fault.word, WORD_PAPER_DISK_FULL);
    fault = (Fault){0};
    assert_int_equal(upload_end(upload, &arena, &paper, &fault), FAIL_SYSTEM);
    assert_int_equal(fault.word, WORD_PAPER_DISK_FULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(files_in(dir), 1);
    put(desk, "after.pdf", 5, "fine again");
    desk_close(desk);
}

static void a_killed_service_leaves_nothing_after_its_next_start(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    put(desk, "stays.pdf", 5, "stays");
    desk_close(desk);
    pid_t child = fork();
    if (child == 0) {
        Upload *upload;
        Paper paper = report("half.pdf", 5);
        if (desk_open(dir, &desk, &fault) || upload_begin(desk, &paper, &upload, &fault) ||
            upload_bytes(upload, "half", 4, &fault)) {
            _exit(1);
        }
        kill(getpid(), SIGKILL);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    kit_write(kit_path(dir, "papers/d99"), "named, but its row was never committed", 38);
    assert_int_equal(files_in(dir), 3);
    desk = open_desk(dir);
    assert_int_equal(files_in(dir), 1);
    assert_true(str_is(put(desk, "next.pdf", 5, "next").id, "d2"));
    desk_close(desk);
}

static void a_second_program_does_not_sweep_what_is_coming_in(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    Paper paper = report("slow.pdf", 5), kept;
    Upload *upload;
    assert_int_equal(upload_begin(desk, &paper, &upload, &fault), FAIL_NONE);
    assert_int_equal(upload_bytes(upload, "slow", 4, &fault), FAIL_NONE);
    desk_close(open_desk(dir));
    assert_int_equal(upload_end(upload, &arena, &kept, &fault), FAIL_NONE);
    assert_int_equal(files_in(dir), 1);
    desk_close(desk);
}

static void filing_gives_them_to_the_matter_and_keeps_them(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    Paper first = put(desk, "a.pdf", 5, "a"), second = put(desk, "b.pdf", 5, "b");
    Paper other = put(desk, "c.pdf", 6, "c");
    const Paper *papers;
    size_t count;
    Str matter = STR("2026-0147");
    assert_int_equal(paper_remove(desk, &second, &fault), FAIL_NONE);
    assert_int_equal(files_in(dir), 2);
    for (int i = 0; i < 2; i++) {   /* twice is once */
        assert_int_equal(papers_file(desk, 5, matter, STR("declare"), &fault), FAIL_NONE);
        assert_int_equal(papers_of(desk, &arena, matter, 0, &papers, &count, &fault), FAIL_NONE);
        assert_int_equal(count, 1);
    }
    assert_true(papers[0].filed && str_is(papers[0].act, "declare"));
    assert_int_equal(paper_remove(desk, &first, &fault), FAIL_REFUSED);
    assert_int_equal(fault.word, WORD_PAPER_FILED);
    assert_int_equal(papers_of(desk, &arena, STR_NONE, 6, &papers, &count, &fault), FAIL_NONE);
    assert_int_equal(count, 1);
    assert_true(str_eq(papers[0].id, other.id));
    assert_int_equal(papers_of(desk, &arena, STR_NONE, 0, &papers, &count, &fault), FAIL_NONE);
    assert_int_equal(count, 0);   /* no matter, no draft: nothing */
    desk_close(desk);
}

static void ids_that_are_none_are_not_found(void **state)
{
    (void)state;
    Desk *desk = open_desk(fresh());
    static const char *const ids[] = {"", "d", "d0", "d-1", "d01", "d+1", "1", "../d1", "d1x",
                                      "d99999999999999999999999", "d2"};
    put(desk, "a.pdf", 5, "a");
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        bool there = true;
        Paper found;
        assert_int_equal(paper_find(desk, &arena, str_from(ids[i]), &there, &found, &fault),
                         FAIL_NONE);
        assert_false(there);
    }
    desk_close(desk);
}

enum { UPLOADERS = 6, EACH = 8 };

static void *upload_many(void *with)
{
    Arena own = {0};
    Fault told;
    for (int i = 0; i < EACH; i++) {
        char bytes[4096];
        memset(bytes, 'a' + i, sizeof bytes);
        Paper paper = report("same name.pdf", 5), kept;
        Upload *upload;
        assert_int_equal(upload_begin(with, &paper, &upload, &told), FAIL_NONE);
        for (int j = 0; j < 10; j++) {
            assert_int_equal(upload_bytes(upload, bytes, sizeof bytes, &told), FAIL_NONE);
        }
        assert_int_equal(upload_end(upload, &own, &kept, &told), FAIL_NONE);
    }
    arena_done(&own);
    return NULL;
}

static void many_upload_at_once_and_none_is_mixed_up(void **state)
{
    (void)state;
    const char *dir = fresh();
    Desk *desk = open_desk(dir);
    pthread_t threads[UPLOADERS];
    const Paper *papers;
    size_t count;
    for (int i = 0; i < UPLOADERS; i++) {
        pthread_create(&threads[i], NULL, upload_many, desk);
    }
    for (int i = 0; i < UPLOADERS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(papers_of(desk, &arena, STR_NONE, 5, &papers, &count, &fault), FAIL_NONE);
    assert_int_equal(count, UPLOADERS * EACH);
    Hasher *hasher = hasher_new(HASH_SM3);
    for (size_t i = 0; i < count; i++) {
        size_t size;
        char *bytes = kit_read(kit_path(kit_path(dir, "papers"),
                                        str_terminated(&arena, papers[i].id)), &size);
        Hash hash = hash_of(hasher, (Str){bytes, size});
        assert_int_equal(size, 40960);
        assert_true(hash_eq(&hash, &papers[i].hash));
        free(bytes);
    }
    hasher_free(hasher);
    desk_close(desk);
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_comes_back_as_it_was_with_its_hash),
        cmocka_unit_test(names_are_shown_and_never_paths),
        cmocka_unit_test(what_breaks_off_leaves_nothing),
        cmocka_unit_test(a_full_disk_is_told_and_leaves_nothing),
        cmocka_unit_test(a_killed_service_leaves_nothing_after_its_next_start),
        cmocka_unit_test(a_second_program_does_not_sweep_what_is_coming_in),
        cmocka_unit_test(filing_gives_them_to_the_matter_and_keeps_them),
        cmocka_unit_test(ids_that_are_none_are_not_found),
        cmocka_unit_test(many_upload_at_once_and_none_is_mixed_up),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
