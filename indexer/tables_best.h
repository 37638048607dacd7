/* Tables written directly, if the Xapian that this program is linked with can
 * read what comes of it, else built through Xapian.
 *
 * That is found out when the first tables of the process are opened, by a small
 * segment in their folder, and costs a few fsyncs; what library is linked does
 * not change afterwards. */
#ifndef INDEXER_TABLES_BEST_H
#define INDEXER_TABLES_BEST_H

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/tables.h"

extern const struct tables_format tables_best;

/* Why tables are not written directly; STATUS_OK if they are, or none have
 * been opened yet. */
struct error tables_best_obstacle(void);

struct tables_choice {
    const struct tables_format *format; /* `first` or tables_api */
    struct error obstacle;              /* to `first`; STATUS_OK: none */
};

/* What tables_best does once, with any format in the place of tables_glass:
 * two documents are written in PROBE, a folder that is made in `folder` and
 * removed, and read back. Only what keeps them from being written is an error.
 */
enum status tables_best_choose(struct tables_choice *out,
                               const struct tables_format *first,
                               const char *folder, struct error *err) NODISCARD;

#endif
