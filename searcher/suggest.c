#include "searcher/suggest.h"

#include <stdbool.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/strbuf.h"
#include "searcher/plan_leaf.h"
#include "searcher/query_char.h"
#include "searcher/spelling.h"

enum { QUERY_MAX = 1 << 24 };

struct suggesting {
    const struct suggest_request *request;
    struct suggestion *out;
    struct error *err;
};

/* --- what is known -------------------------------------------------------- */

static enum status add_articles(uint32_t *sum, const struct suggesting *s,
                                const char *prefix, struct text word)
{
    uint32_t articles = 0;
    if (word.len == 0)
        return STATUS_OK;
    enum status status = engine_term_frequency(
        archive_index(s->request->archive),
        plan_leaf_term(s->request->arena, prefix, word), &articles, s->err);
    *sum = articles > UINT32_MAX - *sum ? UINT32_MAX : *sum + articles;
    return status;
}

/* Roughly how many articles have the word, or one of its inflections where the
 * query takes these. */
static enum status count_articles(uint32_t *out, const struct suggesting *s,
                                  const struct query_node *node,
                                  const struct lexeme *lexeme)
{
    const struct field_info *field = &fields[node->field];
    const bool inflected =
        node->kind == QUERY_WORD && !node->quoted && field->stem_prefix;
    *out = 0;
    enum status status = add_articles(out, s, field->prefix, lexeme->word);
    if (status == STATUS_OK && inflected)
        status = add_articles(out, s, field->stem_prefix, lexeme->stem);
    if (status == STATUS_OK && inflected)
        status = add_articles(out, s, field->stem_prefix, lexeme->alt_stem);
    return status;
}

/* --- words ---------------------------------------------------------------- */

/* `at`: of the typed text in the query. */
static enum status suggest_token(struct suggesting *s,
                                 const struct query_node *node,
                                 const struct token *token, size_t at)
{
    struct suggestion *out = s->out;
    const struct text word = token->lexeme->word;
    uint32_t articles;
    struct spelling best;
    if (out->count == SUGGEST_WORDS_MAX || token->marks & TOKEN_BIGRAM ||
        (word.ptr[0] >= '0' && word.ptr[0] <= '9'))
        return STATUS_OK;
    enum status status = count_articles(&articles, s, node, token->lexeme);
    if (status != STATUS_OK ||
        (articles > 0 && s->request->found == SUGGEST_SOME_FOUND))
        return status;
    const struct spelling_request request = {
        .archive = s->request->archive,
        .field = node->field,
        .word = word,
        .articles = articles,
        .arena = s->request->arena,
    };
    status = spelling_best(&best, &request, s->err);
    if (status == STATUS_OK && best.word.len > 0)
        out->words[out->count++] = (struct suggested_word){
            at + token->offset, token->length, best.word, best.articles};
    return status;
}

/* What was typed for the words of a node: that between quotes, if there are
 * any. */
static struct text typed_for(const struct suggesting *s,
                             const struct query_node *node)
{
    const struct text query = s->request->query->text;
    struct text typed = text_slice(query, node->offset, node->length);
    if (node->text.ptr >= query.ptr && node->text.ptr < query.ptr + query.len)
        return node->text;
    size_t from = 0, to = 0, length;
    for (size_t at = 0; at < typed.len; at += length) {
        if (query_char_at(typed, at, &length) != '"')
            continue;
        if (from == 0)
            from = at + length;
        to = at;
    }
    return text_slice(typed, from, to > from ? to - from : 0);
}

static enum status suggest_leaf(struct suggesting *s,
                                const struct query_node *node)
{
    const struct text typed = typed_for(s, node);
    const size_t at = (size_t)(typed.ptr - s->request->query->text.ptr);
    const size_t before = s->out->count;
    enum status status = STATUS_OK;
    struct token token;
    analyzer_start(s->request->analyzer, typed);
    while (status == STATUS_OK && analyzer_next(s->request->analyzer, &token)) {
        if (!(token.marks & TOKEN_JOINED)) {
            status = suggest_token(s, node, &token, at);
            continue;
        }
        uint32_t articles;
        status = count_articles(&articles, s, node, token.lexeme);
        if (status == STATUS_OK && articles > 0)
            s->out->count = before; /* known as a whole */
    }
    return status;
}

static enum status suggest_below(struct suggesting *s,
                                 const struct query_node *node)
{
    if (node->kind == QUERY_NOT)
        return STATUS_OK;
    if (node->kind == QUERY_WORD || node->kind == QUERY_PHRASE)
        return fields[node->field].kind == FIELD_WORDS ? suggest_leaf(s, node)
                                                       : STATUS_OK;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < node->child_count && status == STATUS_OK; i++)
        status = suggest_below(s, node->children[i]);
    return status;
}

/* --- the query ------------------------------------------------------------ */

static struct text exchange_words(const struct suggesting *s)
{
    const struct text typed = s->request->query->text;
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    size_t at = 0;
    for (size_t i = 0; i < s->out->count; i++) {
        const struct suggested_word *w = &s->out->words[i];
        strbuf_append(&query, text_slice(typed, at, w->offset - at));
        strbuf_append(&query, w->word);
        at = w->offset + w->length;
    }
    strbuf_append(&query, text_slice(typed, at, typed.len));
    return arena_text(s->request->arena, strbuf_text(&query));
}

enum status suggest_query(struct suggestion *out,
                          const struct suggest_request *request,
                          struct error *err)
{
    struct suggesting s = {request, out, err};
    *out = (struct suggestion){.count = 0};
    enum status status = suggest_below(&s, request->query->root);
    if (status == STATUS_OK && out->count > 0)
        out->query = exchange_words(&s);
    return status;
}
