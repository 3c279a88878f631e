/* verb_serve.h: the verb that starts the service, for main. Floor 7. */
#ifndef SHENCHA_VERB_SERVE_H
#define SHENCHA_VERB_SERVE_H

#include "verb.h"

extern const Verb verb_serve;

#endif
