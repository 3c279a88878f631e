/* act_pages.c: the forms of acts. */
#include "request.h"

const Route routes_act[] = {{0}};
