#include "common/clock.h"

#include <criterion/criterion.h>
#include <time.h>

Test(clock, counts_seconds_and_never_back)
{
    const struct timespec while_ = {0, 30000000};
    double before = clock_now_s();
    nanosleep(&while_, NULL);
    double passed = clock_now_s() - before;
    cr_assert(passed >= 0.03 && passed < 20, "%f", passed);
}
