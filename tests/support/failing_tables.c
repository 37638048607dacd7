#include "tests/support/failing_tables.h"

atomic_int failing_tables_adds = -1, failing_tables_finishes = -1;

static enum status count_down(atomic_int *left, struct error *err)
{
    int before = atomic_load(left);
    while (before > 0)
        if (atomic_compare_exchange_weak(left, &before, before - 1))
            return STATUS_OK;
    return before < 0 ? STATUS_OK
                      : error_set(err, STATUS_IO, "no space left for tests");
}

static enum status failing_open(struct tables **out, const char *path,
                                size_t memory, struct error *err)
{
    enum status status = tables_glass.open(out, path, memory, err);
    if (status == STATUS_OK)
        (*out)->format = &failing_tables;
    return status;
}

static enum status failing_add(struct tables *t, const struct document *d,
                               struct error *err)
{
    enum status status = count_down(&failing_tables_adds, err);
    return status == STATUS_OK ? tables_glass.add(t, d, err) : status;
}

static enum status failing_finish(struct tables *t,
                                  struct manifest_segment *out,
                                  struct error *err)
{
    enum status status = count_down(&failing_tables_finishes, err);
    return status == STATUS_OK ? tables_glass.finish(t, out, err) : status;
}

static void failing_free(struct tables *t)
{
    tables_glass.free(t);
}

const struct tables_format failing_tables = {
    .name = "failing",
    .takes_deflated = true,
    .open = failing_open,
    .add = failing_add,
    .finish = failing_finish,
    .free = failing_free,
};
