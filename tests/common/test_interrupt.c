#include "common/interrupt.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

Test(interrupt, the_first_request_is_noted)
{
    cr_assert_eq(interrupt_signal(), 0);
    interrupt_expect();
    cr_assert_eq(interrupt_signal(), 0);
    raise(SIGTERM);
    cr_assert_eq(interrupt_signal(), SIGTERM);
}

static int end_of_child(void (*child)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        child();
        _exit(0);
    }
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    return status;
}

static void be_told_twice(void)
{
    interrupt_expect();
    raise(SIGTERM);
    raise(SIGINT);
}

Test(interrupt, the_second_ends_the_process)
{
    int status = end_of_child(be_told_twice);
    cr_assert(WIFSIGNALED(status));
    cr_assert_eq(WTERMSIG(status), SIGINT);
}

static void be_told_in_vain(void)
{
    signal(SIGINT, SIG_IGN);
    interrupt_expect();
    raise(SIGINT);
    if (interrupt_signal() != 0)
        _exit(1);
}

Test(interrupt, what_was_ignored_stays_ignored)
{
    cr_assert_eq(end_of_child(be_told_in_vain), 0);
}

static void wait_for_input(void)
{
    int ends[2];
    char byte;
    interrupt_expect();
    if (pipe(ends) != 0)
        _exit(1);
    alarm(20);
    if (fork() == 0) {
        usleep(100000);
        kill(getppid(), SIGTERM);
        _exit(0);
    }
    _exit(read(ends[0], &byte, 1) < 0 && errno == EINTR ? 0 : 2);
}

Test(interrupt, wakes_who_waits_for_input)
{
    cr_assert_eq(end_of_child(wait_for_input), 0);
}

static void hold_and_release(void)
{
    interrupt_expect();
    interrupt_hold();
    raise(SIGTERM);
    if (interrupt_signal() != 0)
        _exit(1);
    interrupt_release();
    _exit(interrupt_signal() == SIGTERM ? 0 : 2);
}

Test(interrupt, waits_while_it_is_held)
{
    cr_assert_eq(end_of_child(hold_and_release), 0);
}
