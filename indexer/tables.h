/* The engine's tables of one segment, behind one narrow interface: documents
 * go in, a folder that the engine can open comes out. tables_glass.c writes the
 * tables directly; tables_api.c builds them through the engine's own writer,
 * several times slower: what the direct writer is tested against, and what is
 * used where the engine cannot read its tables.
 *
 * Life cycle: tables->open(), add(), finish(), free(). Not for use by several
 * threads at once. Without finish the folder holds unfinished files and the
 * caller removes it. */
#ifndef INDEXER_TABLES_H
#define INDEXER_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"
#include "indexer/document.h"

struct tables;

struct tables_format {
    const char *name;
    /* Documents may come with their data deflated; of a format that opens
     * tables of others: some of them may. */
    bool takes_deflated;
    /* In the empty folder `path`. */
    enum status (*open)(struct tables **out, const char *path, size_t memory,
                        struct error *err);
    /* Docids count from 1 in the order of adding. */
    enum status (*add)(struct tables *t, const struct document *d,
                       struct error *err);
    /* Writes what is left, durably, and fills in the segment's UUID and files;
     * its name is there. */
    enum status (*finish)(struct tables *t, struct manifest_segment *out,
                          struct error *err);
    void (*free)(struct tables *t);
};

/* What every kind of tables begins with. */
struct tables {
    const struct tables_format *format;
    size_t memory; /* bytes it may hold, about; may change between two adds */
};

/* Adds the file called `name` in the segment's folder to its files; size and
 * digest are the caller's to fill in. */
struct manifest_file *tables_file(struct manifest_segment *segment,
                                  const char *name);

extern const struct tables_format tables_api, tables_glass;

#endif
