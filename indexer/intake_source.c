#include "indexer/intake_source.h"

#include "common/record.h"
#include "indexer/identity.h"

/* Of one source; more are only counted. */
enum { MESSAGES_SHOWN = 20, ID_TERM_MAX = 1024 };

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

enum status intake_source_send(struct intake_source *s, struct error *err)
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

void intake_source_warn(struct intake_source *s)
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

enum status intake_source_keep(struct intake_source *s,
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

enum status intake_source_reject(struct intake_source *s,
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
    enum status status = intake_source_keep(s, &reject, err);
    if (status != STATUS_OK || r->withdrawn.len == 0)
        return status;
    const struct article withdrawn = {.id = r->withdrawn,
                                      .published = TIMESTAMP_UNKNOWN};
    struct batch_entry *entry = batch_add(s->batch, &withdrawn);
    identify(s, entry);
    entry->decision = DECISION_WITHDRAW;
    return batch_is_full(s->batch) ? intake_source_send(s, err) : STATUS_OK;
}

enum status intake_source_take(struct intake_source *s,
                               const struct article *article, struct error *err)
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
    return batch_is_full(s->batch) ? intake_source_send(s, err) : STATUS_OK;
}

/* --- the end -------------------------------------------------------------- */

void intake_source_sum_up(const struct intake_source *s)
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
