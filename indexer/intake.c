#include "indexer/intake.h"

#include "common/interrupt.h"
#include "indexer/intake_source.h"
#include "indexer/resume.h"
#include "indexer/sources.h"

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
    enum status status = intake_source_send(s, err);
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
        intake_source_warn(s);
        if (status == STATUS_END)
            return intake_source_send(s, err);
        if (status == STATUS_OK)
            status = intake_source_take(s, &article, err);
        else if (status == STATUS_SOURCE)
            status = intake_source_reject(s, &why, err);
        else if (!interrupt_signal()) {
            *broken = why;
            return intake_source_send(s, err);
        } else
            break;
        if (status == STATUS_OK)
            status = publish_if_due(s, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_INTERRUPTED;
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
    enum status status = intake_source_keep(s, &reject, err);
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
    intake_source_sum_up(s);
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
