/* typed.c: what was typed into a form, by name. */
#include "actform.h"

Str typed_get(const TypedList *typed, Str name)
{
    for (size_t i = 0; i < typed->count; i++) {
        if (str_eq(typed->at[i].name, name)) {
            return typed->at[i].value;
        }
    }
    return STR_NONE;
}

bool typed_has(const TypedList *typed, Str name, Str value)
{
    for (size_t i = 0; i < typed->count; i++) {
        if (str_eq(typed->at[i].name, name) && str_eq(typed->at[i].value, value)) {
            return true;
        }
    }
    return false;
}
