/* test_arena.c: memory that is freed at once. */
#include "kit.h"

#include <cmocka.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "str.h"

static void memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    (void)state;
    Arena arena = {0};
    for (size_t size = 0; size < 300; size += 7) {
        unsigned char *taken = arena_take(&arena, size);
        assert_non_null(taken);
        assert_int_equal((uintptr_t)taken % 16, 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(taken[i], 0);
            taken[i] = 0xAA;
        }
    }
    arena_done(&arena);
}

static void pieces_never_overlap(void **state)
{
    (void)state;
    enum { PIECES = 2000 };
    Arena arena = {0};
    unsigned char *pieces[PIECES];
    for (int i = 0; i < PIECES; i++) {
        size_t size = (size_t)(i * 37 % 500) + 1;
        pieces[i] = arena_take(&arena, size);
        memset(pieces[i], i & 0xFF, size);
    }
    for (int i = 0; i < PIECES; i++) {
        for (size_t j = 0; j < (size_t)(i * 37 % 500) + 1; j++) {
            assert_int_equal(pieces[i][j], i & 0xFF);
        }
    }
    arena_done(&arena);
}

static void a_large_piece_fits_whole(void **state)
{
    (void)state;
    enum { LARGE = 10 << 20 };
    Arena arena = {0};
    arena_take(&arena, 10);
    char *large = arena_take(&arena, LARGE);
    large[0] = 'a';
    large[LARGE - 1] = 'z';
    assert_true(arena.total >= LARGE);
    arena_done(&arena);
    assert_int_equal(arena.total, 0);
}

static void a_copy_lives_without_its_original(void **state)
{
    (void)state;
    Arena arena = {0};
    char original[] = "clause 8";
    char *copy = arena_copy(&arena, original, sizeof original);
    memset(original, 'x', sizeof original);
    assert_string_equal(copy, "clause 8");
    assert_non_null(arena_copy(&arena, NULL, 0));
    arena_done(&arena);
}

static void an_array_grows_and_keeps_its_items(void **state)
{
    (void)state;
    Arena arena = {0};
    int *numbers = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 5000; i++) {
        numbers = arena_grow(&arena, numbers, (size_t)i, &capacity, (size_t)i + 1, sizeof *numbers);
        numbers[i] = i;
    }
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(numbers[i], i);
    }
    assert_true(capacity >= 5000);
    int *same = arena_grow(&arena, numbers, 5000, &capacity, 10, sizeof *numbers);
    assert_ptr_equal(same, numbers);
    arena_done(&arena);
}

static void a_reset_arena_is_usable_and_zeroed_again(void **state)
{
    (void)state;
    Arena arena = {0};
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
            unsigned char *taken = arena_take(&arena, 4096);
            assert_int_equal(taken[4095], 0);
            memset(taken, 0xFF, 4096);
        }
        arena_reset(&arena);
        assert_true(arena.total <= 200000);
    }
    arena_done(&arena);
    arena_done(&arena);
    arena_reset(&arena);
}

/* Runs `ask` in a child; returns its exit status, its standard error left silent. */
static int exit_of(void (*ask)(Arena *))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Arena arena = {0};
        close(STDERR_FILENO);
        ask(&arena);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void ask_for_too_much(Arena *arena)
{
    arena_take(arena, SIZE_MAX);
}

static void ask_for_a_product_that_does_not_fit(Arena *arena)
{
    arena_take_many(arena, SIZE_MAX / 4, 16);
}

static void a_size_that_cannot_be_had_ends_the_program_with_status_3(void **state)
{
    (void)state;
    assert_int_equal(exit_of(ask_for_too_much), 3);
    assert_int_equal(exit_of(ask_for_a_product_that_does_not_fit), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(pieces_never_overlap),
        cmocka_unit_test(a_large_piece_fits_whole),
        cmocka_unit_test(a_copy_lives_without_its_original),
        cmocka_unit_test(an_array_grows_and_keeps_its_items),
        cmocka_unit_test(a_reset_arena_is_usable_and_zeroed_again),
        cmocka_unit_test(a_size_that_cannot_be_had_ends_the_program_with_status_3),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
