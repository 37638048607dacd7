#include "tests/support/gzip.h"

#include <stdlib.h>
#include <zlib.h>

void gzip_append(struct strbuf *out, struct text t)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY = 8 };
    z_stream z = {0};
    if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        exit(99);
    size_t bound = deflateBound(&z, t.len);
    char *room = strbuf_reserve(out, bound);
    if (!room)
        exit(99);
    z.next_in = (Bytef *)t.ptr;
    z.avail_in = (uInt)t.len;
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)bound;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        exit(99);
    out->len += bound - z.avail_out;
    deflateEnd(&z);
}
