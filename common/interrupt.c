#include "common/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const int signals[] = {SIGINT, SIGTERM};
enum { SIGNALS = sizeof signals / sizeof *signals };

static volatile sig_atomic_t received;

static void receive(int number)
{
    received = number;
    for (size_t i = 0; i < SIGNALS; i++)
        signal(signals[i], SIG_DFL);
}

void interrupt_expect(void)
{
    /* Without SA_RESTART: who waits for input is woken. */
    struct sigaction action = {.sa_handler = receive};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction present;
        if (sigaction(signals[i], NULL, &present) == 0 &&
            present.sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
    }
}

int interrupt_signal(void)
{
    return received;
}

static void mask(int how)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaddset(&set, signals[i]);
    pthread_sigmask(how, &set, NULL);
}

void interrupt_hold(void)
{
    mask(SIG_BLOCK);
}

void interrupt_release(void)
{
    mask(SIG_UNBLOCK);
}
