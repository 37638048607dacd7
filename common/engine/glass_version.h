/* What the version file of a glass segment says of its tables. */
#ifndef COMMON_ENGINE_GLASS_VERSION_H
#define COMMON_ENGINE_GLASS_VERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"

/* In the file's order. */
enum glass_tables {
    GLASS_POSTLIST,
    GLASS_DOCDATA,
    GLASS_TERMLIST,
    GLASS_POSITION,
    GLASS_SPELLING,
    GLASS_SYNONYM,
    GLASS_TABLES
};

struct glass_root {
    bool written;        /* or not so much as a file */
    uint64_t block;      /* its number */
    uint64_t level;      /* 0: it is a leaf */
    uint64_t entries;    /* in the table */
    uint64_t block_size; /* in bytes */
};

struct glass_version {
    struct glass_root tables[GLASS_TABLES];
};

/* Of the segment at `path`; false if the file is missing or too short. What it
 * says may be nonsense. */
bool glass_version_read(struct glass_version *out, const char *path) NODISCARD;

#endif
