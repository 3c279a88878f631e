/* patience.c: a list of connections, each with its moment. */
#include "patience.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "arena.h"

typedef struct Waiting Waiting;
struct Waiting {
    MHD_socket socket;           /* the library closes it after it told that it ended */
    atomic_int_fast64_t until;   /* 0: as long as it takes */
    Waiting *next, **from;
};

struct Patience {
    pthread_mutex_t lock;
    Waiting *first;
};

int64_t patience_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

Patience *patience_new(void)
{
    Patience *patience = memory_take(sizeof *patience);
    *patience = (Patience){.first = NULL};
    pthread_mutex_init(&patience->lock, NULL);
    return patience;
}

void patience_free(Patience *patience)
{
    if (patience) {
        pthread_mutex_destroy(&patience->lock);
        free(patience);
    }
}

static MHD_socket socket_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : MHD_INVALID_SOCKET;
}

void patience_connection(void *with, struct MHD_Connection *connection, void **context,
                         enum MHD_ConnectionNotificationCode code)
{
    Patience *patience = with;
    Waiting *waiting = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        waiting = memory_take(sizeof *waiting);
        *waiting = (Waiting){.socket = socket_of(connection)};
        atomic_store_explicit(&waiting->until, patience_now() + PATIENCE_HEADERS,
                              memory_order_relaxed);
        *context = waiting;
        pthread_mutex_lock(&patience->lock);
        waiting->next = patience->first;
        waiting->from = &patience->first;
        if (waiting->next) {
            waiting->next->from = &waiting->next;
        }
        patience->first = waiting;
        pthread_mutex_unlock(&patience->lock);
    } else if (waiting) {
        pthread_mutex_lock(&patience->lock);
        *waiting->from = waiting->next;
        if (waiting->next) {
            waiting->next->from = waiting->from;
        }
        pthread_mutex_unlock(&patience->lock);
        free(waiting);
        *context = NULL;
    }
}

void patience_give(struct MHD_Connection *connection, int64_t now, int64_t seconds)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    Waiting *waiting = info ? info->socket_context : NULL;
    if (waiting) {
        atomic_store_explicit(&waiting->until, seconds ? now + seconds : 0, memory_order_relaxed);
    }
}

int patience_end(Patience *patience, int64_t now)
{
    int ended = 0;
    pthread_mutex_lock(&patience->lock);
    for (Waiting *waiting = patience->first; waiting; waiting = waiting->next) {
        int64_t until = atomic_load_explicit(&waiting->until, memory_order_relaxed);
        if (until && until < now && waiting->socket != MHD_INVALID_SOCKET) {
            shutdown(waiting->socket, SHUT_RDWR);
            atomic_store_explicit(&waiting->until, 0, memory_order_relaxed);
            ended++;
        }
    }
    pthread_mutex_unlock(&patience->lock);
    return ended;
}
