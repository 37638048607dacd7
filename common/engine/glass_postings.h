/* The postings of a term, or the documents' lengths, in a segment's
 * postlist.glass, read through mmap.
 *
 *     struct glass_postings p;
 *     if (glass_postings_open(&p, tree, term) == GLASS_THERE)
 *         do
 *             ... p.docid, p.count ...
 *         while (glass_postings_next(&p) == GLASS_THERE);
 *     glass_postings_done(&p);
 *
 * Docids ascend and are never 0. Knows no errors: what is damaged or of an
 * unknown kind is GLASS_DAMAGED, and the engine is to be asked instead. */
#ifndef COMMON_ENGINE_GLASS_POSTINGS_H
#define COMMON_ENGINE_GLASS_POSTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/engine/engine.h"
#include "common/engine/glass_tree.h"
#include "common/strbuf.h"
#include "common/text.h"

enum glass_state { GLASS_THERE, GLASS_END, GLASS_DAMAGED };

struct glass_postings {
    uint32_t docid, count; /* of the present posting */
    uint32_t frequency;    /* postings in all; 0 for the lengths */

    const struct glass_tree *tree; /* borrowed */
    struct glass_place place;      /* of the present chunk */
    const uint8_t *at, *end;       /* what of it is still to be read */
    uint32_t chunk_last;           /* docid */
    bool last_chunk;
    enum glass_density { GLASS_UNKNOWN, GLASS_DENSE, GLASS_SPARSE } density;
    struct strbuf joined;   /* a chunk in several parts */
    struct strbuf inflated; /* a chunk that was deflated */
    bool lengths;           /* or a term's postings */
    size_t term_len;        /* of `key`: how the keys of all chunks begin */
    char key[ENGINE_TERM_MAX + 8];
};

/* Several postings. */
enum { GLASS_RUN = 1024 };
struct glass_run {
    uint32_t docids[GLASS_RUN], counts[GLASS_RUN];
    size_t count;
};

/* The empty term stands for the lengths of documents. Terms with NUL bytes are
 * of an unknown kind. To be done with whatever is returned. */
enum glass_state glass_postings_open(struct glass_postings *p,
                                     const struct glass_tree *tree,
                                     struct text term) NODISCARD;
void glass_postings_done(struct glass_postings *p);

/* Not to be called again after anything but GLASS_THERE. */
enum glass_state glass_postings_next(struct glass_postings *p) NODISCARD;

/* Replaces the run by the present posting and those behind it whose docid is at
 * most `last`, as far as they fit; what follows them is the present one then.
 * As glass_postings_next() otherwise. */
enum glass_state glass_postings_read(struct glass_postings *p, uint32_t last,
                                     struct glass_run *out) NODISCARD;

/* Takes the counts of the present posting and of those behind it, as long as
 * each docid is one more than that before, at most `last`, and as far as that
 * is quick; what follows them is the present one then. Returns how many. */
uint32_t glass_postings_read_row(struct glass_postings *p, uint32_t last,
                                 uint32_t *counts);

/* To the first posting of `docid` or behind it; never back. */
enum glass_state glass_postings_seek(struct glass_postings *p, uint32_t docid)
    NODISCARD;

#endif
