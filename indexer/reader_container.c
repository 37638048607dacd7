/* Reads what is packed (common/container.h): every member as if it were a file,
 * in whatever format its content is; containers in containers, three deep. */
#include <stdlib.h>
#include <string.h>

#include "common/container.h"
#include "common/mem.h"
#include "indexer/reader.h"

extern const struct reader_format reader_container;

struct reader_container {
    struct reader base;
    struct input *in;
    struct container *container; /* by the first article, with its limits */
    struct reader *member;       /* that is being read; or NULL */
    uint64_t warnings, mojibake; /* of it */
    bool ended;
};

static int recognise(struct text head)
{
    return container_recognise(head) ? 2 : 0;
}

static enum status container_open(struct reader **out, struct input *in,
                                  struct error *err)
{
    (void)err;
    struct reader_container *r = mem_zeroed(1, sizeof *r);
    r->in = in;
    *out = &r->base;
    return STATUS_OK;
}

static void free_reader(struct reader *reader)
{
    struct reader_container *r = (struct reader_container *)reader;
    reader_free(r->member);
    container_free(r->container);
    input_free(r->in);
    free(r);
}

/* A reader for the next member. STATUS_END if there is none. */
static enum status next_member(struct reader_container *r, struct error *err)
{
    struct input *in;
    enum status status = STATUS_OK;
    if (!r->container)
        status =
            container_new(&r->container, r->in, &r->base.limits.container, err);
    r->ended = status != STATUS_OK;
    if (status == STATUS_OK)
        status = container_next(r->container, &in, err);
    if (status == STATUS_OK)
        status = reader_open_input(&r->member, in, NULL, err);
    if (status == STATUS_OK) {
        r->member->limits = r->base.limits;
        r->member->newest = r->base.newest;
        r->member->map = r->base.map;
        r->warnings = r->mojibake = 0;
    }
    return status;
}

/* What the member's reader said is said again as the container's. */
static void take_over(struct reader_container *r)
{
    const struct reader *m = r->member;
    if (m->warnings > r->warnings) {
        r->base.warnings += m->warnings - r->warnings;
        memcpy(r->base.warning, m->warning, sizeof m->warning);
    }
    r->warnings = m->warnings;
    r->base.mojibake += m->mojibake - r->mojibake;
    r->mojibake = m->mojibake;
    r->base.reject = m->reject;
    r->base.reject_bytes = m->reject_bytes;
    r->base.reject_reason = m->reject_reason;
    r->base.withdrawn = m->withdrawn;
}

static enum status reject_member(struct reader_container *r)
{
    const bool lost = r->container && container_is_lost(r->container);
    return reader_reject(
        &r->base, &(struct rejection){
                      .reason = lost ? "damaged-archive" : "unknown-format",
                      .origin.path = text_from(input_path(r->in))});
}

static enum status read_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_container *r = (struct reader_container *)reader;
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        if (r->member) {
            status = reader_next(r->member, arena, out, err);
            take_over(r);
            if (status != STATUS_END)
                return status;
            reader_free(r->member);
            r->member = NULL;
        }
        status = r->ended ? STATUS_END : next_member(r, err);
    }
    return status == STATUS_SOURCE ? reject_member(r) : status;
}

const struct reader_format reader_container = {
    .name = "container",
    .summary = "tar, zip, zstd, xz or bzip2 around any of them",
    .recognise = recognise,
    .open = container_open,
    .next = read_next,
    .free = free_reader,
};
