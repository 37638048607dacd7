/* The file `iamglass` is 14 bytes of magic, 2 of version, 16 of UUID, the
 * revision, the tables, and statistics. A table is its root block; level * 4 +
 * sequential * 2 + unwritten; entries; block size / 2048; a threshold for
 * compression; and the free list, a string with its length in front. Numbers
 * are varints. */
#include "common/engine/glass_version.h"

#include "common/error.h"
#include "common/strbuf.h"
#include "common/whole_file.h"

enum { PATH_SIZE_MAX = 1 << 16, FILE_MAX = 1 << 20, BEFORE_REVISION = 32 };

static bool read_number(struct text *rest, uint64_t *out)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && rest->len > 0; shift += 7) {
        unsigned char byte = (unsigned char)rest->ptr[0];
        *rest = text_slice(*rest, 1, rest->len);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = number;
            return true;
        }
    }
    return false;
}

static bool read_root(struct text *rest, struct glass_root *out)
{
    uint64_t flags, threshold, free_list;
    if (!read_number(rest, &out->block) || !read_number(rest, &flags) ||
        !read_number(rest, &out->entries) ||
        !read_number(rest, &out->block_size) ||
        !read_number(rest, &threshold) || !read_number(rest, &free_list) ||
        free_list > rest->len)
        return false;
    out->written = (flags & 1) == 0;
    out->level = flags >> 2;
    out->block_size *= 2048;
    *rest = text_slice(*rest, (size_t)free_list, rest->len);
    return true;
}

bool glass_version_read(struct glass_version *out, const char *path)
{
    AUTO_DONE(strbuf) name = STRBUF_INIT(PATH_SIZE_MAX);
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(FILE_MAX);
    struct error ignored = ERROR_NONE;
    strbuf_append_format(&name, "%s/iamglass", path);
    if (whole_file_read(&bytes, strbuf_string(&name), &ignored) != STATUS_OK)
        return false;
    struct text rest =
        text_slice(strbuf_text(&bytes), BEFORE_REVISION, bytes.len);
    struct glass_version version;
    uint64_t revision;
    if (!read_number(&rest, &revision))
        return false;
    for (unsigned i = 0; i < GLASS_TABLES; i++)
        if (!read_root(&rest, &version.tables[i]))
            return false;
    *out = version;
    return true;
}
