/* law_pages.c: the editions and their clauses. */
#include "request.h"

const Route routes_law[] = {{0}};
