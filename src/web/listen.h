/* listen.h: the port, TLS, and the library that listens. Floor 6, inside web only. */
#ifndef SHENCHA_LISTEN_H
#define SHENCHA_LISTEN_H

#include "serve.h"
#include "visit.h"

/* Takes the port. *ret_socket is the caller's to close. */
Fail listen_on(const ServeOptions *options, MHD_socket *ret_socket, int *ret_port,
               Fault *fault) MUST_USE;
/* Starts the library on it. `arena` lives as long as the service. */
Fail listen_start(Server *server, const ServeOptions *options, MHD_socket socket,
                  unsigned connections, Arena *arena, Fault *fault) MUST_USE;

#endif
