/* asset.h: style, script and pictures of the pages, inside of the program: their bytes, the same
 * compressed, and an address that changes when they do, so that a browser may keep them for ever
 * ("Cache-Control: public, max-age=31536000, immutable"). Made by tools/assets.c. Floor 6. */
#ifndef SHENCHA_ASSET_H
#define SHENCHA_ASSET_H

#include "str.h"

typedef struct Asset {
    Str name;          /* "style.css" */
    Str address;       /* "/assets/style-3f9a2c01d4.css" */
    const char *type;  /* "text/css; charset=utf-8" */
    Str bytes, gzip;   /* gzip (RFC 1952) of the same bytes, at its best level */
    Str tag;           /* strong validator, without quotes: the hash of its name */
} Asset;

extern const Asset assets[];
extern const size_t assets_count;

/* By the whole path of a request; NULL when there is none. */
const Asset *asset_find(Str path);

#endif
