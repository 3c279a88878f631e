/* desk_pages.c: desks, lists, the month, charts. */
#include "request.h"

const Route routes_desk[] = {{0}};
