/* yaml.h: YAML 1.2 text into an immutable tree with a position at every node. The only file that
 * knows the YAML library. Used for law files, notices and case scripts. Floor 1, pure.
 *
 * Stricter than YAML: anchors, aliases, tags, merge keys, several documents, duplicate keys, keys
 * that are not plain strings, invalid UTF-8 and control characters are faults, and so is reaching a
 * bound of bounds.h. A scalar stays the text it was written as: `on`, `no`, `2020` are texts. */
#ifndef SHENCHA_YAML_H
#define SHENCHA_YAML_H

#include "day.h"
#include "fault.h"

typedef enum NodeKind { NODE_EMPTY, NODE_SCALAR, NODE_LIST, NODE_MAP } NodeKind;

typedef struct Node Node;
struct Node {
    NodeKind kind;         /* NODE_EMPTY: nothing was written, or a plain null or ~ */
    bool quoted;           /* a scalar in quotes or a block: never a number, yes/no or null */
    Str text;              /* scalar's text, in arena */
    size_t count;          /* items of a list, pairs of a map */
    const Node *items;     /* list: count items; map: count values */
    const Node *keys;      /* map: count scalar nodes, in the order written */
    Str file;              /* name for messages */
    int line, column;      /* 1-based; column in characters */
};

/* Reads a whole document. `file` is the name for messages. On success *ret_node is the root, in
 * arena; an empty file gives NODE_EMPTY. Returns FAIL_INPUT with file:line:column otherwise. */
Fail yaml_read(Arena *arena, Str text, Str file, const Node **ret_node, Fault *fault) MUST_USE;

/* Value of a key of a map, or NULL (also when `map` is NULL or not a map). */
const Node *node_get(const Node *map, const char *key);
/* True for a plain `true` or `false` (any of the three YAML 1.2 spellings). */
bool node_yes_no(const Node *node, bool *ret_yes);
/* True for a plain whole number. */
bool node_int(const Node *node, int64_t *ret_value);
/* True for a scalar, plain or quoted, that is a day. */
bool node_day(const Node *node, Day *ret_day);
/* The text of a scalar, or the empty slice. */
Str node_text(const Node *node);
/* Sets the node's place on a fault and returns its fail. */
Fail node_fault(const Node *node, Fault *fault);
/* `return NODE_FAULT(fault, node, WORD_X, text…);` */
#define NODE_FAULT(fault, node, word, ...)                                                        \
    (FAULT((fault), FAIL_INPUT, (word), __VA_ARGS__), node_fault((node), (fault)))
/* Scalar or list of scalars: how many, and the i-th (both work on a lone scalar). 0 for NULL and
 * NODE_EMPTY. A map counts as 0. */
size_t node_many(const Node *node);
const Node *node_nth(const Node *node, size_t i);

#endif
