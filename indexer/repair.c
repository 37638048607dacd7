#include "indexer/repair.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/archive_find.h"
#include "common/clock.h"
#include "common/mem.h"
#include "common/published_file.h"
#include "indexer/account.h"
#include "indexer/generation.h"
#include "indexer/ledger.h"
#include "indexer/machine.h"
#include "indexer/rewriter.h"
#include "indexer/run.h"
#include "indexer/salvage.h"
#include "indexer/session.h"
#include "indexer/tables_best.h"

struct repair {
    const struct indexer_settings *settings;
    struct messages *messages;
    struct summary *summary;
    char **lost; /* ids; NULL of unknown ones */
    size_t lost_count, lost_capacity;
    unsigned damaged;  /* files */
    uint64_t articles; /* that the archive had */
};

static void repair_done(struct repair *r)
{
    for (size_t i = 0; i < r->lost_count; i++)
        free(r->lost[i]);
    free(r->lost);
}
DEFINE_AUTO_DONE(repair);

static void tell(struct repair *r, const struct error *finding)
{
    r->damaged++;
    message_note(r->messages, "%s", finding->message);
}

/* --- one segment ------------------------------------------------------------
 */

struct rebuilding {
    struct repair *repair;
    struct archive *sound; /* all other segments */
    const struct manifest_segment *segment;
    struct deleted_list deleted;
    bool deleted_is_known;
    struct salvage *salvage;
    struct rewriter rewriter;
    uint64_t next_sequence; /* for articles whose own is not known */
    uint64_t kept;
};

static void rebuilding_done(struct rebuilding *b)
{
    archive_free(b->sound);
    deleted_list_done(&b->deleted);
    salvage_free(b->salvage);
    rewriter_done(&b->rewriter);
}
DEFINE_AUTO_DONE(rebuilding);

static void load_deleted(struct rebuilding *b)
{
    struct error why = ERROR_NONE;
    const struct manifest_segment *s = b->segment;
    const char *archive = b->repair->settings->archive;
    AUTO_DONE(strbuf) path = STRBUF_INIT(1 << 16);
    strbuf_append_format(&path, "%s/%s", archive, s->deleted_list.name);
    b->deleted_is_known = !s->deleted_list.name[0] ||
                          (published_file_check(&s->deleted_list, archive, NULL,
                                                &why) == STATUS_OK &&
                           deleted_list_load(&b->deleted, strbuf_string(&path),
                                             s->last_docid, &why) == STATUS_OK);
    if (b->deleted_is_known)
        return;
    tell(b->repair, &why);
    message_error(b->repair->messages,
                  "which articles of segment '%s' were deleted is not known "
                  "any more: up to %u may be there again",
                  s->name, s->deleted);
}

/* Whether another segment has a later version of it, or, where it is not known
 * which is the later, any. */
static enum status is_superseded(struct rebuilding *b,
                                 const struct article *article,
                                 const struct stored_facts *facts, bool *out,
                                 struct error *err)
{
    struct engine_document other;
    struct stored_facts theirs;
    *out = false;
    if (b->deleted_is_known)
        return STATUS_OK;
    enum status status = archive_find(&other, b->sound, article->id, err);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = stored_facts_read(&theirs, b->sound, other, err);
    if (status == STATUS_OK)
        *out = facts->ingest.sequence == 0 ||
               theirs.ingest.sequence > facts->ingest.sequence;
    return status;
}

static enum status keep(struct rebuilding *b, const struct article *article,
                        struct stored_facts *facts, struct error *err)
{
    bool superseded;
    enum status status = is_superseded(b, article, facts, &superseded, err);
    if (status != STATUS_OK || superseded)
        return status;
    if (facts->ingest.sequence == 0) {
        timestamp now = (timestamp)time(NULL);
        facts->ingest = (struct ingest){.sequence = b->next_sequence++,
                                        .first_seen = now,
                                        .last_changed = now,
                                        .versions = 1};
    }
    b->kept++;
    return rewriter_add(&b->rewriter, article, facts, err);
}

static void lose(struct rebuilding *b, uint32_t docid)
{
    struct repair *r = b->repair;
    MEM_GROW(r->lost, r->lost_count, r->lost_capacity);
    r->lost[r->lost_count++] = salvage_id(b->salvage, docid);
}

static enum status keep_all(struct rebuilding *b, struct error *err)
{
    enum status status = STATUS_OK;
    for (uint32_t docid = 1;
         docid <= b->segment->last_docid && status == STATUS_OK; docid++) {
        AUTO_DONE(arena) arena = ARENA_INIT;
        struct article article;
        struct stored_facts facts;
        if (deleted_list_contains(&b->deleted, docid))
            continue;
        if (salvage_article(b->salvage, docid, &arena, &article, &facts))
            status = keep(b, &article, &facts, err);
        else
            lose(b, docid);
    }
    return status == STATUS_OK ? rewriter_finish(&b->rewriter, err) : status;
}

static enum status publish(struct rebuilding *b, struct error *err)
{
    AUTO_DONE(generation) next = {0};
    enum status status =
        generation_begin(&next, b->repair->settings->archive, err);
    if (status != STATUS_OK)
        return status;
    generation_drop(&next, b->segment->name);
    for (size_t i = 0; i < b->rewriter.made_count; i++)
        generation_add_segment(&next, &b->rewriter.made[i]);
    next.manifest.next_sequence = b->next_sequence;
    return generation_publish(&next, (timestamp)time(NULL), err);
}

static enum status rebuild(struct repair *r, const struct manifest *m,
                           const struct manifest_segment *segment,
                           struct error *err)
{
    int64_t memory = r->settings->memory;
    AUTO_DONE(rebuilding)
    b = {.repair = r,
         .segment = segment,
         .next_sequence = m->next_sequence,
         .rewriter = {
             .tables = &tables_best,
             .archive = r->settings->archive,
             .language = m->language,
             .generation = m->generation + 1,
             .memory = memory > 0 ? (size_t)memory : machine_memory_share(),
         }};
    size_t lost = r->lost_count;
    enum status status =
        archive_open_sound(&b.sound, r->settings->archive, err);
    if (status != STATUS_OK)
        return status;
    load_deleted(&b);
    b.salvage = salvage_open(r->settings->archive, segment);
    status = keep_all(&b, err);
    if (status == STATUS_OK)
        status = publish(&b, err);
    if (status == STATUS_OK)
        message_note(r->messages,
                     "segment '%s': %llu articles kept%s, %zu could not be "
                     "read",
                     segment->name, (unsigned long long)b.kept,
                     salvage_knows_facts(b.salvage) ? ""
                                                    : " without their history",
                     r->lost_count - lost);
    r->summary->merges++;
    return status;
}

/* --- all of them ------------------------------------------------------------
 */

/* The first damaged segment of the present manifest is rebuilt; `*found` is
 * whether there was one. */
static enum status rebuild_first(struct repair *r, bool *found,
                                 struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    const char *archive = r->settings->archive;
    *found = false;
    enum status status = manifest_load(&m, archive, err);
    for (size_t i = 0; status == STATUS_OK && i < m.segment_count; i++) {
        const struct manifest_segment *s = &m.segments[i];
        struct error why = ERROR_NONE;
        bool sound = published_segment_check(s, archive, &why) == STATUS_OK;
        if (!sound)
            tell(r, &why);
        else if (!s->deleted_list.name[0] ||
                 published_file_check(&s->deleted_list, archive, NULL, &why) ==
                     STATUS_OK)
            continue;
        *found = true;
        return rebuild(r, &m, s, err);
    }
    return status;
}

static size_t keep_sound(struct repair *r, struct manifest_file *files,
                         size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct error why = ERROR_NONE;
        if (published_file_check(&files[i], r->settings->archive, NULL, &why) ==
            STATUS_OK)
            files[kept++] = files[i];
        else
            tell(r, &why);
    }
    return kept;
}

/* Ledgers hold what later ones may have replaced: if one is lost, so is the
 * order, and all files are read again. */
static enum status drop_lists(struct repair *r, struct error *err)
{
    AUTO_DONE(generation) next = {0};
    enum status status = generation_begin(&next, r->settings->archive, err);
    if (status != STATUS_OK)
        return status;
    struct manifest *m = &next.manifest;
    size_t ledgers = m->ledger_count, rejects = m->reject_count;
    m->reject_count = keep_sound(r, m->rejects, rejects);
    if (keep_sound(r, m->ledgers, ledgers) != ledgers)
        m->ledger_count = 0;
    if (m->ledger_count == ledgers && m->reject_count == rejects)
        return STATUS_OK;
    return generation_publish(&next, (timestamp)time(NULL), err);
}

static enum status repair_files(struct repair *r, struct error *err)
{
    bool found = true;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && found)
        status = rebuild_first(r, &found, err);
    return status == STATUS_OK ? drop_lists(r, err) : status;
}

/* --- the sources ------------------------------------------------------------
 */

struct sources_read {
    char **list; /* NULL-ended */
    size_t count, capacity;
};

static void add_source(void *context, const char *path)
{
    struct sources_read *s = context;
    if (access(path, R_OK) != 0)
        return;
    MEM_GROW(s->list, s->count, s->capacity);
    s->list[s->count++] = mem_copy_string(path, strlen(path));
}

static enum status read_sources(struct repair *r, struct error *err)
{
    struct sources_read s = {0};
    AUTO_DONE(manifest) m = {0};
    struct summary before = *r->summary;
    struct indexer_settings all = *r->settings;
    enum status status = manifest_load(&m, all.archive, err);
    if (status == STATUS_OK)
        status = ledger_each_path(&m, all.archive, add_source, &s, err);
    MEM_GROW(s.list, s.count, s.capacity);
    s.list[s.count] = NULL;
    all.sources = s.list;
    all.rescan = 1;
    if (status == STATUS_OK && s.count > 0) {
        status = run_index(r->summary, &all, r->messages, err);
        r->summary->started = before.started;
        r->summary->merges = before.merges;
    }
    for (size_t i = 0; i < s.count; i++)
        free(s.list[i]);
    free(s.list);
    return status;
}

static enum status count_lost(struct repair *r, struct error *err)
{
    AUTO(archive) archive = NULL;
    uint64_t unknown = 0, fewer = 0;
    enum status status = archive_open(&archive, r->settings->archive, err);
    for (size_t i = 0; i < r->lost_count && status == STATUS_OK; i++) {
        struct engine_document document;
        struct error gone = ERROR_NONE;
        if (!r->lost[i]) {
            unknown++;
            continue;
        }
        status = archive_find(&document, archive, text_from(r->lost[i]), &gone);
        if (status == STATUS_NOT_FOUND) {
            message_error(r->messages, "article '%s' is gone", r->lost[i]);
            r->summary->missing++;
            status = STATUS_OK;
        } else if (status != STATUS_OK) {
            *err = gone;
        }
    }
    if (status != STATUS_OK)
        return status;
    uint64_t now = manifest_articles(archive_manifest(archive));
    if (now + r->summary->missing < r->articles)
        fewer = r->articles - now - r->summary->missing;
    if (unknown > fewer)
        unknown = fewer; /* the others were found in the sources */
    if (unknown > 0)
        message_error(r->messages,
                      "%llu articles are gone whose ids are not known",
                      (unsigned long long)unknown);
    r->summary->missing += unknown;
    return STATUS_OK;
}

static enum status repair_under_lock(struct repair *r, struct error *err)
{
    AUTO(lock) lock = NULL;
    AUTO_DONE(manifest) m = {0};
    enum status status = manifest_load(&m, r->settings->archive, err);
    if (status == STATUS_CORRUPT)
        return error_prefix(err, "the manifest is damaged and cannot be "
                                 "repaired: put a copy of it in its place");
    if (status == STATUS_OK)
        status = session_lock(&lock, r->settings, r->messages, err);
    r->articles = manifest_articles(&m);
    return status == STATUS_OK ? repair_files(r, err) : status;
}

enum status repair_run(struct summary *out,
                       const struct indexer_settings *settings,
                       struct messages *messages, struct error *err)
{
    double began_s = clock_now_s();
    *out = (struct summary){.kind = SUMMARY_REPAIRING,
                            .started = (timestamp)time(NULL)};
    AUTO_DONE(repair)
    r = {.settings = settings, .messages = messages, .summary = out};
    enum status status = repair_under_lock(&r, err);
    if (status == STATUS_OK && r.lost_count > 0)
        status = read_sources(&r, err);
    if (status == STATUS_OK)
        status = count_lost(&r, err);
    out->command = "repair";
    out->kind = SUMMARY_REPAIRING;
    out->damaged = r.damaged;
    if (status != STATUS_OK)
        return status;
    return account_run(out, settings->archive, began_s, err);
}
