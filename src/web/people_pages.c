/* people_pages.c: organisations and people, for their administrators. */
#include "request.h"

const Route routes_people[] = {{0}};
