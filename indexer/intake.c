#include "indexer/intake.h"

#include <string.h>

#include "common/record.h"
#include "indexer/identity.h"
#include "indexer/sources.h"

/* Of one source; more are only counted. */
enum { MESSAGES_SHOWN = 20, ID_TERM_MAX = 1024 };

/* What is known of the source that is being read. */
struct intake_source {
    struct intake *intake;
    const struct source *source;
    struct reader *reader;
    struct batch *batch; /* NULL: none begun */
    uint64_t articles, warnings, rejected;
};

/* --- batches -------------------------------------------------------------- */

static void count_decisions(struct summary *s, const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct batch_entry *e = &batch->entries[i];
        s->added += e->decision == DECISION_ADD;
        s->updated += e->decision == DECISION_UPDATE;
        s->unchanged += e->decision == DECISION_UNCHANGED;
        if (e->decision != DECISION_UNCHANGED)
            s->text_bytes += e->article.title.len + e->article.body.len;
    }
}

static enum status send_batch(struct intake_source *s, struct error *err)
{
    if (!s->batch)
        return STATUS_OK;
    enum status status = catalog_decide(s->intake->catalog, s->batch, err);
    if (status != STATUS_OK)
        return status;
    count_decisions(s->intake->summary, s->batch);
    return workers_push(s->intake->workers, TAKE(s->batch), err);
}

/* --- one article ---------------------------------------------------------- */

/* The path that names an article which has no other name; empty where it names
 * no file but a place that anything may come through. */
static struct text path_of(const struct intake_source *s)
{
    struct text path = text_from(s->source->canonical);
    struct text base = text_from(s->intake->base);
    if (!S_ISREG(s->source->info.st_mode))
        return text_make(NULL, 0);
    if (!s->intake->base || !text_starts_with(path, base))
        return path;
    struct text rest = text_slice(path, base.len, path.len);
    if (text_is(base, "/"))
        return rest;
    return text_starts_with(rest, text_from("/"))
               ? text_slice(rest, 1, rest.len)
               : path;
}

static void identify(struct intake_source *s, struct batch_entry *entry)
{
    struct article *a = &entry->article;
    bool one = s->reader->format->one_article_per_file;
    struct arena *arena = &s->batch->arena;
    identity_assign(a, one ? IDENTITY_ONE_A_FILE : IDENTITY_MANY_A_FILE,
                    path_of(s), arena);
    a->origin.path = identity_path(text_from(s->source->canonical), arena);
    AUTO_DONE(strbuf) term = STRBUF_INIT(ID_TERM_MAX);
    record_id_term(a->id, &term);
    entry->id = digest_of(strbuf_text(&term));
    record_digest(a, &entry->content);
}

static void show_warnings(struct intake_source *s)
{
    struct intake *in = s->intake;
    uint64_t fresh = s->reader->warnings - s->warnings;
    if (fresh == 0)
        return;
    if (s->warnings < MESSAGES_SHOWN) {
        progress_clear(in->progress);
        message_warning(in->messages, "%s", s->reader->warning);
    }
    s->warnings += fresh;
    in->summary->warnings += fresh;
}

static enum status keep_reject(struct intake_source *s,
                               const struct reject *reject, struct error *err)
{
    struct intake *in = s->intake;
    in->summary->read++;
    in->summary->rejected++;
    if (s->rejected++ < MESSAGES_SHOWN) {
        progress_clear(in->progress);
        message_error(in->messages, "%s", reject->message);
    }
    return rejects_add(in->rejects, reject, err);
}

static enum status reject_article(struct intake_source *s,
                                  const struct error *why, struct error *err)
{
    const struct reader *r = s->reader;
    struct reject reject = {
        .reason = r->reject_reason,
        .message = why->message,
        .origin = r->reject,
        .bytes = r->reject_bytes,
    };
    reject.origin.path = text_from(s->source->canonical);
    return keep_reject(s, &reject, err);
}

static enum status take_article(struct intake_source *s,
                                const struct article *article,
                                struct error *err)
{
    struct summary *summary = s->intake->summary;
    identify(s, batch_add(s->batch, article));
    s->articles++;
    summary->read++;
    progress_update(s->intake->progress, summary->read, summary->source_bytes);
    return batch_is_full(s->batch) ? send_batch(s, err) : STATUS_OK;
}

/* --- one source ----------------------------------------------------------- */

/* Reads to the end. A failure of the source itself is told in `broken`. */
static enum status read_articles(struct intake_source *s, struct error *broken,
                                 struct error *err)
{
    for (;;) {
        struct article article;
        if (!s->batch)
            s->batch = batch_new();
        struct error why = ERROR_NONE;
        enum status status =
            reader_next(s->reader, &s->batch->arena, &article, &why);
        show_warnings(s);
        if (status == STATUS_END)
            return send_batch(s, err);
        if (status == STATUS_OK)
            status = take_article(s, &article, err);
        else if (status == STATUS_SOURCE)
            status = reject_article(s, &why, err);
        else {
            *broken = why;
            return send_batch(s, err);
        }
        if (status != STATUS_OK)
            return status;
    }
}

static void show_hidden(struct intake_source *s)
{
    struct messages *m = s->intake->messages;
    const char *path = s->source->path;
    if (s->rejected > MESSAGES_SHOWN)
        message_error(m, "'%s': %llu more articles were rejected", path,
                      (unsigned long long)(s->rejected - MESSAGES_SHOWN));
    if (s->warnings > MESSAGES_SHOWN)
        message_warning(m, "'%s': %llu more warnings", path,
                        (unsigned long long)(s->warnings - MESSAGES_SHOWN));
}

static void fail_source(struct intake_source *s, const struct error *broken)
{
    progress_clear(s->intake->progress);
    message_error(s->intake->messages, "%s", broken->message);
    s->intake->summary->files_failed++;
}

/* Only a file can be told unchanged; what comes through a pipe is read. */
static enum status note_in_ledger(struct intake_source *s, uint64_t articles,
                                  struct error *err)
{
    if (!S_ISREG(s->source->info.st_mode))
        return STATUS_OK;
    return ledger_note(s->intake->ledger, s->source->canonical,
                       &s->source->info, articles, err);
}

static bool is_unchanged(const struct intake *in, const struct source *source)
{
    uint64_t articles;
    return S_ISREG(source->info.st_mode) &&
           ledger_is_unchanged(in->ledger, source->canonical, &source->info,
                               &articles);
}

/* A source of no known format counts as one article that was rejected. */
static enum status reject_source(struct intake_source *s,
                                 const struct error *why, struct error *err)
{
    const struct reject reject = {
        .reason = "unknown-format",
        .message = why->message,
        .origin = {.path = text_from(s->source->canonical)},
    };
    enum status status = keep_reject(s, &reject, err);
    if (status != STATUS_OK)
        return status;
    return note_in_ledger(s, 0, err);
}

static enum status open_and_read(struct intake_source *s, struct error *err)
{
    struct intake *in = s->intake;
    struct error broken = ERROR_NONE;
    AUTO(reader) reader = NULL;
    enum status status =
        reader_open(&reader, s->source->path, in->format, &broken);
    if (status == STATUS_SOURCE)
        return reject_source(s, &broken, err);
    if (status != STATUS_OK) {
        fail_source(s, &broken);
        return STATUS_OK;
    }
    s->reader = reader;
    status = read_articles(s, &broken, err);
    batch_free(TAKE(s->batch));
    show_hidden(s);
    if (status != STATUS_OK)
        return status;
    if (broken.status != STATUS_OK) {
        fail_source(s, &broken);
        return STATUS_OK;
    }
    message_detail(in->messages, "read %llu articles from '%s'",
                   (unsigned long long)s->articles, s->source->path);
    return note_in_ledger(s, s->articles + s->rejected, err);
}

static enum status read_source(struct intake *in, const struct source *source,
                               struct error *err)
{
    in->summary->files++;
    if (is_unchanged(in, source)) {
        in->summary->files_unchanged++;
        message_detail(in->messages, "'%s' is unchanged", source->path);
        return STATUS_OK;
    }
    struct intake_source s = {.intake = in, .source = source};
    enum status status = open_and_read(&s, err);
    in->summary->source_bytes += (uint64_t)source->info.st_size;
    return status;
}

/* --- all sources ---------------------------------------------------------- */

enum status intake_run(struct intake *in, struct error *err)
{
    size_t count = 0;
    while (in->sources[count])
        count++;
    AUTO(sources)
    sources = sources_new((const char *const *)in->sources, count);
    for (;;) {
        struct source source;
        struct error missing = ERROR_NONE;
        enum status status = sources_next(sources, &source, &missing);
        if (status == STATUS_END)
            return STATUS_OK;
        if (status != STATUS_OK) {
            progress_clear(in->progress);
            message_error(in->messages, "%s", missing.message);
            in->summary->files_failed++;
            continue;
        }
        status = read_source(in, &source, err);
        if (status != STATUS_OK)
            return status;
    }
}
