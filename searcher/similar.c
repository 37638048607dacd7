#include "searcher/similar.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/archive_find.h"
#include "common/fields.h"
#include "common/mem.h"
#include "common/record.h"
#include "searcher/plan_leaf.h"
#include "searcher/query.h"
#include "searcher/stopwords.h"
#include "searcher/value_counter.h"

enum {
    RECORD_MAX = 512 << 20,
    TOKENS_MAX = 20000, /* of the body that are looked at: the first */
    TERMS_MAX = 4000,   /* that are looked up */
    TITLE_TIMES = 3
};

struct candidate {
    struct text form; /* as it stands in the article first */
    double weight;
};

struct weighing {
    struct archive *archive;
    struct analyzer *analyzer;
    struct stopwords stopwords;
    struct value_counter terms; /* how often each is in the article */
    struct candidate *words;    /* of each term */
    size_t capacity;
};

static bool is_operator(struct text word)
{
    return text_is(word, "and") || text_is(word, "or") || text_is(word, "not");
}

static bool tells(const struct weighing *w, const struct token *token)
{
    const struct text word = token->lexeme->word;
    return !(token->marks & TOKEN_JOINED) && word.len > 1 &&
           !(word.ptr[0] >= '0' && word.ptr[0] <= '9') && !is_operator(word) &&
           !stopwords_contains(w->stopwords, word);
}

static void add_text(struct weighing *w, struct text text, uint64_t times)
{
    struct token token;
    AUTO_DONE(strbuf) term = STRBUF_INIT(2 * ANALYZER_WORD_MAX);
    analyzer_start(w->analyzer, text);
    for (int i = 0; i < TOKENS_MAX && analyzer_next(w->analyzer, &token); i++) {
        if (!tells(w, &token))
            continue;
        const struct lexeme *lexeme = token.lexeme;
        const size_t before = w->terms.count;
        strbuf_reset(&term);
        if (lexeme->stem.len > 0)
            strbuf_append_string(&term, PREFIX_STEM);
        strbuf_append(&term,
                      lexeme->stem.len > 0 ? lexeme->stem : lexeme->word);
        value_counter_add(&w->terms, strbuf_text(&term), times);
        if (w->terms.count == before)
            continue;
        MEM_GROW(w->words, before, w->capacity);
        w->words[before] =
            (struct candidate){text_slice(text, token.offset, token.length), 0};
    }
}

static enum status weigh(struct weighing *w, struct error *err)
{
    const double all =
        (double)manifest_articles(archive_manifest(w->archive)) + 1;
    for (size_t i = 0; i < w->terms.count && i < TERMS_MAX; i++) {
        const struct value_count *term = &w->terms.entries[i];
        uint32_t articles = 0;
        enum status status = engine_term_frequency(archive_index(w->archive),
                                                   term->value, &articles, err);
        if (status != STATUS_OK)
            return status;
        if (articles > 1 && articles < all)
            w->words[i].weight =
                (1 + log((double)term->count)) * log(all / (double)articles);
    }
    return STATUS_OK;
}

/* Descending; equals as they stand in the article. */
static int compare(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->form.ptr > y->form.ptr) - (x->form.ptr < y->form.ptr);
}

static bool is_query(struct text text)
{
    AUTO(query) tree = NULL;
    struct error ignored = ERROR_NONE;
    return query_parse(&tree, text, &ignored) == STATUS_OK;
}

/* What cannot be written as a query, such as a quote in an id, is left out. */
static void append_part(struct strbuf *out, const char *before,
                        struct text part, const char *behind)
{
    const size_t len = out->len;
    strbuf_append_string(out, len > 0 ? " " : "");
    strbuf_append_string(out, before);
    strbuf_append(out, part);
    strbuf_append_string(out, behind);
    if (out->overflowed || !is_query(text_slice(strbuf_text(out), 0, out->len)))
        strbuf_truncate(out, len);
}

static enum status make_query(struct strbuf *out, struct weighing *w,
                              const struct article *article, struct error *err)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(SIMILAR_QUERY_MAX);
    add_text(w, article->title, TITLE_TIMES);
    add_text(w, article->body, 1);
    enum status status = weigh(w, err);
    if (status != STATUS_OK)
        return status;
    if (w->terms.count > 0)
        qsort(w->words, w->terms.count, sizeof *w->words, compare);
    for (size_t i = 0; i < w->terms.count && i < SIMILAR_WORDS; i++)
        if (w->words[i].weight > 0)
            append_part(&query, "", w->words[i].form, "");
    if (query.len == 0)
        return error_set(err, STATUS_NOT_FOUND,
                         "article '%.*s' has no word that others have",
                         TEXT_ARG(text_slice(article->id, 0, 100)));
    append_part(&query, "-id:\"", article->id, "\"");
    strbuf_append(out, strbuf_text(&query));
    return STATUS_OK;
}

enum status similar_query(struct strbuf *out, struct archive *archive,
                          struct analyzer *analyzer, struct text id,
                          struct error *err)
{
    struct engine_document document = {0};
    struct article article;
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    struct weighing words = {.archive = archive,
                             .analyzer = analyzer,
                             .stopwords =
                                 stopwords_of(analyzer_language(analyzer))};
    enum status status = archive_find(&document, archive, id, err);
    if (status == STATUS_OK)
        status = engine_document_data(archive_index(archive), document, &record,
                                      err);
    if (status == STATUS_OK)
        status = record_read(&article, strbuf_text(&record), &arena, err);
    if (status != STATUS_OK)
        return status;
    value_counter_init(&words.terms);
    status = make_query(out, &words, &article, err);
    value_counter_done(&words.terms);
    free(words.words);
    return status;
}
