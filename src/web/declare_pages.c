/* declare_pages.c: the declaration, step by step. */
#include "request.h"

const Route routes_declare[] = {{0}};
