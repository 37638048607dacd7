#include "indexer/segment/run_list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/segment/run_file.h"
#include "indexer/segment/run_merge.h"

enum { OPEN_MAX_RUNS = 2 * RUN_LIST_WIDTH, PATH_SIZE_MAX = 1 << 16 };

struct run {
    char *path;
    unsigned level; /* how often its postings were merged */
};

struct run_list {
    char *folder;
    struct run *runs;
    size_t count, capacity;
    unsigned made; /* for names */
};

struct run_list *run_list_new(const char *folder)
{
    struct run_list *l = mem_zeroed(1, sizeof *l);
    l->folder = mem_copy_string(folder, strlen(folder));
    return l;
}

/* Forgets the runs from number `from` on, and their files. */
static void drop(struct run_list *l, size_t from)
{
    for (; l->count > from; l->count--) {
        struct run *run = &l->runs[l->count - 1];
        unlink(run->path);
        free(run->path);
    }
}

void run_list_free(struct run_list *l)
{
    if (!l)
        return;
    drop(l, 0);
    free(l->runs);
    free(l->folder);
    free(l);
}

size_t run_list_count(const struct run_list *l)
{
    return l->count;
}

/* A new last run, of which there is only the name so far. */
static struct run *begin_run(struct run_list *l, unsigned level)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    strbuf_append_format(&path, "%s/run.%u", l->folder, l->made++);
    MEM_GROW(l->runs, l->count, l->capacity);
    struct run *run = &l->runs[l->count++];
    *run = (struct run){mem_copy_string(path.ptr, path.len), level};
    return run;
}

/* Merges the `count` runs from number `from` on. */
static enum status merge(const struct run_list *l, size_t from, size_t count,
                         const struct posting_sink *sink, struct error *err)
{
    const char **paths = mem_zeroed(count, sizeof *paths);
    for (size_t i = 0; i < count; i++)
        paths[i] = l->runs[from + i].path;
    enum status status = run_merge(paths, count, sink, err);
    free(paths);
    return status;
}

/* Makes one of the last RUN_LIST_WIDTH runs. */
static enum status unite_last(struct run_list *l, struct error *err)
{
    AUTO(run_writer) w = NULL;
    size_t from = l->count - RUN_LIST_WIDTH;
    struct run *united = begin_run(l, l->runs[from].level + 1);
    enum status status = run_writer_new(&w, united->path, err);
    if (status != STATUS_OK)
        return status;
    const struct posting_sink sink = run_writer_sink(w);
    status = merge(l, from, RUN_LIST_WIDTH, &sink, err);
    if (status == STATUS_OK)
        status = run_writer_finish(w, err);
    if (status != STATUS_OK)
        return status;
    struct run kept = l->runs[--l->count];
    drop(l, from);
    l->runs[l->count++] = kept;
    return STATUS_OK;
}

/* Levels fall from first to last, so that the last runs are of one level when
 * the first of them is of the last one's. */
static bool has_full_level(const struct run_list *l)
{
    return l->count >= RUN_LIST_WIDTH &&
           l->runs[l->count - RUN_LIST_WIDTH].level ==
               l->runs[l->count - 1].level;
}

enum status run_list_add(struct run_list *l, struct inverter *inv,
                         struct error *err)
{
    enum status status = run_file_write(inv, begin_run(l, 0)->path, err);
    while (status == STATUS_OK && has_full_level(l))
        status = unite_last(l, err);
    return status;
}

enum status run_list_write(struct run_list *l, const struct posting_sink *sink,
                           struct error *err)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && l->count > OPEN_MAX_RUNS)
        status = unite_last(l, err);
    return status == STATUS_OK ? merge(l, 0, l->count, sink, err) : status;
}
