#include "indexer/segment/table_feed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/segment/deflater.h"
#include "indexer/side_task.h"

/* In a block before the key and the tag of each entry. */
struct entry {
    uint32_t key, tag; /* bytes */
    enum table_feed_packing packing;
};

struct table_feed {
    struct btree_table *table;
    struct deflater *deflater;
    struct strbuf blocks[2]; /* one is filled, the other one emptied */
    struct side_task task;
    bool begun; /* the task */

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    unsigned filled; /* the block that entries are added to */
    bool waiting;    /* the other one is not empty */
    bool ended;      /* there will be no more blocks */
};

enum status table_feed_new(struct table_feed **out, const char *path,
                           struct error *err)
{
    struct btree_table *table;
    enum status status =
        btree_table_new(&table, path, BTREE_BLOCK_DEFAULT, err);
    if (status != STATUS_OK)
        return status;
    struct table_feed *f = mem_zeroed(1, sizeof *f);
    f->table = table;
    f->deflater = deflater_new();
    for (unsigned i = 0; i < 2; i++)
        strbuf_init(&f->blocks[i], TABLE_FEED_BLOCK + TABLE_FEED_TAG_MAX);
    pthread_mutex_init(&f->mutex, NULL);
    pthread_cond_init(&f->changed, NULL);
    *out = f;
    return STATUS_OK;
}

/* --- laying into the table ------------------------------------------------ */

static enum status lay(struct table_feed *f, const struct entry *e,
                       const char *bytes, struct error *err)
{
    struct text key = text_make(bytes, e->key),
                tag = text_make(bytes + e->key, e->tag);
    enum btree_packing packing = BTREE_PLAIN;
    if (e->packing == TABLE_FEED_DEFLATE &&
        deflater_run(f->deflater, tag, &tag))
        packing = BTREE_DEFLATED;
    return btree_table_add(f->table, key, tag, packing, err);
}

static enum status lay_block(struct table_feed *f, struct strbuf *block,
                             struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t at = 0; at < block->len && status == STATUS_OK;) {
        struct entry e;
        memcpy(&e, block->ptr + at, sizeof e);
        at += sizeof e;
        status = lay(f, &e, block->ptr + at, err);
        at += e.key + e.tag;
    }
    strbuf_reset(block);
    return status;
}

/* The next block that is to be laid; NULL when there will be none. */
static struct strbuf *next_block(struct table_feed *f)
{
    pthread_mutex_lock(&f->mutex);
    while (!f->waiting && !f->ended)
        pthread_cond_wait(&f->changed, &f->mutex);
    struct strbuf *block = f->waiting ? &f->blocks[!f->filled] : NULL;
    pthread_mutex_unlock(&f->mutex);
    return block;
}

static enum status lay_blocks(void *context, struct error *err)
{
    struct table_feed *f = context;
    struct strbuf *block;
    enum status status = STATUS_OK;
    while ((block = next_block(f))) {
        if (status == STATUS_OK)
            status = lay_block(f, block, err);
        strbuf_reset(block);
        pthread_mutex_lock(&f->mutex);
        f->waiting = false;
        pthread_cond_signal(&f->changed);
        pthread_mutex_unlock(&f->mutex);
    }
    return status;
}

/* --- handing over --------------------------------------------------------- */

static void hand_over(struct table_feed *f)
{
    pthread_mutex_lock(&f->mutex);
    while (f->waiting)
        pthread_cond_wait(&f->changed, &f->mutex);
    f->filled = !f->filled;
    f->waiting = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->mutex);
}

static enum status pass_on(struct table_feed *f, struct error *err)
{
    if (!f->begun)
        side_task_start(&f->task, lay_blocks, f);
    f->begun = true;
    if (!f->task.started)
        return lay_block(f, &f->blocks[f->filled], err);
    hand_over(f);
    return STATUS_OK;
}

enum status table_feed_add(struct table_feed *f, struct text key,
                           struct text tag, enum table_feed_packing packing,
                           struct error *err)
{
    const struct entry e = {(uint32_t)key.len, (uint32_t)tag.len, packing};
    assert(tag.len <= TABLE_FEED_TAG_MAX);
    struct strbuf *block = &f->blocks[f->filled];
    strbuf_append(block, text_make((const char *)&e, sizeof e));
    strbuf_append(block, key);
    strbuf_append(block, tag);
    return block->len >= TABLE_FEED_BLOCK - sizeof e - BTREE_KEY_MAX
               ? pass_on(f, err)
               : STATUS_OK;
}

/* --- the end -------------------------------------------------------------- */

static enum status join(struct table_feed *f, struct error *err)
{
    if (!f->begun || !f->task.started)
        return STATUS_OK;
    pthread_mutex_lock(&f->mutex);
    f->ended = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->mutex);
    f->begun = false;
    return side_task_wait(&f->task, err);
}

enum status table_feed_finish(struct table_feed *f, struct btree_root *root,
                              struct manifest_file *file, struct error *err)
{
    enum status status = join(f, err);
    if (status == STATUS_OK)
        status = lay_block(f, &f->blocks[f->filled], err);
    if (status != STATUS_OK)
        return status;
    return btree_table_finish(f->table, root, file, err);
}

void table_feed_free(struct table_feed *f)
{
    struct error ignored = ERROR_NONE;
    if (!f)
        return;
    enum status status = join(f, &ignored);
    (void)status; /* the table is not wanted any more */
    btree_table_free(f->table);
    deflater_free(f->deflater);
    strbuf_done(&f->blocks[0]);
    strbuf_done(&f->blocks[1]);
    pthread_cond_destroy(&f->changed);
    pthread_mutex_destroy(&f->mutex);
    free(f);
}
