/* Ways of writing a date that machines have, in the form that the parser
 * (common/date_parser.h) reads: 2022/02/07, 2022-2-7, 2022年2月7日, 13/02/2022,
 * 2/13/2022, and ctime()'s Mon Feb 7 18:45:00 2022. */
#ifndef COMMON_DATE_REWRITE_H
#define COMMON_DATE_REWRITE_H

#include <stdbool.h>

#include "common/text.h"

enum { DATE_REWRITTEN_SIZE = 64 };

/* False if it is none of these, or if day and month could be either:
 * 07/02/2022. `*out` borrows `buffer`. */
bool date_rewrite(struct text t, char buffer[DATE_REWRITTEN_SIZE],
                  struct text *out);

#endif
