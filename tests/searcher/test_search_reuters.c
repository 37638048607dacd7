/* The same comparison as in test_search_random.c over real articles, where
 * ../shared/corpora is. */
#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "indexer/reader.h"
#include "tests/searcher/query_generator.h"
#include "tests/searcher/query_trial.h"

enum { ARTICLES = 2000, SEGMENTS = 3, QUERIES = 1000, WORDS = 3000 };

static const char corpus[] = "../shared/corpora/reuters21578/articles.jsonl.gz";
static const char *const names[] = {"reuters", "cocoa", "earn", "grain",
                                    "trade",   "acq",   "crude"};
static const char *const days[] = {"1987-02-26", "1987-02-27", "1987-02-28",
                                   "1987-03-01", "1987-03-02", "1987-03",
                                   "1987-02",    "1987",       "3d",
                                   "1w",         "yesterday",  "today"};

#define NOW (INT64_C(6270) * 86400) /* 1987-03-03 */

static uint64_t seed(void)
{
    const char *given = getenv("MORGUE_SEED");
    return given ? strtoull(given, NULL, 0) : 0x9e3779b97f4a7c15u;
}

/* Every twentieth has a later version, with the body of another. */
static void publish(struct search_fixture *f)
{
    for (size_t i = 0; i < ARTICLES / 20; i++) {
        struct article later = f->articles[20 * i];
        later.body = f->articles[20 * i + 7].body;
        search_fixture_add(f, &later);
    }
    search_fixture_publish(f);
}

static void fill(struct search_fixture *f, struct reader *reader)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct error err = ERROR_NONE;
    struct article article;
    for (size_t i = 1; i <= ARTICLES; i++) {
        arena_reset(&arena);
        cr_assert_eq(reader_next(reader, &arena, &article, &err), STATUS_OK,
                     "%s", err.message);
        search_fixture_add(f, &article);
        if (i % (ARTICLES / SEGMENTS + 1) == 0)
            search_fixture_publish(f);
    }
    publish(f);
}

/* Words as often as they occur. */
static void draw_words(const struct query_trial *t, struct dice *dice,
                       const char *out[WORDS], struct arena *arena)
{
    for (size_t i = 0; i < WORDS;) {
        const size_t place = dice_below(dice, t->f->article_count);
        const struct reference_article *a = &t->articles[place];
        if (a->count == 0)
            continue;
        const struct reference_token *token =
            &a->tokens[dice_below(dice, a->count)];
        const struct text text =
            token->body ? a->article->body : a->article->title;
        out[i++] =
            arena_text(arena, text_slice(text, token->offset, token->length))
                .ptr;
    }
}

Test(search_reuters, real_articles_answer_as_the_reference, .timeout = 1800)
{
    struct error err = ERROR_NONE;
    AUTO(reader) reader = NULL;
    if (reader_open(&reader, corpus, NULL, &err) != STATUS_OK)
        cr_skip("%s", err.message);
    struct dice dice = {seed()};
    struct search_fixture f;
    struct query_trial t;
    char name[64];
    const char *words[WORDS];
    AUTO_DONE(arena) arena = ARENA_INIT;
    search_fixture_init(&f, "english");
    fill(&f, reader);
    query_trial_init(&t, &f);
    draw_words(&t, &dice, words, &arena);
    const struct query_generator g = {
        .dice = &dice,
        .words = words,
        .word_count = WORDS,
        .names = names,
        .name_count = sizeof names / sizeof *names,
        .days = days,
        .day_count = sizeof days / sizeof *days,
    };
    t.options = (struct search_options)SEARCH_OPTIONS_ALL;
    t.options.now = NOW;
    AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
    snprintf(name, sizeof name, "seed %#lx", (unsigned long)dice.state);
    for (int i = 0; i < QUERIES; i++) {
        strbuf_reset(&query);
        query_generate(&g, &query);
        query_trial_check(&t, strbuf_text(&query), name);
    }
    fprintf(stderr, "%zu queries, %zu answered, %zu articles found\n", t.asked,
            t.answered, t.found);
    cr_assert_gt(t.answered, t.asked / 2);
    query_trial_done(&t);
    search_fixture_done(&f);
}
