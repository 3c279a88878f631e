/* page.h: what pages/layout.html shows around every page. Floor 6. */
#ifndef SHENCHA_PAGE_H
#define SHENCHA_PAGE_H

#include "out.h"

enum { NAVIGATION_MAX = 8 };

typedef struct NavigationItem {
    Word word;
    Str address;
    bool here;
} NavigationItem;

typedef struct PageView {
    Str title;
    bool no_heading, wide;
    bool signed_in;
    Str organisation, person;        /* of who is signed in */
    Day today;
    bool shifted;                    /* today is not the machine's day: a demonstration */
    NavigationItem items[NAVIGATION_MAX];
    size_t items_count;
    Language language;
    Str in_chinese, in_english;      /* this page in the other language: whole addresses */
} PageView;

struct Request;
/* Where this reader begins a matter: "/declare", "/new"; empty when it is not for them. */
Str page_opening(const struct Request *request);

#endif
