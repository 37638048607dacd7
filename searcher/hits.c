#include "searcher/hits.h"

#include "common/archive.h"
#include "common/record.h"
#include "searcher/explain_scores.h"
#include "searcher/highlight.h"

enum { RECORD_MAX = 512 << 20, SCORES_MAX = 1 << 24 };

void hits_init(struct hits *h)
{
    arena_init(&h->arena);
    strbuf_init(&h->record, RECORD_MAX);
}

void hits_done(struct hits *h)
{
    arena_done(&h->arena);
    strbuf_done(&h->record);
}

enum status hits_read(struct hits_article *out, struct hits *h,
                      struct archive *archive, struct engine_document document,
                      struct highlight *highlight, struct error *err)
{
    struct hits_article read = {.marks = {.title = NULL}};
    arena_reset(&h->arena);
    strbuf_reset(&h->record);
    enum status status =
        engine_document_data(archive_index(archive), document, &h->record, err);
    if (status == STATUS_OK)
        status =
            record_read(&read.article, strbuf_text(&h->record), &h->arena, err);
    if (status == STATUS_OK)
        status = archive_origin(&read.article.origin, archive, document,
                                &h->arena, err);
    if (status != STATUS_OK)
        return status;
    if (highlight)
        read.marks =
            highlight_article(highlight, document, &read.article, &h->arena);
    *out = read;
    return STATUS_OK;
}

static void choose_passages(struct hit *hit,
                            struct snippet snippets[SNIPPET_PASSAGES],
                            const struct highlight_marks *marks,
                            struct arena *arena)
{
    const struct snippet_request request = {
        .text = hit->article->body,
        .marks = marks->body,
        .mark_count = marks->body_count,
        .characters = SNIPPET_CHARACTERS,
        .passages = SNIPPET_PASSAGES,
    };
    hit->title = snippet_whole(hit->article->title, marks->title,
                               marks->title_count, arena);
    hit->snippet_count = snippet_choose(snippets, &request, arena);
    hit->snippets = snippets;
}

static enum status print_hit(struct hits *h, const struct hits_request *r,
                             struct highlight *highlight, size_t number,
                             struct error *err)
{
    const struct search_hit *found = &r->result->hits[number];
    struct hits_article read;
    enum status status = hits_read(&read, h, r->search->archive,
                                   found->document, highlight, err);
    if (status != STATUS_OK)
        return status;
    struct hit hit = {.rank = r->search->first + number + 1,
                      .score = found->score,
                      .article = &read.article};
    struct snippet snippets[SNIPPET_PASSAGES];
    if (r->passages == HITS_WITH_PASSAGES)
        choose_passages(&hit, snippets, &read.marks, &h->arena);
    hit.marks = &read.marks;
    output_hit(r->output, &hit);
    return STATUS_OK;
}

static enum status explain_hit(const struct hits_request *r, size_t number,
                               struct error *err)
{
    AUTO_DONE(strbuf) scores = STRBUF_INIT(SCORES_MAX);
    enum status status = explain_scores(r->search, r->result,
                                        &r->result->hits[number], &scores, err);
    if (status != STATUS_OK)
        return status;
    struct text rest = strbuf_text(&scores), first;
    text_split(&rest, '\n', &first);
    message_note(r->messages, "%zu: %.*s", r->search->first + number + 1,
                 TEXT_ARG(first));
    if (rest.len > 0)
        message_lines(r->messages, rest);
    return STATUS_OK;
}

enum status hits_print(struct hits *h, const struct hits_request *r,
                       struct error *err)
{
    AUTO(highlight)
    highlight =
        r->passages != HITS_BARE
            ? highlight_new(r->search->plan, r->search->archive, r->analyzer)
            : NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < r->result->count && status == STATUS_OK; i++) {
        status = print_hit(h, r, highlight, i, err);
        if (status == STATUS_OK && r->scores == HITS_EXPLAINED)
            status = explain_hit(r, i, err);
    }
    return status;
}
