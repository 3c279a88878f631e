/* main.c: wiring. The only file that asks the machine for the time. Floor 7. */
#include <signal.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "verb_serve.h"

static int terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col;
    }
    return 80;
}

int main(int argc, char **argv)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    signal(SIGXFSZ, SIG_IGN);   /* a full disk is told as a fault, not as a signal */
    return command_run(argc, argv, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000,
                       isatty(STDOUT_FILENO), terminal_columns(), &verb_serve);
}
