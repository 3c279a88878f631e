/* node.c: asking a tree of YAML for values (yaml.h). */
#include "yaml.h"

static bool plain(const Node *node)
{
    return node && node->kind == NODE_SCALAR && !node->quoted;
}

const Node *node_get(const Node *map, const char *key)
{
    if (!map || map->kind != NODE_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (str_is(map->keys[i].text, key)) {
            return &map->items[i];
        }
    }
    return NULL;
}

bool node_yes_no(const Node *node, bool *ret_yes)
{
    if (!plain(node)) {
        return false;
    }
    bool yes = str_is(node->text, "true") || str_is(node->text, "True") ||
               str_is(node->text, "TRUE");
    bool no = str_is(node->text, "false") || str_is(node->text, "False") ||
              str_is(node->text, "FALSE");
    if (yes || no) {
        *ret_yes = yes;
    }
    return yes || no;
}

bool node_int(const Node *node, int64_t *ret_value)
{
    return plain(node) && str_int(node->text, ret_value);
}

bool node_day(const Node *node, Day *ret_day)
{
    return node && node->kind == NODE_SCALAR && day_parse(node->text, ret_day);
}

Str node_text(const Node *node)
{
    return node && node->kind == NODE_SCALAR ? node->text : STR_NONE;
}

Fail node_fault(const Node *node, Fault *fault)
{
    if (!node) {
        return fault ? fault->fail : FAIL_INPUT;
    }
    return fault_at(fault, node->file, node->line, node->column);
}

size_t node_many(const Node *node)
{
    if (!node) {
        return 0;
    }
    return node->kind == NODE_SCALAR ? 1 : node->kind == NODE_LIST ? node->count : 0;
}

const Node *node_nth(const Node *node, size_t i)
{
    if (i >= node_many(node)) {
        return NULL;
    }
    return node->kind == NODE_SCALAR ? node : &node->items[i];
}
