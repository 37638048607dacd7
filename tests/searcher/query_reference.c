#include "tests/searcher/query_reference.h"

#include <stdlib.h>
#include <time.h>

#include "common/strbuf.h"
#include "searcher/stopwords.h"
#include "tests/searcher/reference_date.h"
#include "tests/searcher/reference_text.h"

enum { VALUE_MAX = 1 << 20 };

/* --- other fields --------------------------------------------------------- */

static bool fits_any(struct query_reference *r, const struct query_node *node,
                     const struct reference_article *name)
{
    const struct reference_pattern pattern =
        reference_pattern(r->analyzer, node);
    for (size_t i = 0; i < name->count; i++)
        if (reference_pattern_fits(&pattern, name->tokens[i].lexeme->word))
            return true;
    return false;
}

/* Several words stand behind each other. */
static bool stands_at(const struct reference_typed *typed, size_t part,
                      const struct reference_article *name, uint32_t position)
{
    if (part == typed->count)
        return true;
    for (size_t i = 0; i < name->count; i++)
        if (name->tokens[i].first == position &&
            (text_equal(name->tokens[i].lexeme->word,
                        typed->parts[part].lexeme->word) ||
             (typed->character &&
              reference_has_character(typed, name->tokens[i].lexeme->word))) &&
            stands_at(typed, part + 1, name, name->tokens[i].last + 1))
            return true;
    return false;
}

static bool has_joined(const struct query_node *node,
                       const struct reference_typed *typed,
                       const struct reference_article *name)
{
    if (node->kind != QUERY_WORD || !typed->has_joined || typed->count < 2)
        return false;
    for (size_t i = 0; i < name->count; i++)
        if (text_equal(name->tokens[i].lexeme->word,
                       typed->joined.lexeme->word))
            return true;
    return false;
}

static bool name_matches(struct query_reference *r, struct text name,
                         const struct query_node *node)
{
    const struct article alone = {.title = name};
    struct reference_article words;
    bool found = false;
    reference_article_init(&words, r->analyzer, &alone);
    if (node->kind == QUERY_WILDCARD || node->kind == QUERY_FUZZY) {
        found = fits_any(r, node, &words);
    } else {
        const struct reference_typed typed = reference_typed(r->analyzer, node);
        found = has_joined(node, &typed, &words);
        for (size_t i = 0; i < words.count && !found; i++)
            found = stands_at(&typed, 0, &words, words.tokens[i].first);
    }
    reference_article_done(&words);
    return found;
}

static bool any_name_matches(struct query_reference *r,
                             const struct query_node *node,
                             const struct article *a)
{
    if (node->field == FIELD_SOURCE)
        return name_matches(r, a->source, node);
    if (node->field == FIELD_SECTION)
        return name_matches(r, a->section, node);
    for (size_t i = 0; i < a->author_count; i++)
        if (name_matches(r, a->authors[i], node))
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

/* What a clock in the query's time zone shows, as if it showed UTC. */
static timestamp wall_clock(const struct query_reference *r, timestamp moment)
{
    struct tm there;
    const time_t t = (time_t)moment;
    if (moment == TIMESTAMP_UNKNOWN)
        return moment;
    if (r->place && localtime_r(&t, &there))
        return moment + there.tm_gmtoff;
    return moment + r->ahead_of_utc;
}

static bool date_matches(const struct query_reference *r,
                         const struct query_node *node, timestamp published)
{
    return reference_date_matches(node, wall_clock(r, r->now),
                                  wall_clock(r, published));
}

static bool length_matches(const struct query_node *node,
                           const struct reference_article *a)
{
    return a->body_words >= node->number && a->body_words <= node->number_last;
}

static enum reference_verdict text_verdict(struct query_reference *r,
                                           const struct query_node *node,
                                           const struct reference_article *a)
{
    if (!reference_has_words(r->analyzer, node))
        return REFERENCE_NO_WORDS;
    struct reference_ways ways = reference_ways(r->analyzer, node, a);
    free(ways.ways);
    r->unknown = r->unknown || ways.too_many;
    return ways.count > 0 ? REFERENCE_YES : REFERENCE_NO;
}

static enum reference_verdict verdict_of(bool holds)
{
    return holds ? REFERENCE_YES : REFERENCE_NO;
}

static enum reference_verdict leaf(struct query_reference *r,
                                   const struct query_node *node,
                                   const struct reference_article *a)
{
    if (node->kind == QUERY_DATE)
        return verdict_of(date_matches(r, node, a->article->published));
    if (node->kind == QUERY_LENGTH)
        return verdict_of(length_matches(node, a));
    if (node->child_count > 0 || reference_is_text(node))
        return text_verdict(r, node, a);
    if (fields[node->field].kind == FIELD_EXACT)
        return verdict_of(value_matches(node, a->article));
    if (!reference_has_words(r->analyzer, node))
        return REFERENCE_NO_WORDS;
    return verdict_of(any_name_matches(r, node, a->article));
}

/* --- groups --------------------------------------------------------------- */

static bool is_stop_word(struct query_reference *r,
                         const struct query_node *node)
{
    if (node->kind != QUERY_WORD || node->quoted || !reference_is_text(node))
        return false;
    const struct reference_typed typed = reference_typed(r->analyzer, node);
    return typed.count == 1 &&
           !(typed.parts[0].caps && typed.parts[0].dotted) &&
           stopwords_contains(stopwords_of(analyzer_language(r->analyzer)),
                              typed.parts[0].lexeme->word);
}

/* Whether it asks for a word of title or body. */
static bool asks_for_text(struct query_reference *r,
                          const struct query_node *node)
{
    if (node->kind == QUERY_ALL || node->kind == QUERY_DATE ||
        node->kind == QUERY_LENGTH)
        return false;
    if (node->kind != QUERY_AND && node->kind != QUERY_OR)
        return (node->child_count > 0 || reference_is_text(node)) &&
               reference_has_words(r->analyzer, node);
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i]->kind != QUERY_NOT &&
            asks_for_text(r, node->children[i]))
            return true;
    return false;
}

static enum reference_verdict decide(struct query_reference *r,
                                     const struct query_node *node,
                                     const struct reference_article *a,
                                     bool any);

static enum reference_verdict decide_and(struct query_reference *r,
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

static enum reference_verdict decide_or(struct query_reference *r,
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

static enum reference_verdict decide(struct query_reference *r,
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

static bool in_time(struct query_reference *r, timestamp t)
{
    if (r->since == TIMESTAMP_UNKNOWN && r->until == TIMESTAMP_UNKNOWN)
        return true;
    return t != TIMESTAMP_UNKNOWN &&
           (r->since == TIMESTAMP_UNKNOWN || t >= r->since) &&
           (r->until == TIMESTAMP_UNKNOWN || t <= r->until);
}

enum reference_verdict query_reference_decide(struct query_reference *r,
                                              const struct query_node *node,
                                              const struct reference_article *a)
{
    r->unknown = false;
    enum reference_verdict v = decide(r, node, a, r->match == PLAN_ANY);
    if (r->unknown)
        return REFERENCE_UNKNOWN;
    return v == REFERENCE_YES && !in_time(r, a->article->published)
               ? REFERENCE_NO
               : v;
}

/* --- refusals ------------------------------------------------------------- */

static bool is_positional(const struct query_node *node)
{
    return node->kind >= QUERY_NEAR && node->kind <= QUERY_FIRST;
}

/* From where the one begins to where the other ends. */
static bool exclude_each_other(struct query_reference *r,
                               const struct query_node *a,
                               const struct query_node *b)
{
    struct query_node both = *b;
    both.text = a->text;
    if (a->kind == QUERY_LENGTH && b->kind == QUERY_LENGTH)
        return a->number > b->number_last;
    return a->kind == QUERY_DATE && b->kind == QUERY_DATE &&
           !text_is(b->last, QUERY_UNDATED) &&
           reference_date_refuses(&both, wall_clock(r, r->now));
}

static bool limits_exclude_each_other(struct query_reference *r,
                                      const struct query_node *node)
{
    for (size_t i = 0; i < node->child_count; i++)
        for (size_t k = 0; k < node->child_count; k++)
            if (exclude_each_other(r, node->children[i], node->children[k]))
                return true;
    return false;
}

bool query_reference_refuses(struct query_reference *r,
                             const struct query_node *node)
{
    if (node->kind == QUERY_DATE)
        return reference_date_refuses(node, wall_clock(r, r->now));
    if (node->kind == QUERY_WILDCARD || node->kind == QUERY_FUZZY)
        return reference_pattern(r->analyzer, node).count == 0;
    if (node->kind == QUERY_AND && limits_exclude_each_other(r, node))
        return true;
    if (is_positional(node) && !reference_has_words(r->analyzer, node))
        return true;
    for (size_t i = 0; i < node->child_count; i++)
        if (query_reference_refuses(r, node->children[i]))
            return true;
    return false;
}
