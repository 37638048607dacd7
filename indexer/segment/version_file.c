#include "indexer/segment/version_file.h"

#include "common/atomic_file.h"
#include "indexer/segment/packing.h"

enum {
    FILE_MAX = 256, /* a reader reads no more */
    FORMAT_VERSION = (2016 - 2014) << 9 | 3 << 5 | 14,
    REVISION = 1,
    FAKE = 1,
    SEQUENTIAL = 2,
    COMPRESS_MIN = 18
};

static void add_root(struct strbuf *out, const struct btree_root *root,
                     unsigned compress_min)
{
    AUTO_DONE(strbuf) freelist = STRBUF_INIT(64);
    bool present = root->entries > 0;
    if (present) {
        pack_uint(&freelist, REVISION);
        pack_uint(&freelist, root->blocks);
        for (int i = 0; i < 4; i++)
            pack_uint(&freelist, 0);
    }
    pack_uint(out, root->block);
    pack_uint(out, root->level << 2 | SEQUENTIAL | (present ? 0 : FAKE));
    pack_uint(out, root->entries);
    pack_uint(out, root->block_size / BTREE_BLOCK_MIN);
    pack_uint(out, compress_min);
    pack_text(out, strbuf_text(&freelist));
}

static void print(struct strbuf *out, const struct version_facts *f)
{
    struct btree_root absent = {.block_size = f->postlist.block_size};
    const struct btree_root *docdata =
        f->docdata.entries > 0 ? &f->docdata : &absent;
    strbuf_append(out, text_make("\x0f\x0dXapian Glass", 14));
    strbuf_append_char(out, (char)(FORMAT_VERSION >> 8));
    strbuf_append_char(out, (char)(FORMAT_VERSION & 0xff));
    strbuf_append(out, text_make((const char *)f->uuid, sizeof f->uuid));
    pack_uint(out, REVISION);
    add_root(out, &f->postlist, 0);
    add_root(out, docdata, COMPRESS_MIN);
    add_root(out, &absent, COMPRESS_MIN); /* termlist */
    add_root(out, &absent, 0);            /* position */
    add_root(out, &absent, COMPRESS_MIN); /* spelling */
    add_root(out, &absent, COMPRESS_MIN); /* synonym */
    pack_uint(out, f->documents);
    pack_uint(out, f->last_docid - f->documents);
    pack_uint(out, f->shortest);
    pack_uint(out, f->wdf_upper_bound);
    pack_uint(out, f->longest - f->wdf_upper_bound);
    pack_uint(out, 0); /* oldest changeset */
    pack_uint(out, f->total_length);
    pack_uint(out, 0); /* spelling wordfreq bound */
}

enum status version_file_write(const struct version_facts *facts,
                               const char *path, struct manifest_file *file,
                               struct error *err)
{
    AUTO_DONE(strbuf) content = STRBUF_INIT(FILE_MAX);
    AUTO(atomic_file) f = NULL;
    print(&content, facts);
    enum status status = atomic_file_new(&f, path, err);
    if (status != STATUS_OK)
        return status;
    atomic_file_write(f, strbuf_text(&content));
    file->size = atomic_file_size(f);
    file->digest = atomic_file_digest(f);
    return atomic_file_commit(f, err);
}
