#include "tests/searcher/query_reference.h"

#include <stdlib.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/stopwords.h"

enum { PARTS_MAX = 64, VALUE_MAX = 1 << 20 };

static struct reference_tokens take_apart(struct analyzer *analyzer,
                                          struct text text)
{
    struct reference_tokens all = {NULL, 0, 0};
    struct token token;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token)) {
        MEM_GROW(all.tokens, all.count, all.capacity);
        all.tokens[all.count++] = (struct reference_token){
            token.lexeme,   token.offset, token.length,
            token.position, token.span,   token.marks & TOKEN_CAPS};
    }
    return all;
}

void reference_article_init(struct reference_article *out,
                            struct analyzer *analyzer,
                            const struct article *article)
{
    out->article = article;
    out->title = take_apart(analyzer, article->title);
    out->body = take_apart(analyzer, article->body);
}

void reference_article_done(struct reference_article *a)
{
    free(a->title.tokens);
    free(a->body.tokens);
}

/* --- what was typed ------------------------------------------------------- */

struct typed_part {
    const struct lexeme *lexeme;
    bool caps; /* U.S. */
};

struct typed {
    struct typed_part parts[PARTS_MAX], joined;
    size_t count;
    bool has_joined; /* the whole of it is one hyphenated word */
    bool exact;
};

static bool has_small_letter(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] >= 'a' && t.ptr[i] <= 'z')
            return true;
    return false;
}

static struct typed read_typed(const struct query_reference *r,
                               const struct query_node *node)
{
    struct typed typed = {.exact = node->quoted || node->kind == QUERY_PHRASE};
    uint32_t span = 0;
    struct token token;
    analyzer_start(r->analyzer, node->text);
    while (analyzer_next(r->analyzer, &token)) {
        struct text written =
            text_slice(node->text, token.offset, token.length);
        const struct typed_part part = {token.lexeme,
                                        (token.marks & TOKEN_DOTTED) &&
                                            !has_small_letter(written)};
        if (token.marks & TOKEN_JOINED) {
            typed.joined = part;
            span = token.span;
        } else if (typed.count < PARTS_MAX) {
            typed.parts[typed.count++] = part;
        }
    }
    typed.has_joined = span > 0 && span == typed.count;
    return typed;
}

static bool same(struct text a, struct text b)
{
    return a.len > 0 && text_equal(a, b);
}

static bool same_stem(const struct lexeme *a, const struct lexeme *b)
{
    return same(a->stem, b->stem) || same(a->stem, b->alt_stem) ||
           same(a->alt_stem, b->stem) || same(a->alt_stem, b->alt_stem);
}

static bool takes(const struct typed *typed, const struct typed_part *part,
                  const struct reference_token *token)
{
    bool same_word = text_equal(part->lexeme->word, token->lexeme->word);
    if (part->caps)
        return same_word && token->caps;
    if (typed->exact || part->lexeme->stem.len == 0)
        return same_word;
    return same_stem(part->lexeme, token->lexeme);
}

/* Whether the parts from `part` on stand one behind the other, the first of
 * them at `position`. */
static bool stands_at(const struct typed *typed, size_t part,
                      const struct reference_tokens *all, uint32_t position)
{
    if (part == typed->count)
        return true;
    for (size_t i = 0; i < all->count; i++)
        if (all->tokens[i].position == position &&
            takes(typed, &typed->parts[part], &all->tokens[i]) &&
            stands_at(typed, part + 1, all, position + all->tokens[i].span))
            return true;
    return false;
}

static bool stands_in(const struct typed *typed,
                      const struct reference_tokens *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (stands_at(typed, 0, all, all->tokens[i].position))
            return true;
    return false;
}

/* --- leaves --------------------------------------------------------------- */

static bool is_text(const struct query_node *node)
{
    return node->field == FIELD_ANY || node->field == FIELD_TITLE;
}

static bool joined_in(const struct typed *typed,
                      const struct reference_tokens *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (takes(typed, &typed->joined, &all->tokens[i]))
            return true;
    return false;
}

static bool text_matches(const struct query_node *node,
                         const struct typed *typed,
                         const struct reference_article *a)
{
    bool everywhere = node->field == FIELD_ANY;
    if (node->kind == QUERY_WORD && typed->has_joined && typed->count > 1 &&
        (joined_in(typed, &a->title) ||
         (everywhere && joined_in(typed, &a->body))))
        return true;
    return stands_in(typed, &a->title) ||
           (everywhere && stands_in(typed, &a->body));
}

/* A single word may be a joined one of the name; several are parts of it that
 * follow each other. */
static bool name_matches(const struct query_reference *r, struct text name,
                         const struct typed *typed)
{
    struct reference_tokens all = take_apart(r->analyzer, name);
    size_t kept = 0;
    bool found = false;
    for (size_t i = 0; i < all.count; i++)
        if (typed->count == 1 || all.tokens[i].span == 1)
            all.tokens[kept++] = all.tokens[i];
    for (size_t from = 0; from + typed->count <= kept && !found; from++) {
        found = true;
        for (size_t i = 0; i < typed->count; i++)
            found = found && text_equal(all.tokens[from + i].lexeme->word,
                                        typed->parts[i].lexeme->word);
    }
    free(all.tokens);
    return found;
}

static bool any_name_matches(const struct query_reference *r,
                             const struct query_node *node,
                             const struct typed *typed, const struct article *a)
{
    if (node->field == FIELD_SOURCE)
        return name_matches(r, a->source, typed);
    if (node->field == FIELD_SECTION)
        return name_matches(r, a->section, typed);
    for (size_t i = 0; i < a->author_count; i++)
        if (name_matches(r, a->authors[i], typed))
            return true;
    return false;
}

static bool same_value(struct text typed, struct text value)
{
    AUTO_DONE(strbuf) a = STRBUF_INIT(VALUE_MAX);
    AUTO_DONE(strbuf) b = STRBUF_INIT(VALUE_MAX);
    analyzer_fold_value(typed, &a);
    analyzer_fold_value(value, &b);
    return value.len > 0 && text_equal(strbuf_text(&a), strbuf_text(&b));
}

static bool value_matches(const struct query_node *node,
                          const struct article *a)
{
    switch (node->field) {
    case FIELD_ID:
        return text_equal(node->text, a->id);
    case FIELD_URL:
        return text_equal(node->text, a->url);
    case FIELD_LANGUAGE:
        return same_value(node->text, a->language);
    default:
        for (size_t i = 0; i < a->tag_count; i++)
            if (same_value(node->text, a->tags[i]))
                return true;
        return false;
    }
}

static enum reference_verdict leaf(const struct query_reference *r,
                                   const struct query_node *node,
                                   const struct reference_article *a)
{
    if (fields[node->field].kind == FIELD_EXACT)
        return value_matches(node, a->article) ? REFERENCE_YES : REFERENCE_NO;
    const struct typed typed = read_typed(r, node);
    if (typed.count == 0)
        return REFERENCE_NO_WORDS;
    bool found = is_text(node) ? text_matches(node, &typed, a)
                               : any_name_matches(r, node, &typed, a->article);
    return found ? REFERENCE_YES : REFERENCE_NO;
}

/* --- groups --------------------------------------------------------------- */

static bool is_leaf(const struct query_node *node)
{
    return node->kind == QUERY_WORD || node->kind == QUERY_PHRASE;
}

static bool is_stop_word(const struct query_reference *r,
                         const struct query_node *node)
{
    if (node->kind != QUERY_WORD || node->quoted || !is_text(node))
        return false;
    const struct typed typed = read_typed(r, node);
    return typed.count == 1 && !typed.parts[0].caps &&
           stopwords_contains(analyzer_language(r->analyzer),
                              typed.parts[0].lexeme->word);
}

/* Whether it asks for a word of title or body. */
static bool asks_for_text(const struct query_reference *r,
                          const struct query_node *node)
{
    if (is_leaf(node))
        return is_text(node) && read_typed(r, node).count > 0;
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i]->kind != QUERY_NOT &&
            asks_for_text(r, node->children[i]))
            return true;
    return false;
}

static enum reference_verdict decide(const struct query_reference *r,
                                     const struct query_node *node,
                                     const struct reference_article *a,
                                     bool any);

static enum reference_verdict decide_and(const struct query_reference *r,
                                         const struct query_node *node,
                                         const struct reference_article *a,
                                         bool any)
{
    bool without_stop_words = false, real = false, asked = false;
    bool some = false, holds = true, one = false;
    for (size_t i = 0; i < node->child_count; i++) {
        const struct query_node *child = node->children[i];
        if (child->kind != QUERY_NOT && asks_for_text(r, child) &&
            !is_stop_word(r, child))
            without_stop_words = true;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        const struct query_node *child = node->children[i];
        if (without_stop_words && is_stop_word(r, child))
            continue;
        bool excluded = child->kind == QUERY_NOT;
        enum reference_verdict v = excluded
                                       ? decide(r, child->children[0], a, false)
                                       : decide(r, child, a, any);
        if (v == REFERENCE_NO_WORDS)
            continue;
        real = real || child->kind != QUERY_ALL;
        asked = asked || !excluded;
        if (any && !excluded && asks_for_text(r, child)) {
            some = true;
            one = one || v == REFERENCE_YES;
        } else if ((v == REFERENCE_YES) == excluded) {
            holds = false;
        }
    }
    if (!real || !asked)
        return REFERENCE_NO_WORDS;
    return holds && (one || !some) ? REFERENCE_YES : REFERENCE_NO;
}

static enum reference_verdict decide_or(const struct query_reference *r,
                                        const struct query_node *node,
                                        const struct reference_article *a,
                                        bool any)
{
    enum reference_verdict verdict = REFERENCE_NO_WORDS;
    for (size_t i = 0; i < node->child_count; i++) {
        enum reference_verdict v = decide(r, node->children[i], a, any);
        if (v == REFERENCE_YES || verdict == REFERENCE_NO_WORDS)
            verdict = v == REFERENCE_NO_WORDS ? verdict : v;
    }
    return verdict;
}

static enum reference_verdict decide(const struct query_reference *r,
                                     const struct query_node *node,
                                     const struct reference_article *a,
                                     bool any)
{
    switch (node->kind) {
    case QUERY_ALL:
        return REFERENCE_YES;
    case QUERY_AND:
        return decide_and(r, node, a, any);
    case QUERY_OR:
        return decide_or(r, node, a, any);
    default:
        return leaf(r, node, a);
    }
}

static bool in_time(const struct query_reference *r, timestamp t)
{
    if (r->since == TIMESTAMP_UNKNOWN && r->until == TIMESTAMP_UNKNOWN)
        return true;
    return t != TIMESTAMP_UNKNOWN &&
           (r->since == TIMESTAMP_UNKNOWN || t >= r->since) &&
           (r->until == TIMESTAMP_UNKNOWN || t <= r->until);
}

enum reference_verdict query_reference_decide(const struct query_reference *r,
                                              const struct query_node *node,
                                              const struct reference_article *a)
{
    enum reference_verdict v = decide(r, node, a, r->match == PLAN_ANY);
    return v == REFERENCE_YES && !in_time(r, a->article->published)
               ? REFERENCE_NO
               : v;
}
