#include "indexer/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "common/archive_find.h"
#include "common/mem.h"
#include "common/record.h"
#include "indexer/stored.h"

/* An article of this run. */
struct known {
    struct digest id, content;
    struct ingest ingest;
    bool withdrawn;
};

struct catalog {
    struct archive *archive;
    uint64_t next_sequence;
    timestamp now;
    struct known *known; /* in the order of the run */
    size_t known_count, known_capacity;
    uint32_t *slots; /* index into them, plus 1; open addressing, at most half
                        full: a slot that is seldom used takes little */
    size_t slot_count;
    struct deleted_list *superseded; /* one a segment of the archive */
    uint64_t *losers;
    size_t loser_count, loser_capacity;
    struct strbuf term;
};

enum { FIRST_SLOTS = 1024, TERM_MAX = 1024 };

struct catalog *catalog_new(struct archive *archive, uint64_t next_sequence,
                            timestamp now)
{
    struct catalog *c = mem_zeroed(1, sizeof *c);
    size_t segments = archive_manifest(archive)->segment_count;
    c->archive = archive;
    c->next_sequence = next_sequence;
    c->now = now;
    c->slot_count = FIRST_SLOTS;
    c->slots = mem_zeroed(c->slot_count, sizeof *c->slots);
    c->superseded = mem_zeroed(segments, sizeof *c->superseded);
    strbuf_init(&c->term, TERM_MAX);
    return c;
}

void catalog_free(struct catalog *c)
{
    if (!c)
        return;
    size_t segments = archive_manifest(c->archive)->segment_count;
    for (size_t i = 0; i < segments; i++)
        deleted_list_done(&c->superseded[i]);
    free(c->superseded);
    free(c->known);
    free(c->slots);
    free(c->losers);
    strbuf_done(&c->term);
    free(c);
}

uint64_t catalog_next_sequence(const struct catalog *c)
{
    return c->next_sequence;
}

/* The slot of `id`, or the free one where it would go. */
static uint32_t *find_slot(const struct catalog *c, const struct digest *id)
{
    size_t at;
    memcpy(&at, id->bytes, sizeof at);
    for (;; at++) {
        uint32_t *slot = &c->slots[at & (c->slot_count - 1)];
        if (*slot == 0 || digest_equal(&c->known[*slot - 1].id, id))
            return slot;
    }
}

/* NULL if the run has not had the id. */
static const struct known *find(const struct catalog *c,
                                const struct digest *id)
{
    uint32_t slot = *find_slot(c, id);
    return slot != 0 ? &c->known[slot - 1] : NULL;
}

static void double_slots(struct catalog *c)
{
    free(c->slots);
    c->slot_count *= 2;
    c->slots = mem_zeroed(c->slot_count, sizeof *c->slots);
    for (size_t i = 0; i < c->known_count; i++)
        *find_slot(c, &c->known[i].id) = (uint32_t)i + 1;
}

/* In the place of what was known under its id. */
static void remember(struct catalog *c, const struct known *known)
{
    if ((c->known_count + 1) * 2 > c->slot_count)
        double_slots(c);
    uint32_t *slot = find_slot(c, &known->id);
    if (*slot == 0) {
        MEM_GROW(c->known, c->known_count, c->known_capacity);
        *slot = (uint32_t)++c->known_count;
    }
    c->known[*slot - 1] = *known;
}

/* --- what the archive has ------------------------------------------------ */

struct place {
    struct engine_document document;
    bool found;
};

/* Looks all ids of a batch up in one segment, in byte order, so that the
 * segment's table is read in one direction. */
static enum status look_up(struct catalog *c, struct batch *batch,
                           const uint32_t *order, size_t segment,
                           struct place *places, struct error *err)
{
    for (size_t i = 0; i < batch->count; i++) {
        uint32_t at = order[i];
        if (places[at].found)
            continue;
        uint32_t docid;
        record_id_term(batch->entries[at].article.id, &c->term);
        enum status status = archive_find_term(&docid, c->archive, segment,
                                               strbuf_text(&c->term), err);
        if (status != STATUS_OK)
            return status;
        if (docid != 0)
            places[at] = (struct place){{segment, docid}, true};
    }
    return STATUS_OK;
}

static int compare_ids(const void *a, const void *b, void *context)
{
    const struct batch *batch = context;
    return text_compare(batch->entries[*(const uint32_t *)a].article.id,
                        batch->entries[*(const uint32_t *)b].article.id);
}

static enum status find_places(struct catalog *c, struct batch *batch,
                               struct place *places, struct error *err)
{
    uint32_t order[BATCH_ARTICLES];
    for (uint32_t i = 0; i < batch->count; i++)
        order[i] = i;
    qsort_r(order, batch->count, sizeof *order, compare_ids, batch);
    size_t segments = archive_manifest(c->archive)->segment_count;
    enum status status = STATUS_OK;
    for (size_t s = 0; s < segments && status == STATUS_OK; s++)
        status = look_up(c, batch, order, s, places, err);
    return status;
}

/* --- decisions ----------------------------------------------------------- */

static void succeed(struct catalog *c, struct batch_entry *e,
                    const struct ingest *old)
{
    e->decision = old ? DECISION_UPDATE : DECISION_ADD;
    e->ingest = (struct ingest){
        .sequence = c->next_sequence++,
        .first_seen = old ? old->first_seen : c->now,
        .last_changed = c->now,
        .versions = old ? old->versions + 1 : 1,
    };
}

static void lose(struct catalog *c, uint64_t sequence)
{
    MEM_GROW(c->losers, c->loser_count, c->loser_capacity);
    c->losers[c->loser_count++] = sequence;
}

static enum status decide_against_archive(struct catalog *c,
                                          struct batch_entry *e,
                                          const struct place *place,
                                          struct error *err)
{
    if (!place->found) {
        succeed(c, e, NULL);
        return STATUS_OK;
    }
    struct stored_facts facts;
    enum status status =
        stored_facts_read(&facts, c->archive, place->document, err);
    if (status != STATUS_OK)
        return status;
    if (digest_equal(&facts.content, &e->content)) {
        e->decision = DECISION_UNCHANGED;
        return STATUS_OK;
    }
    succeed(c, e, &facts.ingest);
    deleted_list_add(&c->superseded[place->document.segment],
                     place->document.docid);
    return STATUS_OK;
}

/* What the run or the archive has under the entry's id goes. */
static void withdraw(struct catalog *c, struct batch_entry *e,
                     const struct place *place)
{
    const struct known *known = find(c, &e->id);
    if (known ? known->withdrawn : !place->found) {
        e->decision = DECISION_NOTHING;
        return;
    }
    if (known)
        lose(c, known->ingest.sequence);
    else
        deleted_list_add(&c->superseded[place->document.segment],
                         place->document.docid);
    remember(c, &(struct known){.id = e->id, .withdrawn = true});
}

static enum status decide(struct catalog *c, struct batch_entry *e,
                          const struct place *place, struct error *err)
{
    const struct known *known = find(c, &e->id);
    if (known && known->withdrawn) {
        succeed(c, e, NULL);
    } else if (known) {
        if (digest_equal(&known->content, &e->content)) {
            e->decision = DECISION_UNCHANGED;
            return STATUS_OK;
        }
        lose(c, known->ingest.sequence);
        succeed(c, e, &known->ingest);
    } else {
        enum status status = decide_against_archive(c, e, place, err);
        if (status != STATUS_OK || e->decision == DECISION_UNCHANGED)
            return status;
    }
    remember(c, &(struct known){e->id, e->content, e->ingest, false});
    return STATUS_OK;
}

enum status catalog_decide(struct catalog *c, struct batch *batch,
                           struct error *err)
{
    struct place places[BATCH_ARTICLES] = {0};
    enum status status = find_places(c, batch, places, err);
    for (size_t i = 0; i < batch->count && status == STATUS_OK; i++) {
        struct batch_entry *e = &batch->entries[i];
        if (e->decision == DECISION_WITHDRAW)
            withdraw(c, e, &places[i]);
        else
            status = decide(c, e, &places[i], err);
    }
    return status;
}

const struct deleted_list *catalog_superseded(struct catalog *c, size_t segment)
{
    deleted_list_sort(&c->superseded[segment]);
    return &c->superseded[segment];
}

static int compare_sequences(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

const uint64_t *catalog_losers(struct catalog *c, size_t *count)
{
    if (c->loser_count > 0)
        qsort(c->losers, c->loser_count, sizeof *c->losers, compare_sequences);
    *count = c->loser_count;
    return c->losers;
}
