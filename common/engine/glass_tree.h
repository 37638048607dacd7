/* The B-tree of a glass table, read through mmap: blocks, their items, and
 * walking from item to item in the order of keys.
 *
 * Knows no errors: false is damage, or that there is nothing. Never reads
 * outside the file, whatever is in it. Not for several threads at once. */
#ifndef COMMON_ENGINE_GLASS_TREE_H
#define COMMON_ENGINE_GLASS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/engine/glass_inflate.h"
#include "common/engine/glass_version.h"
#include "common/mapped_file.h"
#include "common/text.h"

enum {
    GLASS_LEVELS_MAX = 10,
    GLASS_FLAG_DEFLATED = 0x80,
    GLASS_FLAG_LAST = 0x40,
    GLASS_FLAG_FIRST = 0x20
};

struct glass_tree {
    struct mapped_file file;
    struct glass_inflater *inflater; /* for who reads it; one at a time */
    uint32_t block_size;
    uint64_t root;
    unsigned level;
};

/* Entries are split in parts, numbered from 1. */
struct glass_key {
    struct text bytes;
    unsigned part;
};

struct glass_block {
    const uint8_t *bytes;
    size_t items, size;
};

/* An item of a leaf: key and tag, or a part of it; of a branch: key and child.
 * Its texts lie in the file. */
struct glass_item {
    struct glass_key key;
    struct text tag;
    uint8_t flags;
    uint64_t child;
};

/* Where an item is: a block of each level, the leaf first, and the number of
 * the item in it. */
struct glass_place {
    struct {
        struct glass_block block;
        size_t item;
    } at[GLASS_LEVELS_MAX];
};

/* False if it cannot be opened or is of an unknown kind. */
bool glass_tree_open(struct glass_tree *out, const char *path,
                     const struct glass_root *root) NODISCARD;
void glass_tree_done(struct glass_tree *t);

/* The last item that is not behind `key`; false, too, if there is none. */
bool glass_tree_find(const struct glass_tree *t, const struct glass_key *key,
                     struct glass_place *place, struct glass_item *out)
    NODISCARD;
/* The item behind the one at `place`; false, too, if there is none. */
bool glass_tree_next(const struct glass_tree *t, struct glass_place *place,
                     struct glass_item *out) NODISCARD;

/* Whether that very item was found. */
bool glass_item_has_key(const struct glass_item *item,
                        const struct glass_key *key);

/* A docid as a key, or the end of one: ascending bytes for ascending docids. */
enum { GLASS_DOCID_KEY_MAX = 5 };
struct text glass_docid_key(uint32_t docid, char room[GLASS_DOCID_KEY_MAX]);

#endif
