/* yaml.c: checked bytes (yamltext.c) → events of libfyaml → tree, built without recursion. The only
 * file that knows libfyaml. */
#include "yaml.h"

#include <libfyaml.h>
#include <stdlib.h>

#include "utf8.h"
#include "yamltext.h"

typedef struct Place {
    int line, column;
} Place;

typedef struct Frame {          /* a list or map that is not closed yet */
    Node node;
    size_t first;               /* of its children on the reader's stack */
} Frame;

typedef struct Reader {
    Arena *arena;
    Arena scratch;              /* for the time of reading */
    Fault *fault;
    Str file, text;             /* the bytes that the library reads */
    struct fy_diag *diag;
    struct fy_parser *parser;
    Node *stack;                /* children of the open frames: items, or key, value, key, value */
    size_t stack_count, stack_capacity;
    Frame frames[TEXT_DEPTH_MAX];
    int depth;
    size_t nodes;
    int documents;
    Place last;                 /* of the newest event that had one */
    Node root;
} Reader;

static Fail place_fault(Reader *reader, Place place, Word word)
{
    FAULT_PLAIN(reader->fault, FAIL_INPUT, word);
    return fault_at(reader->fault, reader->file, place.line, place.column);
}

static Fail limit_fault(Reader *reader, Place place, Word word, int64_t limit)
{
    char room[24];
    int len = snprintf(room, sizeof room, "%lld", (long long)limit);
    (void)FAULT(reader->fault, FAIL_INPUT, word, (Str){room, (size_t)len});
    return fault_at(reader->fault, reader->file, place.line, place.column);
}

/* --- the tree --- */

static Node *stack_push(Reader *reader, Node node)
{
    reader->stack = arena_grow(&reader->scratch, reader->stack, reader->stack_count,
                               &reader->stack_capacity, reader->stack_count + 1, sizeof(Node));
    reader->stack[reader->stack_count] = node;
    return &reader->stack[reader->stack_count++];
}

static Frame *top(Reader *reader)
{
    return reader->depth ? &reader->frames[reader->depth - 1] : NULL;
}

static bool key_next(const Reader *reader, const Frame *frame)
{
    return frame && frame->node.kind == NODE_MAP &&
           (reader->stack_count - frame->first) % 2 == 0;
}

static Place place_of(Reader *reader, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    if (mark && mark->line >= 0 && mark->column >= 0) {
        reader->last = (Place){mark->line + 1, mark->column + 1};
        if (event->type == FYET_SCALAR) {   /* the mark of a quoted scalar is behind the quote */
            enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
            reader->last.column -=
                (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) && mark->column > 0;
        }
    }
    return reader->last;
}

/* Where an anchor, alias or tag begins; its mark may stand behind the sign itself. */
static Place place_of_sign(const Reader *reader, struct fy_token *token, bool behind)
{
    const struct fy_mark *mark = fy_token_start_mark(token);
    return mark ? (Place){mark->line + 1, mark->column + 1 - (behind && mark->column > 0)}
                : reader->last;
}

static Node node_at(const Reader *reader, NodeKind kind, Place place)
{
    return (Node){.kind = kind, .file = reader->file, .line = place.line, .column = place.column};
}

/* Hands a finished node to the list or map that it stands in. */
static void deliver(Reader *reader, Node node)
{
    Frame *frame = top(reader);
    if (!frame) {
        reader->root = node;
        return;
    }
    if (frame->node.kind == NODE_MAP && reader->stack_count == frame->first &&
        node.line == frame->node.line && node.column < frame->node.column) {
        frame->node.column = node.column;   /* [a: 1]: the library puts the map at the colon */
    }
    stack_push(reader, node);
}

static bool plain_empty(Str text)
{
    return text.len == 0 || str_is(text, "~") || str_is(text, "null") || str_is(text, "Null") ||
           str_is(text, "NULL");
}

static Fail scalar_text_check(Reader *reader, Str text, Place place)
{
    if (text.len > TEXT_SCALAR_BYTES_MAX) {
        return limit_fault(reader, place, WORD_YAML_SCALAR_LONG, TEXT_SCALAR_BYTES_MAX);
    }
    if (!utf8_valid(text, NULL)) {   /* only an escape such as "\xFF" can do this */
        return place_fault(reader, place, WORD_YAML_ESCAPE);
    }
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        if (yamltext_forbidden(point)) {
            return yamltext_forbidden_fault(reader->fault, reader->file, place.line,
                                            place.column, point);
        }
    }
    return FAIL_NONE;
}

/* What stands in the file between the token's marks. */
static Str token_raw(const Reader *reader, struct fy_token *token)
{
    return str_part(reader->text, fy_token_start_mark(token)->input_pos,
                    fy_token_end_mark(token)->input_pos);
}

static Str token_text(Reader *reader, struct fy_token *token)
{
    enum fy_scalar_style style = fy_token_scalar_style(token);
    Str raw = token_raw(reader, token);
    if (style == FYSS_SINGLE_QUOTED) {
        return yamltext_unquote(&reader->scratch, raw);
    }
    bool block = style == FYSS_LITERAL || style == FYSS_FOLDED;
    if (block && str_trim(raw).len == 0 && str_find(raw, '\n') == raw.len) {
        return STR("");   /* at the end of the file the library would read behind it */
    }
    Str text;
    text.at = fy_token_get_text(token, &text.len);
    return text;
}

/* A block of text (| or >) that is not deeper than its list or map: the library would take the keys
 * behind it for more text. True where it is well. */
static bool block_deeper(const Reader *reader, const Frame *frame, struct fy_token *token)
{
    Str raw = token_raw(reader, token);
    size_t indent = 0;
    for (size_t at = 0; at < raw.len && (raw.at[at] == ' ' || raw.at[at] == '\n'); at++) {
        indent = raw.at[at] == '\n' ? 0 : indent + 1;
    }
    bool blank = str_trim(raw).len == 0;
    return blank || !frame || indent >= (size_t)frame->node.column;
}

static Fail on_scalar(Reader *reader, struct fy_event *event, Place place)
{
    Node node = node_at(reader, NODE_SCALAR, place);
    struct fy_token *value = event->scalar.value;
    Str text = STR_NONE;
    if (value) {
        text = token_text(reader, value);
        if (!text.at) {
            return place_fault(reader, place, WORD_YAML_ESCAPE);
        }
        enum fy_scalar_style style = fy_token_scalar_style(value);
        node.quoted = style != FYSS_PLAIN;
        if ((style == FYSS_LITERAL || style == FYSS_FOLDED) &&
            !block_deeper(reader, top(reader), value)) {
            return place_fault(reader, place, WORD_YAML_BLOCK);
        }
    }
    Fail fail = scalar_text_check(reader, text, place);
    if (fail) {
        return fail;
    }
    bool key = key_next(reader, top(reader));
    if (key && !node.quoted && text.len == 0) {
        return place_fault(reader, place, WORD_YAML_KEY_MISSING);
    }
    if (key && !node.quoted && str_is(text, "<<")) {
        return place_fault(reader, place, WORD_YAML_MERGE);
    }
    if (!key && !node.quoted && plain_empty(text)) {
        node.kind = NODE_EMPTY;
    } else {
        node.text = str_copy(reader->arena, text);
    }
    deliver(reader, node);
    return FAIL_NONE;
}

static Fail on_start(Reader *reader, NodeKind kind, Place place)
{
    if (key_next(reader, top(reader))) {
        return place_fault(reader, place, WORD_YAML_KEY_NOT_TEXT);
    }
    if (reader->depth == TEXT_DEPTH_MAX) {
        return limit_fault(reader, place, WORD_YAML_DEPTH, TEXT_DEPTH_MAX);
    }
    reader->frames[reader->depth++] =
        (Frame){.node = node_at(reader, kind, place), .first = reader->stack_count};
    return FAIL_NONE;
}

static int by_text_then_place(const void *a, const void *b)
{
    const Node *left = *(const Node *const *)a, *right = *(const Node *const *)b;
    int order = str_cmp(left->text, right->text);
    return order ? order : (left > right) - (left < right);
}

/* Two keys with the same text: the fault stands at the first repetition. */
static Fail duplicate_check(Reader *reader, const Node *map)
{
    const Node **sorted = ARENA_MANY(&reader->scratch, const Node *, map->count);
    for (size_t i = 0; i < map->count; i++) {
        sorted[i] = &map->keys[i];
    }
    qsort(sorted, map->count, sizeof *sorted, by_text_then_place);
    const Node *again = NULL, *earlier = NULL;
    for (size_t i = 1; i < map->count; i++) {
        if (str_eq(sorted[i]->text, sorted[i - 1]->text) && (!again || sorted[i] < again)) {
            again = sorted[i];
            earlier = sorted[i - 1];
        }
    }
    if (!again) {
        return FAIL_NONE;
    }
    char line[16], column[16];
    int line_len = snprintf(line, sizeof line, "%d", earlier->line);
    int column_len = snprintf(column, sizeof column, "%d", earlier->column);
    return NODE_FAULT(reader->fault, again, WORD_YAML_DUPLICATE, again->text,
                      ((Str){line, (size_t)line_len}), ((Str){column, (size_t)column_len}));
}

static Fail on_end(Reader *reader)
{
    Frame *frame = top(reader);
    Node node = frame->node;
    size_t count = reader->stack_count - frame->first;
    const Node *children = count ? reader->stack + frame->first : NULL;
    Fail fail = FAIL_NONE;
    if (node.kind == NODE_LIST) {
        node.count = count;
        node.items = count ? arena_copy(reader->arena, children, count * sizeof(Node)) : NULL;
    } else if (count) {
        node.count = count / 2;
        Node *keys = ARENA_MANY(reader->arena, Node, node.count);
        Node *items = ARENA_MANY(reader->arena, Node, node.count);
        for (size_t i = 0; i < node.count; i++) {
            keys[i] = children[2 * i];
            items[i] = children[2 * i + 1];
        }
        node.keys = keys;
        node.items = items;
        fail = node.count > 1 ? duplicate_check(reader, &node) : FAIL_NONE;
    }
    reader->stack_count = frame->first;
    reader->depth--;
    deliver(reader, node);
    return fail;
}

static Fail on_document(Reader *reader, Place place)
{
    return reader->documents++ ? place_fault(reader, place, WORD_YAML_DOCUMENTS) : FAIL_NONE;
}

/* What every value must be free of. */
static Fail on_value(Reader *reader, struct fy_event *event, Place place)
{
    struct fy_token *anchor = fy_event_get_anchor_token(event);
    struct fy_token *tag = fy_event_get_tag_token(event);
    if (anchor) {
        return place_fault(reader, place_of_sign(reader, anchor, true), WORD_YAML_ANCHOR);
    }
    if (tag) {
        return place_fault(reader, place_of_sign(reader, tag, false), WORD_YAML_TAG);
    }
    return ++reader->nodes > TEXT_NODES_MAX
               ? limit_fault(reader, place, WORD_YAML_NODES, TEXT_NODES_MAX)
               : FAIL_NONE;
}

static Fail on_event(Reader *reader, struct fy_event *event)
{
    Place place = place_of(reader, event);
    enum fy_event_type type = event->type;
    if (type == FYET_ALIAS) {
        return place_fault(reader, place_of_sign(reader, event->alias.anchor, true),
                           WORD_YAML_ANCHOR);
    }
    if (type == FYET_SCALAR || type == FYET_MAPPING_START || type == FYET_SEQUENCE_START) {
        Fail fail = on_value(reader, event, place);
        if (fail) {
            return fail;
        }
    }
    switch (type) {
    case FYET_SCALAR: return on_scalar(reader, event, place);
    case FYET_MAPPING_START: return on_start(reader, NODE_MAP, place);
    case FYET_SEQUENCE_START: return on_start(reader, NODE_LIST, place);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: return on_end(reader);
    case FYET_DOCUMENT_START: return on_document(reader, place);
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
    case FYET_DOCUMENT_END:
    case FYET_ALIAS: break;
    }
    return FAIL_NONE;
}

/* --- the library --- */

static void say_nothing(struct fy_diag *diag, void *user, const char *bytes, size_t len)
{
    (void)diag, (void)user, (void)bytes, (void)len;
}

/* What the library found wrong, in our sentence, at its place. */
static Fail syntax_fault(Reader *reader)
{
    void *before = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(reader->diag, &before);
    if (!error) {
        return place_fault(reader, reader->last, WORD_YAML_UNREADABLE);
    }
    (void)FAULT(reader->fault, FAIL_INPUT, WORD_YAML_SYNTAX, str_from(error->msg));
    return fault_at(reader->fault, reader->file, error->line, error->column);
}

static Fail parser_open(Reader *reader, Str text)
{
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.output_fn = say_nothing;
    quiet.colorize = false;
    reader->diag = fy_diag_create(&quiet);
    if (!reader->diag) {
        return FAULT_PLAIN(reader->fault, FAIL_SYSTEM, WORD_OUT_OF_MEMORY);
    }
    fy_diag_set_collect_errors(reader->diag, true);
    struct fy_parse_cfg how = {
        .search_path = "",
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE | FYPCF_DEFAULT_VERSION_1_2,
        .diag = reader->diag,
    };
    reader->parser = fy_parser_create(&how);
    if (!reader->parser || fy_parser_set_string(reader->parser, text.at, text.len) != 0) {
        return FAULT_PLAIN(reader->fault, FAIL_SYSTEM, WORD_OUT_OF_MEMORY);
    }
    reader->text = text;
    return FAIL_NONE;
}

static Fail parse(Reader *reader, Str text)
{
    Fail fail = parser_open(reader, text);
    while (!fail) {
        struct fy_event *event = fy_parser_parse(reader->parser);
        if (!event) {
            bool broken = fy_parser_get_stream_error(reader->parser) ||
                          fy_diag_got_error(reader->diag) || reader->depth > 0;
            fail = broken ? syntax_fault(reader) : FAIL_NONE;
            break;
        }
        fail = on_event(reader, event);
        fy_parser_event_free(reader->parser, event);
    }
    if (reader->parser) {
        fy_parser_destroy(reader->parser);
    }
    if (reader->diag) {
        fy_diag_destroy(reader->diag);
    }
    return fail;
}

Fail yaml_read(Arena *arena, Str text, Str file, const Node **ret_node, Fault *fault)
{
    Reader reader = {.arena = arena, .fault = fault, .last = {1, 1}};
    reader.file = str_copy(arena, file);
    if (text.len > TEXT_FILE_BYTES_MAX) {
        return limit_fault(&reader, (Place){0, 0}, WORD_YAML_FILE_BIG, TEXT_FILE_BYTES_MAX);
    }
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {   /* a byte order mark is tolerated */
        text = str_part(text, 3, text.len);
    }
    reader.root = node_at(&reader, NODE_EMPTY, reader.last);
    Fail fail = yamltext_check(text, reader.file, fault);
    if (!fail && text.len) {
        fail = parse(&reader, yamltext_with_line_feeds(&reader.scratch, text));
    }
    arena_done(&reader.scratch);
    if (!fail) {
        *ret_node = arena_copy(arena, &reader.root, sizeof reader.root);
    }
    return fail;
}
