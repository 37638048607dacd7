/* How long a random test tries: its usual number of rounds; a quarter of it
 * under the sanitizers, which make each several times dearer; and twenty times
 * as many with MORGUE_LONG in the environment, as ./check --long sets it. */
#ifndef TESTS_SUPPORT_EFFORT_H
#define TESTS_SUPPORT_EFFORT_H

/* At least 1. */
unsigned effort(unsigned usual);

#endif
