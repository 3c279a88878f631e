/* paper_pages.c: documents up and down. */
#include "request.h"

const Route routes_papers[] = {{0}};
