#include "common/original.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/container.h"
#include "common/digest.h"
#include "common/input.h"

enum { PATH_BYTES = 4096 };

static uint32_t first_three(struct digest d)
{
    return (uint32_t)d.bytes[0] << 16 | (uint32_t)d.bytes[1] << 8 | d.bytes[2];
}

void original_measure(struct origin *origin, struct text bytes)
{
    origin->length = bytes.len;
    origin->digest = first_three(digest_of(bytes));
}

void original_measure_parts(struct origin *origin, uint64_t length,
                            const struct digester *parts)
{
    origin->length = length;
    origin->digest = first_three(digester_value(parts));
}

static enum status changed(const struct origin *o, struct error *err)
{
    return error_set(err, STATUS_SOURCE, "'%.*s' has changed since it was read",
                     TEXT_ARG(o->path));
}

/* False if the bytes behind `skip` are not those that were read. */
static bool take(struct input *in, uint64_t skip, const struct origin *o,
                 struct strbuf *out)
{
    struct error ignored = ERROR_NONE;
    struct text part;
    const size_t start = out->len;
    uint64_t wanted = o->length;
    while (wanted > 0 && !out->overflowed) {
        if (input_read(in, &part, &ignored) != STATUS_OK || part.len == 0)
            break;
        uint64_t passed = part.len < skip ? part.len : skip;
        skip -= passed;
        part = text_slice(part, (size_t)passed, part.len);
        part =
            text_slice(part, 0, wanted < part.len ? (size_t)wanted : part.len);
        strbuf_append(out, part);
        wanted -= part.len;
    }
    struct text got = strbuf_text(out);
    if (wanted == 0 && !out->overflowed &&
        first_three(digest_of(text_slice(got, start, got.len))) == o->digest)
        return true;
    strbuf_truncate(out, start);
    return false;
}

/* --- in a file ------------------------------------------------------------ */

static enum status open_file(struct input **out, const struct origin *o,
                             struct error *err)
{
    char path[PATH_BYTES];
    if (o->path.len >= sizeof path)
        return error_set(err, STATUS_SOURCE, "the path is too long");
    memcpy(path, o->path.ptr, o->path.len);
    path[o->path.len] = '\0';
    if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return error_set(err, STATUS_SOURCE, "'%s' is gone", path);
    return input_open(out, path, err);
}

/* At the place itself, without reading what is before it. */
static bool take_at_once(const struct input *opened, const struct origin *o,
                         struct strbuf *out)
{
    struct error ignored = ERROR_NONE;
    AUTO(input) in = NULL;
    const struct input_place place = {o->offset,
                                      input_is_gzip(opened) ? 0 : o->offset};
    return o->offset > 0 &&
           input_open_at(&in, input_path(opened), &place, &ignored) ==
               STATUS_OK &&
           take(in, 0, o, out);
}

/* --- in a container ------------------------------------------------------- */

/* Whether `path` is that of the member, or of a container that it is in. */
static bool leads_to(struct text path, struct text member)
{
    if (!text_starts_with(member, path))
        return false;
    return member.len == path.len || member.ptr[path.len] == '/';
}

/* Takes `in`, the container, over. `depth` bytes of a member's path are those
 * of the file. */
static bool find_member(struct input *in, const struct origin *o, size_t depth,
                        struct strbuf *out)
{
    struct error ignored = ERROR_NONE;
    AUTO(input) packed = in;
    AUTO(container) c = NULL;
    const struct container_limits limits = CONTAINER_LIMITS;
    bool found = false;
    if (container_new(&c, packed, &limits, &ignored) != STATUS_OK)
        return false;
    for (;;) {
        AUTO(input) member = NULL;
        if (found || container_next(c, &member, &ignored) != STATUS_OK)
            return found;
        struct text path = text_from(input_path(member));
        path = text_slice(path, depth, path.len);
        bool raw = path.len == 0;
        if (!raw)
            path = text_slice(path, 1, path.len);
        if (!raw && !leads_to(path, o->member))
            continue;
        if (container_recognise(input_peek(member, INPUT_PEEK_MAX)))
            found = find_member(TAKE(member), o, depth, out);
        else if (path.len == o->member.len)
            found = take(member, o->offset, o, out);
    }
}

enum status original_read(const struct origin *o, struct strbuf *out,
                          struct error *err)
{
    AUTO(input) in = NULL;
    if (text_is(o->path, "-"))
        return error_set(err, STATUS_SOURCE,
                         "the article came from standard input");
    if (o->length == 0)
        return error_set(err, STATUS_SOURCE,
                         "the place of the article in '%.*s' is not known",
                         TEXT_ARG(o->path));
    enum status status = open_file(&in, o, err);
    if (status != STATUS_OK)
        return status;
    const bool packed = container_recognise(input_peek(in, INPUT_PEEK_MAX));
    if (packed)
        return find_member(TAKE(in), o, o->path.len, out) ? STATUS_OK
                                                          : changed(o, err);
    if (o->member.len == 0 &&
        (take_at_once(in, o, out) || take(in, o->offset, o, out)))
        return STATUS_OK;
    return changed(o, err);
}
