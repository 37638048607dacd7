/* A date as a person reads it: 7 Feb 2022. Days are UTC's. */
#ifndef SEARCHER_DAY_H
#define SEARCHER_DAY_H

#include "common/timestamp.h"

enum { DAY_SIZE = 64 };

/* Empty for the unknown moment. */
void day_write(timestamp t, char out[DAY_SIZE]);

#endif
