/* test_writer.c: many act at once; every act that was acknowledged is in the record, in order. */
#include "kit.h"

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "writer.h"

enum { PRODUCERS = 8, MATTERS = 6 };

static Arena arena;
static Law *law;
static const Edition *edition;
static Facts facts;
static char folder[] = "/tmp/shencha-writer-XXXXXX";
static char docket_dir[64];
static Writer *writer;

static int set_up(void **state)
{
    (void)state;
    Fault fault;
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(docket_dir, sizeof docket_dir, "%s/docket", folder);
    if (law_open(&arena, NULL, NULL, &law, &fault) ||
        law_edition(law, STR("2020"), &edition, &fault)) {
        return -1;
    }
    facts_recipients(&arena, edition, STR("energy"), &facts);
    return docket_create(docket_dir, HASH_SM3, &fault) == FAIL_NONE &&
                   writer_start(docket_dir, law, 0, &writer, &fault) == FAIL_NONE
               ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char file[128];
    static const char *const files[] = {"docket.db", "docket.db-wal", "docket.db-shm"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(file, sizeof file, "%s/%s", docket_dir, files[i]);
        unlink(file);
    }
    rmdir(docket_dir);
    rmdir(folder);
    arena_done(&arena);
    return 0;
}

static Fail act(const char *matter, const char *by, const char *what, const char *key,
                Written *written, Fault *fault)
{
    static const Str materials[] = {{"declaration", 11}, {"analysis_report", 15},
                                    {"procurement_document", 20}};
    Given given = {edition_field(edition, STR("materials")),
                   {.kind = VALUE_MANY, .many = materials, .many_count = 3}};
    Wanted wanted = {.matter = str_from(matter), .edition = edition, .facts = &facts,
                     .key = str_from(key),
                     .act = {.on = day_from(2020, 9, 1),
                             .act = edition_act(edition, str_from(what)),
                             .act_word = str_from(what), .by_word = str_from(by), .given = &given,
                             .given_count = 1}};
    edition_party(edition, wanted.act.by_word, &wanted.act.by);
    return writer_do(writer, &wanted, written, fault);
}

static void *produce(void *with)
{
    int id = *(int *)with;
    for (int i = 0; i < MATTERS; i++) {
        char name[32];
        Written written;
        Fault fault;
        snprintf(name, sizeof name, "m-%d-%d", id, i);
        if (act(name, "operator", "declare", NULL, &written, &fault) || written.refused ||
            act(name, "center", "accept_materials", NULL, &written, &fault) || written.refused ||
            written.seq != 2) {
            return NULL;
        }
    }
    return with;
}

static void many_at_once_are_all_in_the_record(void **state)
{
    (void)state;
    pthread_t threads[PRODUCERS];
    int ids[PRODUCERS];
    for (int i = 0; i < PRODUCERS; i++) {
        ids[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, produce, &ids[i]), 0);
    }
    for (int i = 0; i < PRODUCERS; i++) {
        void *good;
        pthread_join(threads[i], &good);
        assert_non_null(good);
    }
}

static void what_the_law_refuses_leaves_the_group_unharmed(void **state)
{
    (void)state;
    Written written;
    Fault fault;
    assert_int_equal(act("m-0-0", "office", "conclude", NULL, &written, &fault), FAIL_NONE);
    assert_true(written.refused);
    assert_true(str_is(written.clause, "11"));
    assert_int_equal(written.seq, 2);
}

static void a_key_acts_once(void **state)
{
    (void)state;
    Written written;
    Fault fault;
    assert_int_equal(act("keyed", "operator", "declare", "k-1", &written, &fault), FAIL_NONE);
    assert_int_equal(act("keyed-2", "operator", "declare", "k-1", &written, &fault),
                     FAIL_CONFLICT);
}

static void another_program_may_write_between_and_nothing_is_lost(void **state)
{
    (void)state;
    Written written;
    Fault fault;
    Docket *other;
    Folded folded;
    Done done;
    Law *own;
    Facts none = facts;
    assert_int_equal(law_open(&arena, NULL, NULL, &own, &fault), FAIL_NONE);
    assert_int_equal(docket_open(docket_dir, own, true, 0, &other, NULL, &fault), FAIL_NONE);
    Wanted wanted = {.matter = STR("keyed"), .edition = edition, .facts = &none,
                     .act = {.on = day_from(2020, 9, 2),
                             .act = edition_act(edition, STR("return_materials")),
                             .act_word = STR("return_materials"), .by_word = STR("center")}};
    edition_party(edition, STR("center"), &wanted.act.by);
    assert_int_equal(docket_act(other, &wanted, &folded, &done, &fault), FAIL_NONE);
    folded_done(&folded);
    docket_close(other);
    /* The writer kept this matter as filed: it must see that the materials were returned. */
    assert_int_equal(act("keyed", "center", "accept_materials", NULL, &written, &fault), FAIL_NONE);
    assert_true(written.refused);
    assert_int_equal(written.seq, 2);
}

static void the_docket_is_whole_afterwards(void **state)
{
    (void)state;
    Verified verified;
    Fault fault;
    writer_stop(writer);
    assert_int_equal(docket_verify(docket_dir, law, &arena, &verified, &fault), FAIL_NONE);
    assert_int_equal(verified.matters, PRODUCERS * MATTERS + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_at_once_are_all_in_the_record),
        cmocka_unit_test(what_the_law_refuses_leaves_the_group_unharmed),
        cmocka_unit_test(a_key_acts_once),
        cmocka_unit_test(another_program_may_write_between_and_nothing_is_lost),
        cmocka_unit_test(the_docket_is_whole_afterwards),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
