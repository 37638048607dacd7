/* Looks up entries of a glass table through mmap: for what is read often, and
 * one by one, such as the documents of a page of hits. Xapian reads a block or
 * two from the file for each.
 *
 * Knows no errors: what it cannot read, damage included, it says it has not,
 * and the engine is asked instead.
 *
 * Life cycle: glass_table_open(), any number of lookups, glass_table_free().
 * The file may be unlinked under it. Not for several threads at once. */
#ifndef COMMON_ENGINE_GLASS_TABLE_H
#define COMMON_ENGINE_GLASS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/engine/glass_tree.h"
#include "common/strbuf.h"
#include "common/text.h"

struct glass_table;

/* NULL if it cannot be opened or is of an unknown kind. */
struct glass_table *glass_table_open(const char *path,
                                     const struct glass_root *root);
void glass_table_free(struct glass_table *t);
DEFINE_AUTO(glass_table);

/* Appends the entry's tag, inflated if need be. False, and nothing appended, if
 * there is none, if it is longer than `out` may grow, or if it is damaged. */
bool glass_table_get(struct glass_table *t, struct text key, struct strbuf *out)
    NODISCARD;

#endif
