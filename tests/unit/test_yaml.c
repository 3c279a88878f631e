/* test_yaml.c: what the reader of law files and case scripts takes, what it refuses, and where. */
#include "kit.h"

#include <cmocka.h>
#include <stdlib.h>

#include "yaml.h"

static Arena arena;

static const Node *good(const char *text)
{
    const Node *root = NULL;
    Fault fault = {0};
    Fail fail = yaml_read(&arena, str_from(text), STR("a.yaml"), &root, &fault);
    if (fail) {
        Buf said = {0};
        fault_put(&said, &fault, LANGUAGE_EN);
        print_error("%.*s\n", STR_ARG(buf_str(&said)));
        buf_done(&said);
    }
    assert_int_equal(fail, FAIL_NONE);
    return root;
}

static void bad_bytes(Str text, Word word, int line, int column)
{
    const Node *root = NULL;
    Fault fault = {0};
    assert_int_equal(yaml_read(&arena, text, STR("a.yaml"), &root, &fault), FAIL_INPUT);
    assert_null(root);
    assert_int_equal(fault.word, word);
    assert_string_equal(fault.file, "a.yaml");
    assert_int_equal(fault.line, line);
    assert_int_equal(fault.column, column);
}

static void bad(const char *text, Word word, int line, int column)
{
    bad_bytes(str_from(text), word, line, column);
}

static void assert_text(const Node *node, const char *text)
{
    assert_non_null(node);
    assert_int_equal(node->kind, NODE_SCALAR);
    assert_true(str_is(node->text, text));
}

static int forget(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void every_value_knows_its_place(void **state)
{
    (void)state;
    const Node *root = good("# 说明\n案件: {on: 2020-09-01, by: \"操作者\", act: declare}\nacts:\n"
                            "  - [one, 'two']\n  - three\n");
    assert_int_equal(root->kind, NODE_MAP);
    assert_int_equal(root->count, 2);
    assert_int_equal(root->line, 2);
    const Node *first = node_get(root, "案件");
    assert_int_equal(first->line, 2);
    assert_int_equal(first->column, 5);
    assert_int_equal(node_get(first, "act")->column, 38);
    assert_int_equal(node_get(first, "by")->column, 26);
    const Node *list = node_get(root, "acts");
    assert_int_equal(list->kind, NODE_LIST);
    assert_int_equal(list->items[0].items[1].line, 4);
    assert_int_equal(list->items[0].items[1].column, 11);
    assert_true(list->items[0].items[1].quoted);
    assert_int_equal(list->items[1].line, 5);
    assert_true(str_is(list->items[1].file, "a.yaml"));
}

static void on_and_no_and_years_stay_texts(void **state)
{
    (void)state;
    const Node *root = good("on: no\nedition: \"2020\"\nyes: 2020\n");
    assert_text(node_get(root, "on"), "no");
    bool yes;
    int64_t number = 0;
    assert_false(node_yes_no(node_get(root, "on"), &yes));
    assert_false(node_int(node_get(root, "edition"), &number));
    assert_true(node_int(node_get(root, "yes"), &number));
    assert_int_equal(number, 2020);
}

static void yes_no_numbers_days_and_nothing(void **state)
{
    (void)state;
    const Node *root = good("a: true\nb: FALSE\nc: \"true\"\nd: 12\ne: -3\nf: 1.5\ng: 2020-02-29\n"
                            "h: 2021-02-29\ni:\nj: ~\nk: \"\"\nl: null\nm: '2026-02-14'\n");
    bool yes = false;
    int64_t number;
    Day day;
    assert_true(node_yes_no(node_get(root, "a"), &yes) && yes);
    assert_true(node_yes_no(node_get(root, "b"), &yes) && !yes);
    assert_false(node_yes_no(node_get(root, "c"), &yes));
    assert_true(node_int(node_get(root, "d"), &number) && number == 12);
    assert_true(node_int(node_get(root, "e"), &number) && number == -3);
    assert_false(node_int(node_get(root, "f"), &number));
    assert_true(node_day(node_get(root, "g"), &day) && day == day_from(2020, 2, 29));
    assert_false(node_day(node_get(root, "h"), &day));
    assert_int_equal(node_get(root, "i")->kind, NODE_EMPTY);
    assert_int_equal(node_get(root, "j")->kind, NODE_EMPTY);
    assert_text(node_get(root, "k"), "");
    assert_int_equal(node_get(root, "l")->kind, NODE_EMPTY);
    assert_true(node_day(node_get(root, "m"), &day) && day == day_from(2026, 2, 14));
    assert_null(node_get(root, "n"));
    assert_null(node_get(NULL, "n"));
}

static void one_or_many_read_alike(void **state)
{
    (void)state;
    const Node *root = good("a: x\nb: [x, y]\nc:\nd: {}\ne: []\n");
    assert_int_equal(node_many(node_get(root, "a")), 1);
    assert_text(node_nth(node_get(root, "a"), 0), "x");
    assert_int_equal(node_many(node_get(root, "b")), 2);
    assert_text(node_nth(node_get(root, "b"), 1), "y");
    assert_null(node_nth(node_get(root, "b"), 2));
    assert_int_equal(node_many(node_get(root, "c")), 0);
    assert_int_equal(node_many(node_get(root, "d")), 0);
    assert_int_equal(node_many(node_get(root, "e")), 0);
    assert_int_equal(node_many(NULL), 0);
}

static void an_empty_file_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(good("")->kind, NODE_EMPTY);
    assert_int_equal(good("# only a remark\n")->kind, NODE_EMPTY);
    assert_int_equal(good("---\n...\n")->kind, NODE_EMPTY);
}

static void line_ends_of_other_systems_and_a_mark_are_fine(void **state)
{
    (void)state;
    const Node *root = good("\xEF\xBB\xBFon: 1\r\nby: 2\r\n");
    assert_int_equal(node_get(root, "on")->column, 5);
    assert_int_equal(node_get(root, "by")->line, 2);
    assert_text(node_get(good("%YAML 1.2\n---\na: |\n  x\n  y\n"), "a"), "x\ny\n");
}

static void every_style_of_text_is_read(void **state)
{
    (void)state;
    const Node *root = good("a: 'it''s'\nb: ''\nc: 'one\n  two\n\n  three'\nd: \"\\u4E2D\\n\"\n"
                            "e: >-\n  one\n  two\nf: one\n  two\ng: '\\n'\n");
    assert_text(node_get(root, "a"), "it's");
    assert_text(node_get(root, "b"), "");
    assert_text(node_get(root, "c"), "one two\nthree");
    assert_text(node_get(root, "d"), "中\n");
    assert_text(node_get(root, "e"), "one two");
    assert_text(node_get(root, "f"), "one two");
    assert_text(node_get(root, "g"), "\\n");
    char quotes[203] = "";
    memset(quotes, '\'', 202);   /* the library alone would lose memory here */
    assert_int_equal(good(quotes)->text.len, 100);
    assert_text(good("'''''  '"), "''  ");   /* and misread this */
    assert_text(good("'a \r\n b\r\n\r\nc'\r\n"), "a b\nc");
    assert_text(good("\"a\r\nb\"\r\n"), "a b");
    assert_text(node_get(good("a: |\r\n  x\r\n  y\r\n"), "a"), "x\ny\n");
}

static void a_block_of_text_is_deeper_than_its_key(void **state)
{
    (void)state;
    bad("k:\n  - m: |\n    text\n    n: swallowed\n", WORD_YAML_BLOCK, 3, 1);
    const Node *root = good("k:\n  - m: |\n      text\n    n: kept\n");
    assert_text(node_get(&node_get(root, "k")->items[0], "n"), "kept");
    assert_text(&good("- >\n")->items[0], "");
    assert_text(&good("- |-\n\n")->items[0], "");
    assert_text(good("|\n text\n"), "text\n");
    assert_text(good("|\n  "), "");
}

static void aliases_tags_and_merges_are_refused(void **state)
{
    (void)state;
    bad("a: &x 1\nb: 2\n", WORD_YAML_ANCHOR, 1, 4);
    bad("a: 1\nb: *x\n", WORD_YAML_ANCHOR, 2, 4);
    bad("a: &x [1]\n", WORD_YAML_ANCHOR, 1, 4);
    bad("a: !!str 1\n", WORD_YAML_TAG, 1, 4);
    bad("a: 1\n<<: {b: 2}\n", WORD_YAML_MERGE, 2, 1);
    assert_text(node_get(good("\"<<\": quoted\n"), "<<"), "quoted");
}

static void a_second_document_is_refused(void **state)
{
    (void)state;
    bad("a: 1\n---\nb: 2\n", WORD_YAML_DOCUMENTS, 2, 1);
    bad("%TAG ! tag:example.org,2000:\n---\na: 1\n", WORD_YAML_DIRECTIVE, 1, 1);
    bad("%YAML 1.1\n---\na: 1\n", WORD_YAML_DIRECTIVE, 1, 1);
}

static void keys_are_texts_and_stand_once(void **state)
{
    (void)state;
    bad("act: 1\nby: 2\nact: 3\n", WORD_YAML_DUPLICATE, 3, 1);
    bad("{on: 1, \"on\": 2}\n", WORD_YAML_DUPLICATE, 1, 9);
    bad("? [a]\n: 1\n", WORD_YAML_KEY_NOT_TEXT, 1, 3);
    bad(": 1\n", WORD_YAML_KEY_MISSING, 1, 1);
    Fault fault;
    const Node *root;
    assert_int_equal(yaml_read(&arena, STR("x: {法: 1, b: 2, 法: 3}"), STR("f"), &root, &fault),
                     FAIL_INPUT);
    assert_string_equal(fault.args[0], "法");
    assert_string_equal(fault.args[1], "1");
    assert_string_equal(fault.args[2], "5");
    assert_int_equal(fault.column, 17);
}

static void broken_yaml_is_told_where(void **state)
{
    (void)state;
    bad("a: \"x\n", WORD_YAML_SYNTAX, 1, 5);
    bad("a:\n\t- b\n", WORD_YAML_SYNTAX, 2, 1);
    bad("a: 1\n中文: b: c\n", WORD_YAML_SYNTAX, 2, 6);
    bad("a: [1, 2\n", WORD_YAML_SYNTAX, 2, 1);
}

static void bytes_that_are_no_text_are_told_where(void **state)
{
    (void)state;
    bad("a: 1\n中\xFF: 2\n", WORD_YAML_NOT_UTF8, 2, 2);
    bad("\xFF\xFE""a\0", WORD_YAML_NOT_UTF8, 1, 1);
    bad("a: \xED\xA0\x80\n", WORD_YAML_NOT_UTF8, 1, 4);
    bad_bytes((Str){"a: 1\nb\0", 7}, WORD_YAML_CONTROL, 2, 2);
    bad("a: \x1B[31m\n", WORD_YAML_CONTROL, 1, 4);
    bad("a: \"\\u0007\"\n", WORD_YAML_CONTROL, 1, 4);
    bad("a: \xEF\xBB\xBF x\n", WORD_YAML_CONTROL, 1, 4);
}

/* `open` as often as it fits, then `end`; read within the bounds or refused, never worse. */
static void flood(const char *open, size_t bytes, Word word)
{
    char *text = malloc(bytes + 1);
    assert_non_null(text);
    size_t step = strlen(open);
    for (size_t i = 0; i < bytes; i++) {
        text[i] = open[i % step];
    }
    const Node *root;
    Fault fault;
    assert_int_equal(yaml_read(&arena, (Str){text, bytes}, STR("flood"), &root, &fault),
                     FAIL_INPUT);
    assert_int_equal(fault.word, word);
    free(text);
}

static void floods_end_early(void **state)
{
    (void)state;
    flood("[", TEXT_FILE_BYTES_MAX, WORD_YAML_NODES);
    flood("{", TEXT_FILE_BYTES_MAX, WORD_YAML_NODES);
    flood("[", 300, WORD_YAML_DEPTH);
    flood("- ", TEXT_FILE_BYTES_MAX, WORD_YAML_DEPTH);
    flood("a: b\n", 300, WORD_YAML_DUPLICATE);
    flood("- a\n", TEXT_FILE_BYTES_MAX, WORD_YAML_NODES);
    flood("a", TEXT_SCALAR_BYTES_MAX + 1, WORD_YAML_SCALAR_LONG);
    flood("'", 2 * TEXT_SCALAR_BYTES_MAX + 6, WORD_YAML_SCALAR_LONG);
    flood(" ", (size_t)TEXT_FILE_BYTES_MAX + 1, WORD_YAML_FILE_BIG);
    flood("&a ", TEXT_FILE_BYTES_MAX, WORD_YAML_NODES);
}

static void depth_is_allowed_up_to_its_bound(void **state)
{
    (void)state;
    char text[2 * TEXT_DEPTH_MAX + 3] = "";
    memset(text, '[', TEXT_DEPTH_MAX);
    memset(text + TEXT_DEPTH_MAX, ']', TEXT_DEPTH_MAX);
    assert_int_equal(good(text)->kind, NODE_LIST);
    memset(text, '[', TEXT_DEPTH_MAX + 1);
    memset(text + TEXT_DEPTH_MAX + 1, ']', TEXT_DEPTH_MAX + 1);
    bad(text, WORD_YAML_DEPTH, 1, TEXT_DEPTH_MAX + 1);
}

static void a_big_map_keeps_its_order(void **state)
{
    (void)state;
    Buf text = buf_new(1 << 20);
    for (int i = 0; i < 20000; i++) {
        buf_print(&text, "k%d: %d\n", (i * 7919) % 20000, i);
    }
    const Node *root = NULL;
    Fault fault;
    assert_int_equal(yaml_read(&arena, buf_str(&text), STR("big"), &root, &fault), FAIL_NONE);
    assert_int_equal(root->count, 20000);
    assert_true(str_is(root->keys[1].text, "k7919"));
    assert_int_equal(root->items[19999].line, 20000);
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_value_knows_its_place, forget),
        cmocka_unit_test_teardown(on_and_no_and_years_stay_texts, forget),
        cmocka_unit_test_teardown(yes_no_numbers_days_and_nothing, forget),
        cmocka_unit_test_teardown(one_or_many_read_alike, forget),
        cmocka_unit_test_teardown(an_empty_file_is_nothing, forget),
        cmocka_unit_test_teardown(line_ends_of_other_systems_and_a_mark_are_fine, forget),
        cmocka_unit_test_teardown(every_style_of_text_is_read, forget),
        cmocka_unit_test_teardown(a_block_of_text_is_deeper_than_its_key, forget),
        cmocka_unit_test_teardown(aliases_tags_and_merges_are_refused, forget),
        cmocka_unit_test_teardown(a_second_document_is_refused, forget),
        cmocka_unit_test_teardown(keys_are_texts_and_stand_once, forget),
        cmocka_unit_test_teardown(broken_yaml_is_told_where, forget),
        cmocka_unit_test_teardown(bytes_that_are_no_text_are_told_where, forget),
        cmocka_unit_test_teardown(floods_end_early, forget),
        cmocka_unit_test_teardown(depth_is_allowed_up_to_its_bound, forget),
        cmocka_unit_test_teardown(a_big_map_keeps_its_order, forget),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
