/* case_pages.c: the case page. */
#include "request.h"

const Route routes_case[] = {{0}};
