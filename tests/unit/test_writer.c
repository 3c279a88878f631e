/* test_writer.c: many act at once; every act that was acknowledged is in the record, in order. */
#include "actroom.h"

#include <signal.h>

enum { PRODUCERS = 8, MATTERS = 6, SENT = 600 };

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

/* ---- without waiting ---- */

typedef struct Sent {
    Arena arena;                 /* of this act alone: gone once it is told */
    Wanted wanted;
    Written written;
    Fault fault;
    Fail fail;
    bool told;
} Sent;

static Sent sent[SENT];
static pthread_mutex_t told_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told_more = PTHREAD_COND_INITIALIZER;
static size_t told_count;

static void told(void *with, Fail fail)
{
    Sent *one = with;
    arena_done(&one->arena);     /* nobody may look at what it was made of any more */
    pthread_mutex_lock(&told_lock);
    one->fail = fail;
    one->told = true;
    told_count++;
    pthread_cond_signal(&told_more);
    pthread_mutex_unlock(&told_lock);
}

static void begin_sending(void)
{
    memset(sent, 0, sizeof sent);
    told_count = 0;
}

static void submit(Sent *one, const char *matter, const char *by, const char *what,
                   const char *key, int64_t seen)
{
    one->wanted = act_wanted(&one->arena, matter, by, what, key);
    one->wanted.seq_seen = seen;
    writer_submit(writer, &one->wanted, &one->written, &one->fault, told, one);
}

static void wait_for(size_t count)
{
    pthread_mutex_lock(&told_lock);
    while (told_count < count) {
        pthread_cond_wait(&told_more, &told_lock);
    }
    pthread_mutex_unlock(&told_lock);
}

static void who_does_not_wait_is_told_of_each_act_once(void **state)
{
    (void)state;
    begin_sending();
    for (int i = 0; i < SENT; i++) {
        char name[32];
        snprintf(name, sizeof name, "sent-%d", i);
        submit(&sent[i], name, "operator", "declare", NULL, 0);
    }
    wait_for(SENT);
    for (int i = 0; i < SENT; i++) {
        assert_int_equal(sent[i].fail, FAIL_NONE);
        assert_false(sent[i].written.refused);
        assert_int_equal(sent[i].written.seq, 1);
    }
    assert_int_equal(told_count, SENT);
}

static void of_many_with_the_same_key_one_is_done(void **state)
{
    (void)state;
    int done = 0, used = 0;
    begin_sending();
    for (int i = 0; i < 64; i++) {
        submit(&sent[i], "sent-0", "center", "accept_materials", "k-64", 1);
    }
    wait_for(64);
    for (int i = 0; i < 64; i++) {
        done += sent[i].fail == FAIL_NONE && !sent[i].written.refused;
        used += sent[i].fail == FAIL_CONFLICT && sent[i].fault.word == WORD_DOCKET_KEY_USED;
    }
    assert_int_equal(done, 1);
    assert_int_equal(used, 63);
}

static void who_decided_upon_another_state_hears_of_it(void **state)
{
    (void)state;
    int done = 0, meanwhile = 0;
    begin_sending();
    for (int i = 0; i < 64; i++) {   /* all of them saw one event */
        submit(&sent[i], "sent-1", "center", i % 2 ? "accept_materials" : "return_materials", NULL,
               1);
    }
    wait_for(64);
    for (int i = 0; i < 64; i++) {
        done += sent[i].fail == FAIL_NONE && !sent[i].written.refused;
        meanwhile += sent[i].fail == FAIL_CONFLICT && sent[i].fault.word == WORD_DOCKET_MEANWHILE;
    }
    assert_int_equal(done, 1);
    assert_int_equal(meanwhile, 63);
}

static void a_name_that_is_taken_is_not_opened_twice(void **state)
{
    (void)state;
    Written written;
    Fault fault;
    Arena own = {0};
    Wanted wanted = act_wanted(&own, "keyed", "operator", "declare", NULL);
    wanted.facts_given = true;
    assert_int_equal(writer_do(writer, &wanted, &written, &fault), FAIL_CONFLICT);
    assert_int_equal(fault.word, WORD_DOCKET_MEANWHILE);
    wanted.matter = STR("opened-once");
    assert_int_equal(writer_do(writer, &wanted, &written, &fault), FAIL_NONE);
    assert_int_equal(writer_do(writer, &wanted, &written, &fault), FAIL_CONFLICT);
    arena_done(&own);
}

static void what_is_wrong_with_one_act_harms_no_other_of_its_group(void **state)
{
    (void)state;
    const Edition *other;
    Fault fault;
    assert_int_equal(law_edition(law, STR("2022"), &other, &fault), FAIL_NONE);
    begin_sending();
    for (int i = 0; i < 100; i++) {
        char name[32];
        snprintf(name, sizeof name, "sent-%d", 100 + i);
        Sent *one = &sent[i];
        one->wanted = act_wanted(&one->arena, name, "center", "accept_materials", NULL);
        if (i % 5 == 0) {            /* another edition than the matter's */
            one->wanted.edition = other;
        } else if (i % 5 == 1) {     /* out of turn */
            one->wanted.act.act = edition_act(edition, STR("conclude"));
        }
        writer_submit(writer, &one->wanted, &one->written, &one->fault, told, one);
    }
    wait_for(100);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(sent[i].fail, i % 5 == 0 ? FAIL_INPUT : FAIL_NONE);
        assert_int_equal(sent[i].written.refused, i % 5 == 1);
        assert_int_equal(sent[i].written.seq, i % 5 == 0 ? 0 : i % 5 == 1 ? 1 : 2);
    }
}

static void bound_files(rlim_t bytes)
{
    struct rlimit files;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &files), 0);
    files.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &files), 0);
}

static void when_the_disk_is_full_nothing_is_half_done_and_later_it_goes_on(void **state)
{
    (void)state;
    begin_sending();
    bound_files(4096);
    for (int i = 0; i < 64; i++) {
        char name[32];
        snprintf(name, sizeof name, "sent-%d", 300 + i);
        submit(&sent[i], name, "center", "accept_materials", NULL, 1);
    }
    wait_for(64);
    bound_files(RLIM_INFINITY);
    for (int i = 0; i < 64; i++) {
        assert_int_equal(sent[i].fail, FAIL_SYSTEM);
        assert_int_not_equal(sent[i].fault.word, WORD_NONE);
    }
    begin_sending();
    for (int i = 0; i < 64; i++) {
        char name[32];
        snprintf(name, sizeof name, "sent-%d", 300 + i);
        submit(&sent[i], name, "center", "accept_materials", NULL, 1);
    }
    wait_for(64);
    for (int i = 0; i < 64; i++) {
        assert_int_equal(sent[i].fail, FAIL_NONE);
        assert_int_equal(sent[i].written.seq, 2);
    }
}

static void stopping_finishes_what_waits(void **state)
{
    (void)state;
    begin_sending();
    for (int i = 0; i < SENT; i++) {
        char name[32];
        snprintf(name, sizeof name, "last-%d", i);
        submit(&sent[i], name, "operator", "declare", NULL, 0);
    }
    writer_stop(writer);
    assert_int_equal(told_count, SENT);
    for (int i = 0; i < SENT; i++) {
        assert_int_equal(sent[i].fail, FAIL_NONE);
    }
}

static void the_docket_is_whole_afterwards(void **state)
{
    (void)state;
    Verified verified;
    Fault fault;
    Law *own;
    assert_int_equal(law_open(&arena, NULL, NULL, &own, &fault), FAIL_NONE);
    assert_int_equal(docket_verify(docket_dir, own, &arena, &verified, &fault), FAIL_NONE);
    assert_int_equal(verified.matters, PRODUCERS * MATTERS + 1 + SENT + 1 + SENT);
}

int main(void)
{
    signal(SIGXFSZ, SIG_IGN);    /* as the program does: a full disk is a fault, not a signal */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_at_once_are_all_in_the_record),
        cmocka_unit_test(what_the_law_refuses_leaves_the_group_unharmed),
        cmocka_unit_test(a_key_acts_once),
        cmocka_unit_test(another_program_may_write_between_and_nothing_is_lost),
        cmocka_unit_test(who_does_not_wait_is_told_of_each_act_once),
        cmocka_unit_test(of_many_with_the_same_key_one_is_done),
        cmocka_unit_test(who_decided_upon_another_state_hears_of_it),
        cmocka_unit_test(a_name_that_is_taken_is_not_opened_twice),
        cmocka_unit_test(what_is_wrong_with_one_act_harms_no_other_of_its_group),
        cmocka_unit_test(when_the_disk_is_full_nothing_is_half_done_and_later_it_goes_on),
        cmocka_unit_test(stopping_finishes_what_waits),
        cmocka_unit_test(the_docket_is_whole_afterwards),
    };
    return cmocka_run_group_tests(tests, actroom_set_up, actroom_tear_down);
}
