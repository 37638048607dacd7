#include "indexer/stored.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/fields.h"
#include "common/mem.h"
#include "common/record.h"

enum { VALUE_MAX = 64 };

/* Reads a slot into `value`, whose content it replaces. */
static enum status read_value(struct strbuf *value, struct engine_index *index,
                              struct engine_document document, enum slot slot,
                              struct error *err)
{
    strbuf_reset(value);
    return engine_document_value(index, document, slot, value, err);
}

static enum status read_number(double *out, struct engine_index *index,
                               struct engine_document document, enum slot slot,
                               struct error *err)
{
    AUTO_DONE(strbuf) value = STRBUF_INIT(VALUE_MAX);
    enum status status = read_value(&value, index, document, slot, err);
    if (status == STATUS_OK && value.len > 0)
        *out = engine_number_unpack(strbuf_text(&value));
    return status;
}

enum status stored_facts_read(struct stored_facts *out, struct archive *archive,
                              struct engine_document document,
                              struct error *err)
{
    return stored_facts_in(
        out, archive_index(archive), document,
        archive_manifest(archive)->segments[document.segment].name, err);
}

enum status stored_facts_in(struct stored_facts *out,
                            struct engine_index *index,
                            struct engine_document document, const char *name,
                            struct error *err)
{
    double sequence = 0, first_seen = 0, last_changed = NAN, versions = 1;
    const struct {
        enum slot slot;
        double *number;
    } numbers[] = {
        {SLOT_SEQUENCE, &sequence},
        {SLOT_FIRST_SEEN, &first_seen},
        {SLOT_LAST_CHANGED, &last_changed},
        {SLOT_VERSIONS, &versions},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        enum status status = read_number(numbers[i].number, index, document,
                                         numbers[i].slot, err);
        if (status != STATUS_OK)
            return status;
    }
    AUTO_DONE(strbuf) value = STRBUF_INIT(VALUE_MAX);
    enum status status = read_value(&value, index, document, SLOT_DIGEST, err);
    if (status != STATUS_OK)
        return status;
    if (value.len < RECORD_DIGEST_SIZE)
        return error_set(err, STATUS_CORRUPT,
                         "article %u of segment '%s' has no digest",
                         document.docid, name);
    out->content = (struct digest){{0}};
    memcpy(out->content.bytes, value.ptr, RECORD_DIGEST_SIZE);
    out->ingest = (struct ingest){
        .sequence = (uint64_t)sequence,
        .first_seen = (timestamp)first_seen,
        .last_changed =
            (timestamp)(isnan(last_changed) ? first_seen : last_changed),
        .versions = (uint32_t)versions,
    };
    return STATUS_OK;
}

enum status stored_record(struct archive *archive,
                          struct engine_document document, struct strbuf *out,
                          struct error *err)
{
    return engine_document_data(archive_index(archive), document, out, err);
}

/* --- walking ------------------------------------------------------------- */

struct head { /* the next live article of one segment */
    struct engine_document document;
    uint32_t last_docid;
    struct stored_facts facts;
};

struct stored_walk {
    struct archive *archive;
    struct head *heads; /* of the segments that have more */
    size_t count;
};

/* Moves `head` to the next live article; docid 0 when there is none. */
static enum status advance(struct stored_walk *walk, struct head *head,
                           struct error *err)
{
    const struct deleted_list *deleted =
        archive_deleted(walk->archive, head->document.segment);
    do {
        if (head->document.docid == head->last_docid) {
            head->document.docid = 0;
            return STATUS_OK;
        }
        head->document.docid++;
    } while (deleted_list_contains(deleted, head->document.docid));
    return stored_facts_read(&head->facts, walk->archive, head->document, err);
}

static void drop_finished(struct stored_walk *walk, size_t at)
{
    if (walk->heads[at].document.docid == 0)
        walk->heads[at] = walk->heads[--walk->count];
}

enum status stored_walk_new(struct stored_walk **out, struct archive *archive,
                            const size_t *segments, size_t count,
                            struct error *err)
{
    AUTO(stored_walk) walk = mem_zeroed(1, sizeof *walk);
    walk->archive = archive;
    walk->heads = mem_zeroed(count, sizeof *walk->heads);
    for (size_t i = 0; i < count; i++) {
        struct head *head = &walk->heads[walk->count++];
        head->document.segment = segments[i];
        head->last_docid =
            archive_manifest(archive)->segments[segments[i]].last_docid;
        enum status status = advance(walk, head, err);
        if (status != STATUS_OK)
            return status;
        drop_finished(walk, walk->count - 1);
    }
    *out = TAKE(walk);
    return STATUS_OK;
}

enum status stored_walk_all(struct stored_walk **out, struct archive *archive,
                            struct error *err)
{
    size_t count = archive_manifest(archive)->segment_count;
    size_t *all = mem_zeroed(count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = i;
    enum status status = stored_walk_new(out, archive, all, count, err);
    free(all);
    return status;
}

void stored_walk_free(struct stored_walk *walk)
{
    if (!walk)
        return;
    free(walk->heads);
    free(walk);
}

enum status stored_walk_next(struct stored_walk *walk,
                             struct engine_document *document,
                             struct stored_facts *facts, struct error *err)
{
    if (walk->count == 0)
        return STATUS_END;
    size_t least = 0;
    for (size_t i = 1; i < walk->count; i++)
        if (walk->heads[i].facts.ingest.sequence <
            walk->heads[least].facts.ingest.sequence)
            least = i;
    struct head taken = walk->heads[least];
    enum status status = advance(walk, &walk->heads[least], err);
    if (status != STATUS_OK)
        return status;
    drop_finished(walk, least);
    *document = taken.document;
    *facts = taken.facts;
    return STATUS_OK;
}
