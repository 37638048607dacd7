#include "searcher/serve/clients.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "searcher/serve/conversation.h"

enum {
    PATIENCE_MS = 10 * 60 * 1000, /* with a client that says nothing */
    STUCK_S = 30,                 /* with one that does not read */
    LAST_ANSWERS_MS = 5000,       /* at the end */
    PAUSE_MS = 100                /* before what failed is tried again */
};

struct place {
    pid_t process; /* 0: free */
    /* The process writes it: conversation.h. */
    _Atomic int64_t idle;
};

struct clients {
    const struct searcher_settings *settings;
    struct messages *messages;
    int listening, signals;
    sigset_t blocked; /* SIGTERM, SIGINT, SIGCHLD */
    sigset_t before;
    struct place *places; /* shared with the processes */
};

/* --- a client's process --------------------------------------------------- */

/* A signal ends it while it waits for a request, not within an answer. */
static _Noreturn void attend(const struct clients *c, int fd,
                             struct place *place)
{
    struct error err = ERROR_NONE;
    const struct timeval stuck = {STUCK_S, 0};
    sigset_t ends;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    close(c->listening);
    close(c->signals);
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_SETMASK, &ends, NULL);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &stuck, sizeof stuck);
    AUTO(responder) responder = responder_new(c->settings, c->messages);
    const struct conversation conversation = {
        .responder = responder,
        .in = fd,
        .out = fd,
        .patience_ms = PATIENCE_MS,
        .awake = &c->before,
        .idle = &place->idle,
    };
    _exit(conversation_hold(&conversation, &err) == STATUS_OK ? 0 : 1);
}

/* --- places --------------------------------------------------------------- */

static struct place *find_place(const struct clients *c, pid_t process)
{
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        if (c->places[i].process == process)
            return &c->places[i];
    return NULL;
}

static void reap(const struct clients *c, int options)
{
    pid_t process;
    while ((process = waitpid(-1, NULL, options)) > 0) {
        struct place *place = find_place(c, process);
        if (place)
            place->process = 0;
    }
}

/* Ends the client that has been silent longest, if not all are being answered.
 */
static void make_room(const struct clients *c)
{
    struct place *silent = NULL;
    int64_t since = INT64_MAX;
    for (size_t i = 0; i < CLIENTS_MAX; i++) {
        const int64_t idle = atomic_load(&c->places[i].idle);
        if (idle > 0 && idle < since) {
            since = idle;
            silent = &c->places[i];
        }
    }
    if (!silent)
        return;
    kill(silent->process, SIGTERM);
    atomic_store(&silent->idle, 0); /* so that the next time it is another */
}

static void start_client(const struct clients *c, struct place *place, int fd)
{
    atomic_store(&place->idle, 0);
    const pid_t process = fork();
    if (process == 0)
        attend(c, fd, place);
    if (process > 0)
        place->process = process;
    else
        message_warning(c->messages, "cannot make a process for a client: %s",
                        strerror(errno));
    close(fd);
}

/* What cannot be accepted for lack of descriptors stays, and would make this
 * run in circles. */
static void accept_client(const struct clients *c, struct place *place)
{
    const int fd = accept4(c->listening, NULL, NULL, SOCK_CLOEXEC);
    if (fd >= 0)
        start_client(c, place, fd);
    else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
        (void)poll(NULL, 0, PAUSE_MS);
}

/* --- the whole ------------------------------------------------------------ */

/* Whether it is to go on. */
static bool read_signal(const struct clients *c)
{
    struct signalfd_siginfo info;
    if (read(c->signals, &info, sizeof info) != sizeof info)
        return true;
    if (info.ssi_signo != SIGCHLD)
        return false;
    reap(c, WNOHANG);
    return true;
}

static void serve(const struct clients *c)
{
    for (;;) {
        struct pollfd polled[] = {{.fd = c->signals, .events = POLLIN},
                                  {.fd = c->listening, .events = POLLIN}};
        struct place *place = find_place(c, 0);
        if (poll(polled, 2, -1) < 0)
            continue;
        if (polled[0].revents) {
            if (!read_signal(c))
                return;
        } else if (place) {
            accept_client(c, place);
        } else {
            make_room(c);
            (void)poll(polled, 1, PAUSE_MS);
        }
    }
}

static bool any_left(const struct clients *c)
{
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        if (c->places[i].process > 0)
            return true;
    return false;
}

static void signal_all(const struct clients *c, int number)
{
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        if (c->places[i].process > 0)
            kill(c->places[i].process, number);
}

static void end(const struct clients *c)
{
    struct pollfd polled = {.fd = c->signals, .events = POLLIN};
    signal_all(c, SIGTERM);
    reap(c, WNOHANG);
    while (any_left(c)) {
        if (poll(&polled, 1, LAST_ANSWERS_MS) == 0)
            signal_all(c, SIGKILL);
        else
            (void)read_signal(c);
        reap(c, WNOHANG);
    }
}

enum status clients_serve(int listening,
                          const struct searcher_settings *settings,
                          struct messages *messages, struct error *err)
{
    struct clients c = {
        .settings = settings, .messages = messages, .listening = listening};
    const size_t size = CLIENTS_MAX * sizeof *c.places;
    c.places = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (c.places == MAP_FAILED)
        return error_io(err, "share memory for", "clients");
    sigemptyset(&c.blocked);
    sigaddset(&c.blocked, SIGTERM);
    sigaddset(&c.blocked, SIGINT);
    sigaddset(&c.blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &c.blocked, &c.before);
    c.signals = signalfd(-1, &c.blocked, SFD_CLOEXEC | SFD_NONBLOCK);
    enum status status = STATUS_OK;
    if (c.signals < 0) {
        status = error_io(err, "wait for", "signals");
    } else {
        serve(&c);
        end(&c);
        close(c.signals);
    }
    sigprocmask(SIG_SETMASK, &c.before, NULL);
    munmap(c.places, size);
    return status;
}
