#include "indexer/intake.h"

#include <string.h>

#include "common/interrupt.h"
#include "common/record.h"
#include "indexer/identity.h"
#include "indexer/resume.h"
#include "indexer/sources.h"

/* Of one source; more are only counted. */
enum { MESSAGES_SHOWN = 20, ID_TERM_MAX = 1024 };

/* What is known of the source that is being read. */
struct intake_source {
    struct intake *intake;
    const struct source *source;
    struct reader *reader;
    struct batch *batch;                  /* NULL: none begun */
    uint64_t articles_known, bytes_known; /* of earlier runs, if it is read on
                                           */
    uint64_t articles, warnings, rejected, mojibake;
};

/* --- batches -------------------------------------------------------------- */

static void count_decisions(struct summary *s, const struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct batch_entry *e = &batch->entries[i];
        s->added += e->decision == DECISION_ADD;
        s->withdrawn += e->decision == DECISION_WITHDRAW;
        s->updated += e->decision == DECISION_UPDATE;
        s->unchanged += e->decision == DECISION_UNCHANGED;
        if (batch_entry_is_written(e))
            s->text_bytes += e->article.title.len + e->article.body.len;
    }
}

/* For a run that only says what it would do. */
static void tell_decisions(const struct intake *in, const struct batch *batch)
{
    static const char *const words[] = {[DECISION_ADD] = "add",
                                        [DECISION_UPDATE] = "update",
                                        [DECISION_UNCHANGED] = "not change",
                                        [DECISION_WITHDRAW] = "take back",
                                        [DECISION_NOTHING] = "not find"};
    for (size_t i = 0; i < batch->count; i++) {
        const struct article *a = &batch->entries[i].article;
        message_detail(in->messages, "would %s '%.*s' ('%.*s' byte %llu)",
                       words[batch->entries[i].decision], TEXT_ARG(a->id),
                       TEXT_ARG(a->origin.path),
                       (unsigned long long)a->origin.offset);
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
    if (!s->intake->workers) {
        tell_decisions(s->intake, s->batch);
        batch_free(TAKE(s->batch));
        return STATUS_OK;
    }
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

/* Of a container, whose path that of the member begins with. */
static struct text member_of(const struct intake_source *s, struct text path)
{
    struct text source = text_from(s->source->path);
    return path.len > source.len + 1 && text_starts_with(path, source)
               ? text_slice(path, source.len + 1, path.len)
               : text_make(NULL, 0);
}

static void identify(struct intake_source *s, struct batch_entry *entry)
{
    struct article *a = &entry->article;
    bool one = s->reader->format->one_article_per_file;
    struct arena *arena = &s->batch->arena;
    identity_assign(a, one ? IDENTITY_ONE_A_FILE : IDENTITY_MANY_A_FILE,
                    path_of(s), arena);
    a->origin.member = member_of(s, a->origin.path);
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
    return in->rejects ? rejects_add(in->rejects, reject, err) : STATUS_OK;
}

static enum status reject_article(struct intake_source *s,
                                  const struct error *why, struct error *err)
{
    const struct reader *r = s->reader;
    struct reject reject = {
        .reason = r->reject_reason,
        .message = why->message,
        .format = r->format->name,
        .origin = r->reject,
        .bytes = r->reject_bytes,
    };
    reject.origin.path = text_from(s->source->canonical);
    enum status status = keep_reject(s, &reject, err);
    if (status != STATUS_OK || r->withdrawn.len == 0)
        return status;
    const struct article withdrawn = {.id = r->withdrawn,
                                      .published = TIMESTAMP_UNKNOWN};
    struct batch_entry *entry = batch_add(s->batch, &withdrawn);
    identify(s, entry);
    entry->decision = DECISION_WITHDRAW;
    return batch_is_full(s->batch) ? send_batch(s, err) : STATUS_OK;
}

static enum status take_article(struct intake_source *s,
                                const struct article *article,
                                struct error *err)
{
    struct summary *summary = s->intake->summary;
    identify(s, batch_add(s->batch, article));
    summary->mojibake += s->reader->mojibake - s->mojibake;
    s->mojibake = s->reader->mojibake;
    s->articles++;
    summary->read++;
    progress_update(s->intake->progress, summary->read,
                    s->intake->passed_bytes + s->bytes_known +
                        input_bytes(s->reader->input));
    return batch_is_full(s->batch) ? send_batch(s, err) : STATUS_OK;
}

/* --- one source ----------------------------------------------------------- */

static enum status note_in_ledger(struct intake_source *s,
                                  enum resume_extent extent, struct error *err)
{
    const struct resume_reading reading = {
        .source = s->source,
        .reader = s->reader,
        .articles = s->articles_known + s->articles + s->rejected,
        .extent = extent,
    };
    if (!s->intake->workers)
        return STATUS_OK;
    return resume_note(s->intake->ledger, &reading, err);
}

/* All that was read of it, and then all of it that comes to the next run. */
static enum status pause(struct intake_source *s, struct error *err)
{
    enum status status = send_batch(s, err);
    return status == STATUS_OK ? note_in_ledger(s, RESUME_PART, err) : status;
}

static enum status publish_if_due(struct intake_source *s, struct error *err)
{
    const struct intake_checkpoint *c = &s->intake->checkpoint;
    if (!c->is_due || !c->is_due(c->context))
        return STATUS_OK;
    enum status status = pause(s, err);
    if (status != STATUS_OK)
        return status;
    progress_clear(s->intake->progress);
    return c->publish(c->context, err);
}

/* Reads to the end, or until the run is to stop. A failure of the source itself
 * is told in `broken`. */
static enum status read_articles(struct intake_source *s, struct error *broken,
                                 struct error *err)
{
    while (!interrupt_signal()) {
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
        else if (!interrupt_signal()) {
            *broken = why;
            return send_batch(s, err);
        } else
            break;
        if (status == STATUS_OK)
            status = publish_if_due(s, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_INTERRUPTED;
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
static bool is_unchanged(const struct intake *in, const struct source *source)
{
    uint64_t articles;
    return in->extent == INTAKE_NEWS && S_ISREG(source->info.st_mode) &&
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
    s->rejected = 0;
    if (s->intake->rejects)
        rejects_source_read(s->intake->rejects,
                            text_from(s->source->canonical));
    return note_in_ledger(s, RESUME_WHOLE, err);
}

/* A file that has only grown is read on, unless it is to be read as something
 * else now. */
static enum status open_reader(struct intake_source *s, struct reader **out,
                               struct error *err)
{
    struct intake *in = s->intake;
    struct ledger_reading known;
    if (in->extent == INTAKE_ALL ||
        !resume_find(&known, in->ledger, s->source) ||
        !reader_can_go_on(s->source->path, in->format))
        return reader_open(out, s->source->path, in->format, err);
    message_detail(in->messages, "'%s' has grown: read on from byte %llu",
                   s->source->path, (unsigned long long)known.place.input.raw);
    s->articles_known = known.articles;
    s->bytes_known = known.place.input.raw;
    return reader_open_at(out, s->source->path, &known.place, err);
}

static enum status open_and_read(struct intake_source *s, struct error *err)
{
    struct intake *in = s->intake;
    struct error broken = ERROR_NONE;
    AUTO(reader) reader = NULL;
    enum status status = open_reader(s, &reader, &broken);
    if (status == STATUS_SOURCE)
        return reject_source(s, &broken, err);
    if (status != STATUS_OK) {
        fail_source(s, &broken);
        return STATUS_OK;
    }
    s->reader = reader;
    reader->map = in->map;
    if (in->limits)
        reader->limits = *in->limits;
    status = read_articles(s, &broken, err);
    in->summary->source_bytes += input_bytes(reader->input);
    if (status == STATUS_INTERRUPTED)
        status = pause(s, err);
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
    if (interrupt_signal())
        return STATUS_OK;
    if (in->rejects && s->bytes_known == 0)
        rejects_source_read(in->rejects, text_from(s->source->canonical));
    return note_in_ledger(s, RESUME_WHOLE, err);
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
    return open_and_read(&s, err);
}

/* --- what was kept of a pipe ---------------------------------------------- */

static enum status read_kept(struct intake *in, const struct kept_reject *kept,
                             struct error *err)
{
    const struct source pipe = {.path = "-", .canonical = "-"};
    struct intake_source s = {.intake = in, .source = &pipe};
    struct error broken = ERROR_NONE;
    AUTO(reader) reader = NULL;
    enum status status = reader_open_input(
        &reader, input_from_memory(kept->bytes, pipe.path), kept->format, err);
    if (status != STATUS_OK)
        return status;
    kept->format->go_on(reader, &kept->place);
    s.reader = reader;
    status = read_articles(&s, &broken, err);
    batch_free(TAKE(s.batch));
    if (status == STATUS_OK && broken.status != STATUS_OK)
        fail_source(&s, &broken);
    else if (status == STATUS_OK)
        rejects_tried_again(in->rejects, &kept->line);
    return status;
}

static enum status read_all_kept(struct intake *in, struct error *err)
{
    enum status status = STATUS_OK;
    size_t count = in->kept ? in->kept->count : 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = read_kept(in, &in->kept->list[i], err);
    return status == STATUS_INTERRUPTED ? STATUS_OK : status;
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
            return read_all_kept(in, err);
        if (interrupt_signal())
            return STATUS_OK;
        if (status != STATUS_OK) {
            progress_clear(in->progress);
            message_error(in->messages, "%s", missing.message);
            in->summary->files_failed++;
            continue;
        }
        status = read_source(in, &source, err);
        in->passed_bytes += (uint64_t)source.info.st_size;
        if (status != STATUS_OK)
            return status;
    }
}
