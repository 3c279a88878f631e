/* fuzz_yaml.c: any bytes either become a tree that keeps its promises, or a fault with a place. */
#include <stdlib.h>

#include "utf8.h"
#include "yaml.h"

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void walk(const Node *node, int depth)
{
    require(depth <= TEXT_DEPTH_MAX && node->line >= 1 && node->column >= 1);
    require(utf8_valid(node->text, NULL) && node->text.len <= TEXT_SCALAR_BYTES_MAX);
    require(node->kind == NODE_LIST || node->kind == NODE_MAP || node->count == 0);
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_MAP) {
            require(node->keys[i].kind == NODE_SCALAR);
            walk(&node->keys[i], depth + 1);
        }
        walk(&node->items[i], depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Arena arena = {0};
    Fault fault = {0};
    const Node *root = NULL;
    Fail fail = yaml_read(&arena, (Str){(const char *)bytes, size}, STR("fuzz.yaml"), &root,
                          &fault);
    if (fail == FAIL_NONE) {
        walk(root, 0);
    } else {
        require(fault.fail == fail && fault.word != WORD_NONE);
        require(fail != FAIL_INPUT || fault.file[0]);
    }
    arena_done(&arena);
    return 0;
}
