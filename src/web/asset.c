/* asset.c: assets by path and by name. */
#include "asset.h"

#include <assert.h>

#include "out.h"

const Asset *asset_find(Str path)
{
    for (size_t i = 0; i < assets_count; i++) {
        if (str_eq(assets[i].address, path)) {
            return &assets[i];
        }
    }
    return NULL;
}

Str asset_address(const char *name)
{
    size_t i = 0;
    while (i < assets_count && !str_is(assets[i].name, name)) {
        i++;
    }
    assert(i < assets_count && "tools/pages/ looked for the file");
    return assets[i].address;
}
