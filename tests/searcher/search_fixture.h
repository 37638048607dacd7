/* An archive made of a test's own articles, and what queries find in it.
 *
 *     struct search_fixture f;
 *     search_fixture_init(&f, "english");
 *     search_fixture_add_text(&f, "p1", "Nord Stream", "A pipe.");
 *     search_fixture_publish(&f);            -- one segment
 *     search_fixture_find(&f, "nord", NULL)  -- "p1"
 *     search_fixture_done(&f);
 *
 * An id that is added again supersedes the article that had it. Whatever fails
 * fails the test. */
#ifndef TESTS_SEARCHER_SEARCH_FIXTURE_H
#define TESTS_SEARCHER_SEARCH_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/analyzer.h"
#include "common/archive.h"
#include "common/arena.h"
#include "common/article.h"
#include "common/strbuf.h"
#include "searcher/plan.h"
#include "searcher/search.h"

struct search_fixture {
    char *folder, *path; /* of everything; of the archive */
    const char *language;
    struct arena arena; /* of the articles */
    struct article *articles;
    size_t article_count, article_capacity; /* superseded ones not counted */
    struct strbuf lines;                    /* for the next segment */
    struct archive *archive;                /* NULL before the first publish */
    struct analyzer *analyzer;
    struct strbuf found;
};

/* `language` NULL is the indexer's default. */
void search_fixture_init(struct search_fixture *f, const char *language);
void search_fixture_done(struct search_fixture *f);

/* Queued for the next segment; copied. */
void search_fixture_add(struct search_fixture *f,
                        const struct article *article);
void search_fixture_add_text(struct search_fixture *f, const char *id,
                             const char *title, const char *body);

/* Deletes it as --delete does, from what is published. */
void search_fixture_delete(struct search_fixture *f, struct text id);

/* A generation with one segment more, opened. */
void search_fixture_publish(struct search_fixture *f);

/* Articles of nothing but a body, with the ids "1", "2" and so on; published.
 */
void search_fixture_bodies(struct search_fixture *f, const char *const *bodies,
                           size_t count);

struct search_options {
    enum plan_match match;
    timestamp since, until;
    timestamp now; /* what 7d and today are counted from */
    struct zone zone;
    enum engine_sort sort;
    enum search_ranking ranking;
    const struct plan_more *more; /* with PLAN_ANY */
    size_t more_count;
    size_t first, count;
    enum search_total total;
};

#define SEARCH_OPTIONS_ALL                                                     \
    {                                                                          \
        .since = TIMESTAMP_UNKNOWN, .until = TIMESTAMP_UNKNOWN, .count = 10000 \
    }

/* A query with what was made of it; `status` is of the first that failed. */
struct search_answer {
    struct query *query;
    struct plan *plan;
    struct search_result result;
    enum status status;
    struct error error;
};

/* `options` NULL: all that matches, the best first. `query` must live as long
 * as the answer. */
void search_fixture_answer(struct search_answer *out, struct search_fixture *f,
                           const char *query,
                           const struct search_options *options);
void search_answer_done(struct search_answer *a);
DEFINE_AUTO_DONE(search_answer);

/* The record of a hit, in the caller's arena. */
struct article search_fixture_article(struct search_fixture *f,
                                      struct engine_document document,
                                      struct arena *arena);

/* The ids that a query finds, in their order, with a blank between; "refused"
 * if it is. Valid until the next call. */
const char *search_fixture_find(struct search_fixture *f, const char *query,
                                const struct search_options *options);

/* The same, sorted: for tests that are not about ranking. */
const char *search_fixture_set(struct search_fixture *f, const char *query,
                               const struct search_options *options);

#endif
