/* sign_in.c: signing in and out, one's own account. */
#include "request.h"

const Route routes_sign_in[] = {{0}};
