/* Where the articles of a segment were read: for each the path of the file, the
 * byte it begins at, its length and digest; read through mmap. The format is
 * described at the top of origins.c. */
#ifndef COMMON_ORIGINS_H
#define COMMON_ORIGINS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"

struct origins;

/* STATUS_STALE if the file is missing, STATUS_CORRUPT if its header or size is
 * wrong. */
enum status origins_open(struct origins **out, const char *path,
                         struct error *err) NODISCARD;
void origins_free(struct origins *o);
DEFINE_AUTO(origins);

uint32_t origins_articles(const struct origins *o); /* docids 1 to this */

/* `path`, whose content is replaced, holds the texts of `out`, whose line is 0.
 * False if the docid is out of range or what is said of it damaged. */
bool origins_get(const struct origins *o, uint32_t docid, struct strbuf *path,
                 struct origin *out) NODISCARD;

/* --- the format, for those who write it ---------------------------------- */

#define ORIGINS_HEADER "morgue origin 2\n"
enum {
    ORIGINS_HEADER_SIZE = 16,
    ORIGINS_TRAILER_SIZE = 19,
    ORIGINS_PLACE_SIZE = 5,
    ORIGINS_DIGEST_SIZE = 3,
    ORIGINS_BLOCK = 16,         /* paths */
    ORIGINS_PATH_MAX = 1 << 16, /* bytes; longer ones are cut */
};

#endif
