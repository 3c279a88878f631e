/* canon.c: a strict reader. It never repairs: another spelling is another event. */
#include "canon.h"

#include "utf8.h"

enum { DEPTH_MAX = 16 };

typedef struct Cursor {
    Arena *arena;
    Str bytes;
    size_t at;
    int depth;
} Cursor;

static bool read_value(Cursor *cursor, Canon *value);

static bool take(Cursor *cursor, char byte)
{
    if (cursor->at < cursor->bytes.len && cursor->bytes.at[cursor->at] == byte) {
        cursor->at++;
        return true;
    }
    return false;
}

static bool take_word(Cursor *cursor, Str word)
{
    if (str_starts(str_part(cursor->bytes, cursor->at, cursor->bytes.len), word)) {
        cursor->at += word.len;
        return true;
    }
    return false;
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* After a backslash: the one escape that buf_put_json writes for this byte, or -1. */
static int escaped(Cursor *cursor)
{
    if (cursor->at >= cursor->bytes.len) {
        return -1;
    }
    char byte = cursor->bytes.at[cursor->at++];
    switch (byte) {
    case '"':
    case '\\': return byte;
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: break;
    }
    Str rest = str_part(cursor->bytes, cursor->at, cursor->at + 4);
    if (byte != 'u' || rest.len < 4 || rest.at[0] != '0' || rest.at[1] != '0') {
        return -1;
    }
    int high = hex_digit(rest.at[2]), low = hex_digit(rest.at[3]);
    int code = high < 0 || low < 0 ? -1 : high * 16 + low;
    cursor->at += 4;
    return code >= 0x20 || code == '\n' || code == '\r' || code == '\t' ? -1 : code;
}

static bool read_text(Cursor *cursor, Str *ret_text)
{
    if (!take(cursor, '"')) {
        return false;
    }
    size_t from = cursor->at;
    const char *at = cursor->bytes.at;
    while (cursor->at < cursor->bytes.len && at[cursor->at] != '"' && at[cursor->at] != '\\' &&
           (unsigned char)at[cursor->at] >= 0x20) {
        cursor->at++;
    }
    Str plain = str_part(cursor->bytes, from, cursor->at);
    if (take(cursor, '"')) {
        *ret_text = plain.at ? plain : STR("");
        return utf8_valid(plain, NULL);
    }
    size_t end = cursor->at;   /* room for this text alone: there may be very many */
    while (end < cursor->bytes.len && at[end] != '"') {
        end += at[end] == '\\' ? 2 : 1;
    }
    char *room = arena_take(cursor->arena, end - from);
    size_t len = plain.len;
    memcpy(room, plain.len ? plain.at : "", plain.len);
    while (cursor->at < cursor->bytes.len && at[cursor->at] != '"') {
        int byte = (unsigned char)at[cursor->at++];
        if (byte < 0x20 || (byte == '\\' && (byte = escaped(cursor)) < 0)) {
            return false;
        }
        room[len++] = (char)byte;
    }
    *ret_text = (Str){room, len};
    return take(cursor, '"') && utf8_valid(*ret_text, NULL);
}

static bool read_number(Cursor *cursor, int64_t *ret_number)
{
    size_t from = cursor->at;
    bool minus = take(cursor, '-');
    size_t first = cursor->at;
    while (cursor->at < cursor->bytes.len && cursor->bytes.at[cursor->at] >= '0' &&
           cursor->bytes.at[cursor->at] <= '9') {
        cursor->at++;
    }
    size_t digits = cursor->at - first;
    bool zero = digits > 0 && cursor->bytes.at[first] == '0';
    return digits > 0 && !(zero && (digits > 1 || minus)) &&
           str_int(str_part(cursor->bytes, from, cursor->at), ret_number);
}

/* Items of a list or a map, after its opening bracket; keys must ascend. */
static bool read_many(Cursor *cursor, Canon *value, char end)
{
    bool map = value->kind == CANON_MAP;
    Canon *items = NULL;
    Str *keys = NULL;
    size_t items_capacity = 0, keys_capacity = 0;
    if (take(cursor, end)) {
        return true;
    }
    do {
        items = arena_grow(cursor->arena, items, value->count, &items_capacity, value->count + 1,
                           sizeof *items);
        if (map) {
            keys = arena_grow(cursor->arena, keys, value->count, &keys_capacity,
                              value->count + 1, sizeof *keys);
            if (!read_text(cursor, &keys[value->count]) || !take(cursor, ':') ||
                (value->count && str_cmp(keys[value->count - 1], keys[value->count]) >= 0)) {
                return false;
            }
        }
        if (!read_value(cursor, &items[value->count])) {
            return false;
        }
        value->count++;
    } while (take(cursor, ','));
    value->items = items;
    value->keys = keys;
    return take(cursor, end);
}

static bool read_value(Cursor *cursor, Canon *value)
{
    *value = (Canon){0};
    if (cursor->at >= cursor->bytes.len || ++cursor->depth > DEPTH_MAX) {
        return false;
    }
    bool good;
    switch (cursor->bytes.at[cursor->at]) {
    case '"':
        value->kind = CANON_TEXT;
        good = read_text(cursor, &value->text);
        break;
    case '{':
    case '[':
        value->kind = cursor->bytes.at[cursor->at] == '{' ? CANON_MAP : CANON_LIST;
        cursor->at++;
        good = read_many(cursor, value, value->kind == CANON_MAP ? '}' : ']');
        break;
    case 't':
    case 'f':
        value->kind = CANON_YES_NO;
        value->yes = cursor->bytes.at[cursor->at] == 't';
        good = take_word(cursor, value->yes ? STR("true") : STR("false"));
        break;
    case 'n':
        good = take_word(cursor, STR("null"));
        break;
    default:
        value->kind = CANON_NUMBER;
        good = read_number(cursor, &value->number);
    }
    cursor->depth--;
    return good;
}

const Canon *canon_read(Arena *arena, Str bytes, size_t *ret_bad)
{
    Cursor cursor = {arena, bytes, 0, 0};
    Canon *value = ARENA_NEW(arena, Canon);
    if (read_value(&cursor, value) && cursor.at == bytes.len) {
        return value;
    }
    if (ret_bad) {
        *ret_bad = cursor.at;
    }
    return NULL;
}

const Canon *canon_get(const Canon *map, const char *key)
{
    for (size_t i = 0; map && map->kind == CANON_MAP && i < map->count; i++) {
        if (str_is(map->keys[i], key)) {
            return &map->items[i];
        }
    }
    return NULL;
}

Str canon_text(const Canon *map, const char *key)
{
    const Canon *found = canon_get(map, key);
    return found && found->kind == CANON_TEXT ? found->text : STR_NONE;
}

int64_t canon_number(const Canon *map, const char *key, int64_t fallback)
{
    const Canon *found = canon_get(map, key);
    return found && found->kind == CANON_NUMBER ? found->number : fallback;
}

bool canon_yes(const Canon *map, const char *key)
{
    const Canon *found = canon_get(map, key);
    return found && found->kind == CANON_YES_NO && found->yes;
}

void canon_put(Buf *buf, const Canon *value)
{
    switch (value->kind) {
    case CANON_NULL: buf_put(buf, STR("null")); return;
    case CANON_YES_NO: buf_put(buf, value->yes ? STR("true") : STR("false")); return;
    case CANON_NUMBER: buf_put_int(buf, value->number); return;
    case CANON_TEXT: buf_put_json(buf, value->text); return;
    case CANON_LIST:
    case CANON_MAP:
        buf_put_byte(buf, value->kind == CANON_MAP ? '{' : '[');
        for (size_t i = 0; i < value->count; i++) {
            buf_put(buf, i ? STR(",") : STR_NONE);
            if (value->kind == CANON_MAP) {
                buf_put_json(buf, value->keys[i]);
                buf_put_byte(buf, ':');
            }
            canon_put(buf, &value->items[i]);
        }
        buf_put_byte(buf, value->kind == CANON_MAP ? '}' : ']');
    }
}
