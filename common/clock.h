/* How long things take. */
#ifndef COMMON_CLOCK_H
#define COMMON_CLOCK_H

/* Seconds since some moment; never goes back, whatever happens to the date. */
double clock_now_s(void);

#endif
