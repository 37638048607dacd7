/* How long things take. */
#ifndef COMMON_CLOCK_H
#define COMMON_CLOCK_H

#include <stdbool.h>

/* Seconds since some moment; never goes back, whatever happens to the date. */
double clock_now_s(void);

/* Whether the moment has passed that something is to be done by; 0 is none, and
 * INFINITY never comes by itself (and takes no look at the clock). It has for
 * everything between clock_cut_short(), which a handler of signals may call,
 * and clock_go_on(). */
bool clock_passed(double deadline_s);
void clock_cut_short(void);
void clock_go_on(void);

#endif
