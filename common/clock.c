#include "common/clock.h"

#include <math.h>
#include <signal.h>
#include <time.h>

static volatile sig_atomic_t cut_short;

double clock_now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool clock_passed(double deadline_s)
{
    if (deadline_s == 0)
        return false;
    return cut_short || (deadline_s < INFINITY && clock_now_s() > deadline_s);
}

void clock_cut_short(void)
{
    cut_short = 1;
}

void clock_go_on(void)
{
    cut_short = 0;
}
