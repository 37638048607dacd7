#include "common/clock.h"

#include <criterion/criterion.h>
#include <math.h>
#include <time.h>

Test(clock, counts_seconds_and_never_back)
{
    const struct timespec while_ = {0, 30000000};
    double before = clock_now_s();
    nanosleep(&while_, NULL);
    double passed = clock_now_s() - before;
    cr_assert(passed >= 0.03 && passed < 20, "%f", passed);
}

Test(clock, a_moment_passes_by_itself_or_is_cut_short)
{
    cr_expect(!clock_passed(0), "no deadline");
    cr_expect(clock_passed(clock_now_s() - 1));
    cr_expect(!clock_passed(clock_now_s() + 100));
    clock_cut_short();
    cr_expect(clock_passed(clock_now_s() + 100));
    cr_expect(clock_passed(INFINITY));
    cr_expect(!clock_passed(0));
    clock_go_on();
    cr_expect(!clock_passed(INFINITY));
}
