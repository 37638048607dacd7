/* Inflates what a table's entries have deflated.
 *
 * Life cycle: all zeros, glass_inflate() any number of times,
 * glass_inflater_done(). */
#ifndef COMMON_ENGINE_GLASS_INFLATE_H
#define COMMON_ENGINE_GLASS_INFLATE_H

#include <stdbool.h>

#include "common/compiler.h"
#include "common/strbuf.h"
#include "common/text.h"

struct glass_inflater {
    struct libdeflate_decompressor *machine; /* from the first use on */
};

void glass_inflater_done(struct glass_inflater *i);

/* Appends to `out`. False if it is damaged or would make `out` longer than it
 * may be. */
bool glass_inflate(struct glass_inflater *i, struct text packed,
                   struct strbuf *out) NODISCARD;

#endif
