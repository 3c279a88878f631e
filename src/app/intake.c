/* intake.c: typed facts, read as those of a script are. */
#include "intake.h"

#include "script.h"

/* A map with one purchase in it, as if it had been written in a script. */
static const Node *as_script(Arena *arena, const Typed *typed, size_t count)
{
    Node *keys = ARENA_MANY(arena, Node, count + 1), *items = ARENA_MANY(arena, Node, count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (typed[i].value.len > 0) {
            keys[kept] = (Node){.kind = NODE_SCALAR, .text = typed[i].name};
            items[kept++] = (Node){.kind = NODE_SCALAR, .text = typed[i].value};
        }
    }
    Node *purchase = ARENA_NEW(arena, Node), *key = ARENA_NEW(arena, Node);
    Node *map = ARENA_NEW(arena, Node);
    *purchase = (Node){.kind = NODE_MAP, .count = kept, .items = items, .keys = keys};
    *key = (Node){.kind = NODE_SCALAR, .text = STR("purchase")};
    *map = (Node){.kind = NODE_MAP, .count = 1, .items = purchase, .keys = key};
    return map;
}

Fail intake_facts(Arena *arena, const Edition *edition, const Typed *typed, size_t count,
                  Facts *ret_facts, size_t *ret_bad, Fault *fault)
{
    for (size_t i = 0; i < count; i++) {   /* one by one, to know which */
        Facts alone;
        Fail fail = script_facts(arena, edition, as_script(arena, &typed[i], 1), &alone, fault);
        if (fail != FAIL_NONE) {
            *ret_bad = i;
            return fail;
        }
    }
    *ret_bad = count;
    return script_facts(arena, edition, as_script(arena, typed, count), ret_facts, fault);
}

static bool digit_at(Str text, size_t at)
{
    return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

Str intake_amount(Arena *arena, Str text)
{
    text = str_trim(text);
    char *plain = arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool groups = (text.at[i] == ',' || text.at[i] == ' ') && i > 0 &&
                      digit_at(text, i - 1) && digit_at(text, i + 1) && digit_at(text, i + 2) &&
                      digit_at(text, i + 3) && !digit_at(text, i + 4);
        if (!groups) {
            plain[len++] = text.at[i];
        }
    }
    return (Str){plain, len};
}
