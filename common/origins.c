/* Format of the file `origins`, version 2. Fixed numbers are little-endian.
 *
 *     header    the 16 bytes "morgue origin 2\n"
 *     paths     in blocks of 16; each as the varints of how many bytes it
 *               shares with the path before (0 in a block's first) and of how
 *               many follow, then these
 *               of a member of a container that of the container, a NUL byte
 *               and the member's
 *     blocks    for each block where it begins in the file: 5 bytes each
 *     rows      for each article, in docid order, the number of its path, from
 *               0, its offset and its length, as many bytes each as the trailer
 *               says, and its digest (3)
 *     trailer   articles (4), paths (4), offset of the blocks (8), bytes of a
 *               path's number (1), of an offset (1) and of a length (1)
 *
 * A path that articles in a row share stands there once. */
#include "common/origins.h"

#include <stdlib.h>
#include <string.h>

#include "common/mapped_file.h"
#include "common/mem.h"
#include "common/packed.h"

struct origins {
    struct mapped_file file;
    uint32_t articles, paths;
    unsigned path_width, offset_width, length_width;
    const uint8_t *blocks, *rows;
};

static unsigned row_width(const struct origins *o)
{
    return o->path_width + o->offset_width + o->length_width +
           ORIGINS_DIGEST_SIZE;
}

static bool read_layout(struct origins *o)
{
    if (o->file.size < ORIGINS_HEADER_SIZE + ORIGINS_TRAILER_SIZE ||
        memcmp(o->file.data, ORIGINS_HEADER, ORIGINS_HEADER_SIZE) != 0)
        return false;
    const uint64_t content = o->file.size - ORIGINS_TRAILER_SIZE;
    const uint8_t *trailer = o->file.data + content;
    o->articles = (uint32_t)packed_get_fixed(trailer, 4);
    o->paths = (uint32_t)packed_get_fixed(trailer + 4, 4);
    const uint64_t blocks = packed_get_fixed(trailer + 8, 8);
    o->path_width = trailer[16];
    o->offset_width = trailer[17];
    o->length_width = trailer[18];
    const uint64_t block_size = ((uint64_t)o->paths + ORIGINS_BLOCK - 1) /
                                ORIGINS_BLOCK * ORIGINS_PLACE_SIZE;
    const uint64_t row_size = (uint64_t)o->articles * row_width(o);
    if (o->path_width > 4 || o->offset_width > 8 || o->length_width > 8 ||
        blocks < ORIGINS_HEADER_SIZE || blocks > content ||
        content - blocks != block_size + row_size)
        return false;
    o->blocks = o->file.data + blocks;
    o->rows = o->blocks + block_size;
    return true;
}

enum status origins_open(struct origins **out, const char *path,
                         struct error *err)
{
    AUTO(origins) o = mem_zeroed(1, sizeof *o);
    enum status status = mapped_file_open(&o->file, path, err);
    if (status != STATUS_OK)
        return status;
    if (!read_layout(o))
        return error_set(err, STATUS_CORRUPT,
                         "'%s' does not say where articles come from", path);
    *out = TAKE(o);
    return STATUS_OK;
}

void origins_free(struct origins *o)
{
    if (!o)
        return;
    mapped_file_done(&o->file);
    free(o);
}

uint32_t origins_articles(const struct origins *o)
{
    return o->articles;
}

/* Makes `path`, which holds the one before, the next. */
static bool next_path(const uint8_t **at, const uint8_t *end,
                      struct strbuf *path)
{
    uint64_t shared, more;
    if (!packed_get_varint(at, end, &shared) || shared > path->len ||
        !packed_get_varint(at, end, &more) || more > (size_t)(end - *at))
        return false;
    strbuf_truncate(path, (size_t)shared);
    strbuf_append(path, text_make((const char *)*at, (size_t)more));
    *at += more;
    return !path->overflowed;
}

static bool find_path(const struct origins *o, uint32_t number,
                      struct strbuf *path)
{
    if (number >= o->paths)
        return false;
    const uint8_t *place =
        o->blocks + (size_t)(number / ORIGINS_BLOCK) * ORIGINS_PLACE_SIZE;
    const uint64_t from = packed_get_fixed(place, ORIGINS_PLACE_SIZE);
    if (from < ORIGINS_HEADER_SIZE ||
        from > (uint64_t)(o->blocks - o->file.data))
        return false;
    const uint8_t *at = o->file.data + from;
    strbuf_reset(path);
    for (uint32_t i = 0; i <= number % ORIGINS_BLOCK; i++)
        if (!next_path(&at, o->blocks, path))
            return false;
    return true;
}

bool origins_get(const struct origins *o, uint32_t docid, struct strbuf *path,
                 struct origin *out)
{
    if (docid == 0 || docid > o->articles)
        return false;
    const uint8_t *row = o->rows + (size_t)(docid - 1) * row_width(o);
    const uint64_t number = packed_get_fixed(row, o->path_width);
    if (!find_path(o, (uint32_t)number, path))
        return false;
    const uint8_t *at = row + o->path_width;
    struct text member = strbuf_text(path), outer;
    (void)text_split(&member, '\0', &outer);
    *out = (struct origin){.path = outer,
                           .member = member,
                           .offset = packed_get_fixed(at, o->offset_width)};
    at += o->offset_width;
    out->length = packed_get_fixed(at, o->length_width);
    at += o->length_width;
    out->digest = (uint32_t)packed_get_fixed(at, ORIGINS_DIGEST_SIZE);
    return true;
}
