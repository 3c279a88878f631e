/* test_reader.c: many look at the docket at once, each at a whole state of it; others write. */
#include "actroom.h"

#include <dirent.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "reader.h"

enum { THREADS = 12, LOOKS = 60, WRITES = 60 };

static Shelf *shelf;

static size_t open_files(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}

static size_t acts_of(Look *look, const char *matter)
{
    Folded folded;
    Fault fault;
    assert_int_equal(docket_fold(look->docket, str_from(matter), &folded, &fault), FAIL_NONE);
    size_t count = folded.acts_count;
    folded_done(&folded);
    return count;
}

static void a_look_sees_what_was_done_before_it_and_nothing_after(void **state)
{
    (void)state;
    Look *before, *after;
    Written written;
    Fault fault;
    assert_int_equal(act("m", "operator", "declare", NULL, &written, &fault), FAIL_NONE);
    assert_int_equal(shelf_take(shelf, &before, &fault), FAIL_NONE);
    assert_int_equal(acts_of(before, "m"), 1);
    int64_t last = before->last;
    assert_int_equal(act("m", "center", "accept_materials", NULL, &written, &fault), FAIL_NONE);
    assert_int_equal(acts_of(before, "m"), 1);     /* its state stays */
    assert_int_equal(shelf_take(shelf, &after, &fault), FAIL_NONE);
    assert_int_equal(acts_of(after, "m"), 2);
    assert_int_equal(after->last, last + 1);
    shelf_give(shelf, before);
    shelf_give(shelf, after);
    assert_int_equal(shelf_take(shelf, &before, &fault), FAIL_NONE);
    assert_int_equal(acts_of(before, "m"), 2);
    assert_int_equal(before->last, last + 1);
    shelf_give(shelf, before);
}

static void nothing_changes_between_looks_and_the_place_stays(void **state)
{
    (void)state;
    Fault fault;
    Look *look;
    int64_t last = 0;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(shelf_take(shelf, &look, &fault), FAIL_NONE);
        assert_true(last == 0 || look->last == last);
        last = look->last;
        shelf_give(shelf, look);
    }
}

static void another_process_may_write_and_it_is_seen(void **state)
{
    (void)state;
    Fault fault;
    Look *look;
    assert_int_equal(shelf_take(shelf, &look, &fault), FAIL_NONE);
    int64_t last = look->last;
    shelf_give(shelf, look);
    pid_t child = fork();
    if (child == 0) {
        Arena own = {0};
        Law *its;
        Docket *docket;
        Folded folded;
        Done done;
        Wanted wanted = act_wanted(&own, "by-another", "operator", "declare", NULL);
        Fail fail = law_open(&own, NULL, NULL, &its, &fault);
        fail = fail ? fail : docket_open(docket_dir, its, DOCKET_WRITE, 0, &docket, NULL, &fault);
        fail = fail ? fail : docket_act(docket, &wanted, &folded, &done, &fault);
        if (!fail) {
            docket_close(docket);
        }
        _exit(fail != FAIL_NONE);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(shelf_take(shelf, &look, &fault), FAIL_NONE);
    assert_int_equal(look->last, last + 1);
    assert_int_equal(acts_of(look, "by-another"), 1);
    shelf_give(shelf, look);
}

/* ---- many ---- */

static atomic_int written_count, bad;

static void *write_on(void *with)
{
    (void)with;
    for (int i = 0; i < WRITES; i++) {
        char name[32];
        Written written;
        Fault fault;
        snprintf(name, sizeof name, "many-%d", i);
        bool done = act(name, "operator", "declare", NULL, &written, &fault) == FAIL_NONE &&
                    !written.refused;
        atomic_fetch_add(done ? &written_count : &bad, 1);
    }
    return NULL;
}

/* What was acknowledged before the look is in it; looks never go back. */
static void *look_on(void *with)
{
    (void)with;
    int64_t last = 0;
    for (int i = 0; i < LOOKS; i++) {
        Look *look;
        Fault fault;
        int known = atomic_load(&written_count);
        if (shelf_take(shelf, &look, &fault) != FAIL_NONE) {
            atomic_fetch_add(&bad, 1);
            continue;
        }
        char name[32];
        Folded folded;
        snprintf(name, sizeof name, "many-%d", known - 1);
        bool good = look->last >= last;
        if (known > 0) {
            good = docket_fold(look->docket, str_from(name), &folded, &fault) == FAIL_NONE &&
                   folded.acts_count == 1 && good;
            folded_done(&folded);
        }
        last = look->last;
        shelf_give(shelf, look);
        atomic_fetch_add(&bad, !good);
    }
    return NULL;
}

static void more_than_there_are_looks_take_turns(void **state)
{
    (void)state;
    pthread_t threads[THREADS + 1];
    assert_true((int)THREADS > (int)SHELF_READERS_MAX);
    assert_int_equal(pthread_create(&threads[THREADS], NULL, write_on, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, look_on, NULL), 0);
    }
    for (int i = 0; i <= THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(bad, 0);
    assert_int_equal(written_count, WRITES);
}

static void files_stay_open_in_number(void **state)
{
    (void)state;
    Look *looks[SHELF_READERS_MAX];
    Fault fault;
    for (size_t i = 0; i < SHELF_READERS_MAX; i++) {
        assert_int_equal(shelf_take(shelf, &looks[i], &fault), FAIL_NONE);
    }
    for (size_t i = 0; i < SHELF_READERS_MAX; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_ptr_not_equal(looks[i], looks[j]);
            assert_ptr_not_equal(looks[i]->law, looks[j]->law);
        }
    }
    size_t files = open_files();
    for (size_t i = 0; i < SHELF_READERS_MAX; i++) {
        shelf_give(shelf, looks[i]);
    }
    for (int i = 0; i < 200; i++) {
        assert_int_equal(shelf_take(shelf, &looks[0], &fault), FAIL_NONE);
        assert_int_equal(acts_of(looks[0], "m"), 2);
        shelf_give(shelf, looks[0]);
    }
    assert_int_equal(open_files(), files);
    shelf_give(shelf, NULL);
}

static void a_look_that_is_held_keeps_nobody_from_writing(void **state)
{
    (void)state;
    Look *look;
    Fault fault;
    Written written;
    assert_int_equal(shelf_take(shelf, &look, &fault), FAIL_NONE);
    for (int i = 0; i < 20; i++) {
        char name[32];
        snprintf(name, sizeof name, "held-%d", i);
        assert_int_equal(act(name, "operator", "declare", NULL, &written, &fault), FAIL_NONE);
    }
    assert_int_equal(acts_of(look, "held-19"), 0);
    shelf_give(shelf, look);
}

static void without_a_docket_there_is_no_shelf(void **state)
{
    (void)state;
    Shelf *none = NULL;
    Fault fault;
    size_t files = open_files();
    assert_int_not_equal(shelf_open(kit_folder(), NULL, NULL, 0, &none, &fault), FAIL_NONE);
    assert_null(none);
    assert_int_equal(open_files(), files);
    shelf_close(NULL);
}

static int set_up(void **state)
{
    Fault fault;
    return actroom_set_up(state) ||
           shelf_open(docket_dir, NULL, NULL, 0, &shelf, &fault) != FAIL_NONE ? -1 : 0;
}

static int tear_down(void **state)
{
    shelf_close(shelf);
    writer_stop(writer);
    return actroom_tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_look_sees_what_was_done_before_it_and_nothing_after),
        cmocka_unit_test(nothing_changes_between_looks_and_the_place_stays),
        cmocka_unit_test(another_process_may_write_and_it_is_seen),
        cmocka_unit_test(more_than_there_are_looks_take_turns),
        cmocka_unit_test(files_stay_open_in_number),
        cmocka_unit_test(a_look_that_is_held_keeps_nobody_from_writing),
        cmocka_unit_test(without_a_docket_there_is_no_shelf),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
