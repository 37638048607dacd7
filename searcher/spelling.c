#include "searcher/spelling.h"

#include <stdbool.h>
#include <stdlib.h>

#include "common/engine/index.h"
#include "common/engine/search.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/letters.h"

enum {
    CANDIDATES_MAX = 10000,
    LOOKED_AT = 10, /* of the best, for one that is not in deleted articles only
                     */
    ALPHABET = 26
};

/* How many words are typed as they are meant, to one that is not. */
static const double RIGHT_TO_WRONG = 20;

struct candidate {
    struct text word;
    double score;
};

struct search {
    const struct spelling_request *request;
    struct letters typed;
    size_t nearest;    /* slips between it and the candidates */
    size_t prefix_len; /* of a name's terms */
    struct candidate *candidates;
    size_t count, capacity;
};

/* --- candidates ----------------------------------------------------------- */

/* Only the nearest are kept. */
static void consider(struct search *s, struct text word)
{
    struct letters letters;
    letters_read(&letters, word);
    const size_t distance =
        letters_distance(&s->typed, &letters, s->nearest, LETTERS_SWAPS);
    if (distance > s->nearest || distance == 0)
        return;
    if (distance < s->nearest) {
        s->nearest = distance;
        s->count = 0;
    }
    if (s->count == CANDIDATES_MAX)
        return;
    MEM_GROW(s->candidates, s->count, s->capacity);
    s->candidates[s->count++] =
        (struct candidate){arena_text(s->request->arena, word), 0};
}

static bool consider_entry(void *context, const struct vocabulary_entry *entry)
{
    consider(context, text_make(entry->word, entry->word_len));
    return true;
}

static bool consider_term(void *context, struct text term, uint32_t frequency)
{
    struct search *s = context;
    (void)frequency;
    consider(s, text_slice(term, s->prefix_len, term.len));
    return true;
}

static enum status gather(struct search *s, struct error *err)
{
    const struct spelling_request *r = s->request;
    const struct text prefix = text_from(fields[r->field].prefix);
    struct engine_index *index = archive_index(r->archive);
    const bool is_text = r->field == FIELD_ANY || r->field == FIELD_TITLE;
    enum status status = STATUS_OK;
    s->prefix_len = prefix.len;
    for (size_t i = 0; i < engine_index_segments(index) && !status; i++) {
        if (is_text)
            vocabulary_prefix(archive_vocabulary(r->archive, i),
                              text_make("", 0), consider_entry, s);
        else
            status = engine_terms(index, i, prefix, consider_term, s, err);
    }
    return status;
}

static int compare_words(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return text_compare(x->word, y->word);
}

/* A word may be in many segments. */
static void unite(struct search *s)
{
    size_t kept = 0;
    if (s->count == 0)
        return;
    qsort(s->candidates, s->count, sizeof *s->candidates, compare_words);
    for (size_t i = 1; i < s->count; i++)
        if (!text_equal(s->candidates[kept].word, s->candidates[i].word))
            s->candidates[++kept] = s->candidates[i];
    s->count = kept + 1;
}

/* --- the most probable ---------------------------------------------------- */

static bool is_swap(const struct letters *a, const struct letters *b)
{
    size_t at = 0;
    while (at < a->count && a->codes[at] == b->codes[at])
        at++;
    return at + 1 < a->count && a->codes[at] == b->codes[at + 1];
}

/* That of all words with one slip in `meant`, this one was typed. */
static double likelihood(const struct letters *meant,
                         const struct letters *typed)
{
    const double length = (double)meant->count;
    if (typed->count < meant->count)
        return 1 / length;
    if (typed->count > meant->count)
        return 1 / ((length + 1) * ALPHABET);
    return is_swap(meant, typed) ? 1 / length : 1 / (length * ALPHABET);
}

static struct text term_of(const struct search *s, struct text word,
                           struct strbuf *out)
{
    strbuf_reset(out);
    strbuf_append_string(out, fields[s->request->field].prefix);
    strbuf_append(out, word);
    return text_slice(strbuf_text(out), 0, ENGINE_TERM_MAX);
}

static int compare_scores(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return compare_words(a, b);
}

static enum status rank(struct search *s, struct error *err)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(4 * ENGINE_TERM_MAX);
    for (size_t i = 0; i < s->count; i++) {
        struct candidate *c = &s->candidates[i];
        struct letters letters;
        uint32_t articles;
        enum status status =
            engine_term_frequency(archive_index(s->request->archive),
                                  term_of(s, c->word, &term), &articles, err);
        if (status != STATUS_OK)
            return status;
        letters_read(&letters, c->word);
        c->score = articles * likelihood(&letters, &s->typed);
    }
    if (s->count > 0)
        qsort(s->candidates, s->count, sizeof *s->candidates, compare_scores);
    return STATUS_OK;
}

static enum status count_articles(uint64_t *out, const struct search *s,
                                  struct text word, struct error *err)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(4 * ENGINE_TERM_MAX);
    AUTO(engine_query)
    query = engine_query_term(term_of(s, word, &term), 1);
    AUTO_DONE(engine_hits) hits = {.hits = NULL};
    const struct engine_request request = {.query = query,
                                           .check_at_least = UINT32_MAX};
    enum status status =
        engine_search(&hits, archive_index(s->request->archive), &request, err);
    if (status == STATUS_OK)
        *out = hits.total_estimated;
    return status;
}

static enum status choose(struct spelling *out, const struct search *s,
                          struct error *err)
{
    const double as_typed = s->request->articles * RIGHT_TO_WRONG;
    for (size_t i = 0; i < s->count && i < LOOKED_AT; i++) {
        const struct candidate *c = &s->candidates[i];
        uint64_t articles = 0;
        if (c->score <= as_typed)
            break;
        enum status status = count_articles(&articles, s, c->word, err);
        if (status != STATUS_OK)
            return status;
        if (articles > 0) {
            *out = (struct spelling){c->word, articles};
            return STATUS_OK;
        }
    }
    *out = (struct spelling){{"", 0}, 0};
    return STATUS_OK;
}

enum status spelling_best(struct spelling *out,
                          const struct spelling_request *request,
                          struct error *err)
{
    struct search s = {.request = request};
    enum status status = STATUS_OK;
    letters_read(&s.typed, request->word);
    if (s.typed.count >= SPELLING_LETTERS_MIN) {
        s.nearest = s.typed.count >= SPELLING_TWO_SLIPS_MIN ? 2 : 1;
        status = gather(&s, err);
    }
    unite(&s);
    if (status == STATUS_OK)
        status = rank(&s, err);
    if (status == STATUS_OK)
        status = choose(out, &s, err);
    free(s.candidates);
    return status;
}
