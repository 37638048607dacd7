/* Years, months and days, numbered so that the next one has the next number. */
#ifndef SEARCHER_PERIOD_H
#define SEARCHER_PERIOD_H

#include <stddef.h>
#include <stdint.h>

enum period_kind { PERIOD_YEAR, PERIOD_MONTH, PERIOD_DAY };
enum { PERIOD_LABEL_SIZE = 64 };

/* That which a day is in; days are numbered from 1970-01-01 on. */
int64_t period_of(int64_t day, enum period_kind kind);

/* Writes 2022, 2022-02 or 2022-02-07; returns its length. */
size_t period_label(char out[PERIOD_LABEL_SIZE], int64_t number,
                    enum period_kind kind);

#endif
