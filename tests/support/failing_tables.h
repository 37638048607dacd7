/* A segment's tables that say at some point that the disk is full, and are
 * tables_glass otherwise. Counted over all tables of the process. */
#ifndef TESTS_SUPPORT_FAILING_TABLES_H
#define TESTS_SUPPORT_FAILING_TABLES_H

#include <stdatomic.h>

#include "indexer/tables.h"

extern const struct tables_format failing_tables;

/* How many more succeed before one fails, and all that follow. A negative
 * number, as at first: all succeed. */
extern atomic_int failing_tables_adds, failing_tables_finishes;

#endif
