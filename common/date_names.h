/* What months, days of the week and zones of time are called, in English,
 * German, French, Spanish, Italian, Portuguese, Dutch, Swedish with Danish and
 * Norwegian, Polish, Russian and Turkish, as they stand in dates. */
#ifndef COMMON_DATE_NAMES_H
#define COMMON_DATE_NAMES_H

#include <stdbool.h>

#include "common/text.h"

/* The number from 1 of the month whose name begins with `word`, of three
 * characters or more; 0 if there is none. */
int date_month(struct text word);
bool date_is_weekday(struct text word);

/* What stands between the parts of a date and means nothing, such as "de" in
 * "7 de febrero de 2022", and "at", "um" or "Uhr". */
bool date_is_filler(struct text word);

/* What a zone is ahead of UTC, in seconds; `*summer` if an hour is to be added
 * while there is daylight saving time in the United States ("ET"). */
bool date_zone(struct text name, int *out, bool *summer);

#endif
