#include "tests/searcher/reference_text.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/strbuf.h"

enum { WAYS_MAX = 3000 };

/* --- what was typed ------------------------------------------------------- */

/* What follows keeps the text from being all in capitals, which would have them
 * say nothing. */
static const char small_letters[] = " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/* Of a bigram's script, and only one character, or it would be two pairs. */
static bool pairs_with_itself(struct analyzer *analyzer, struct text word)
{
    AUTO_DONE(strbuf) twice = STRBUF_INIT(1 << 16);
    struct token token;
    strbuf_append(&twice, word);
    strbuf_append(&twice, word);
    analyzer_start(analyzer, strbuf_text(&twice));
    return analyzer_next(analyzer, &token) && token.marks & TOKEN_BIGRAM &&
           !analyzer_next(analyzer, &token);
}

struct reference_typed reference_typed(struct analyzer *analyzer,
                                       const struct query_node *node)
{
    struct reference_typed typed = {.exact = node->quoted ||
                                             node->kind == QUERY_PHRASE,
                                    .capitals = node->kind == QUERY_CAPS};
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 16);
    uint32_t span = 0;
    struct token token;
    strbuf_append(&text, node->text);
    strbuf_append_string(&text, small_letters);
    analyzer_start(analyzer, strbuf_text(&text));
    while (analyzer_next(analyzer, &token) && token.offset < node->text.len) {
        const struct reference_part part = {
            token.lexeme, token.marks & TOKEN_CAPS, token.marks & TOKEN_DOTTED};
        if (token.marks & TOKEN_JOINED) {
            typed.joined = part;
            span = token.span;
        } else if (typed.count < REFERENCE_PARTS_MAX) {
            typed.parts[typed.count++] = part;
        }
    }
    typed.has_joined = span > 0 && span == typed.count;
    typed.character = node->kind == QUERY_WORD && typed.count == 1 &&
                      pairs_with_itself(analyzer, node->text);
    return typed;
}

bool reference_has_character(const struct reference_typed *typed,
                             struct text word)
{
    const struct text one = typed->parts[0].lexeme->word;
    for (size_t at = 0; at + one.len <= word.len; at++)
        if (text_equal(text_slice(word, at, one.len), one))
            return true;
    return false;
}

bool reference_is_text(const struct query_node *node)
{
    return node->field == FIELD_ANY || node->field == FIELD_TITLE;
}

bool reference_has_words(struct analyzer *analyzer,
                         const struct query_node *node)
{
    if (node->child_count == 0)
        return reference_typed(analyzer, node).count > 0;
    size_t with = 0;
    for (size_t i = 0; i < node->child_count; i++)
        with += reference_has_words(analyzer, node->children[i]);
    return node->kind == QUERY_OR ? with > 0 : with == node->child_count;
}

/* --- words that stand for words ------------------------------------------- */

struct characters {
    uint32_t codes[REFERENCE_WORD_MAX];
    size_t count;
};

static void decode(struct text t, struct characters *out)
{
    out->count = 0;
    for (size_t i = 0; i < t.len && out->count < REFERENCE_WORD_MAX; i++) {
        const unsigned char byte = (unsigned char)t.ptr[i];
        if ((byte & 0xc0) == 0x80)
            out->codes[out->count - 1] = out->codes[out->count - 1] << 8 | byte;
        else
            out->codes[out->count++] = byte;
    }
}

/* Two runes in the place of the wildcards, so that they are letters. */
static const char any_rune[] = "\xe1\x9a\xa0", one_rune[] = "\xe1\x9a\xa2";

struct reference_pattern reference_pattern(struct analyzer *analyzer,
                                           const struct query_node *node)
{
    AUTO_DONE(strbuf) runes = STRBUF_INIT(1 << 16);
    struct reference_pattern p = {.kind = node->kind, .distance = node->number};
    struct characters all = {.count = 0};
    for (size_t i = 0; i < node->text.len; i++) {
        const char c = node->text.ptr[i];
        if (c == '*' || c == '?')
            strbuf_append_string(&runes, c == '*' ? any_rune : one_rune);
        else
            strbuf_append_char(&runes, c);
    }
    const struct query_node word = {.text = strbuf_text(&runes)};
    const struct reference_typed typed = reference_typed(analyzer, &word);
    if (typed.count == 1)
        decode(typed.parts[0].lexeme->word, &all);
    else if (typed.has_joined)
        decode(typed.joined.lexeme->word, &all);
    bool letters = typed.count == 1;
    for (size_t i = 0; i < all.count; i++) {
        const uint32_t c = all.codes[i];
        letters = letters || ((c < '0' || c > '9') && c >> 16 != 0xe1);
        p.characters[p.count++] = c == 0xe19aa0 ? '*' : c == 0xe19aa2 ? '?' : c;
    }
    if (!letters) /* dates and scores are not one word */
        p.count = 0;
    return p;
}

static bool fits_letters(const uint32_t *pattern, size_t left,
                         const uint32_t *word, size_t letters)
{
    if (left == 0)
        return letters == 0;
    if (*pattern == '*')
        return fits_letters(pattern + 1, left - 1, word, letters) ||
               (letters > 0 &&
                fits_letters(pattern, left, word + 1, letters - 1));
    return letters > 0 && (*pattern == '?' || *pattern == *word) &&
           fits_letters(pattern + 1, left - 1, word + 1, letters - 1);
}

/* Insertions, deletions and exchanges of a letter, the whole table of them. */
static size_t edit_distance(const struct reference_pattern *a,
                            const struct characters *b)
{
    static size_t cost[REFERENCE_WORD_MAX + 1][REFERENCE_WORD_MAX + 1];
    for (size_t i = 0; i <= a->count; i++)
        for (size_t j = 0; j <= b->count; j++) {
            size_t best = i == 0 ? j : i;
            if (i > 0 && j > 0) {
                const size_t above = cost[i - 1][j], left = cost[i][j - 1];
                best = (above < left ? above : left) + 1;
                const size_t exchange =
                    cost[i - 1][j - 1] +
                    (a->characters[i - 1] != b->codes[j - 1]);
                best = exchange < best ? exchange : best;
            }
            cost[i][j] = best;
        }
    return cost[a->count][b->count];
}

bool reference_pattern_fits(const struct reference_pattern *p, struct text word)
{
    struct characters have;
    decode(word, &have);
    if (p->kind == QUERY_WILDCARD)
        return fits_letters(p->characters, p->count, have.codes, have.count);
    const size_t longer = p->count > have.count ? p->count : have.count;
    const size_t shorter = p->count + have.count - longer;
    return longer - shorter <= p->distance &&
           edit_distance(p, &have) <= p->distance;
}

/* --- tokens --------------------------------------------------------------- */

static bool same(struct text a, struct text b)
{
    return a.len > 0 && text_equal(a, b);
}

static bool same_stem(const struct lexeme *a, const struct lexeme *b)
{
    return same(a->stem, b->stem) || same(a->stem, b->alt_stem) ||
           same(a->alt_stem, b->stem) || same(a->alt_stem, b->alt_stem);
}

static bool takes(const struct reference_typed *typed,
                  const struct reference_part *part,
                  const struct reference_token *token)
{
    bool same_word = text_equal(part->lexeme->word, token->lexeme->word);
    if (typed->character)
        return reference_has_character(typed, token->lexeme->word);
    if (part->caps && (part->dotted || typed->capitals))
        return same_word && token->caps;
    if (typed->exact || typed->capitals || part->lexeme->stem.len == 0)
        return same_word;
    return same_stem(part->lexeme, token->lexeme);
}

/* --- ways ----------------------------------------------------------------- */

/* The part of the article that is looked at. */
struct region {
    bool title;
    uint32_t body_words;
};

struct attempt {
    struct analyzer *analyzer;
    const struct reference_article *a;
};

static bool in_region(const struct attempt *t, struct region region,
                      const struct query_node *leaf,
                      const struct reference_token *token)
{
    if (!token->body)
        return region.title;
    return leaf->field != FIELD_TITLE &&
           token->last - t->a->body_first < region.body_words;
}

static void add_way(struct reference_ways *all, const struct reference_way *way)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->ways[i].count == way->count &&
            memcmp(all->ways[i].tokens, way->tokens,
                   way->count * sizeof *way->tokens) == 0)
            return;
    all->too_many = all->too_many || all->count == WAYS_MAX;
    if (all->too_many)
        return;
    MEM_GROW(all->ways, all->count, all->capacity);
    all->ways[all->count++] = *way;
}

static void add_token(struct reference_ways *all, size_t token)
{
    const struct reference_way way = {{token}, 1};
    add_way(all, &way);
}

/* The parts from `way->count` on, each right behind the one before. */
static void find_sequence(const struct attempt *t, struct region region,
                          const struct query_node *leaf,
                          const struct reference_typed *typed,
                          struct reference_way *way, struct reference_ways *out)
{
    if (way->count == typed->count) {
        add_way(out, way);
        return;
    }
    for (size_t i = 0; i < t->a->count; i++) {
        const struct reference_token *token = &t->a->tokens[i];
        const size_t n = way->count;
        if (n > 0 && token->first != t->a->tokens[way->tokens[n - 1]].last + 1)
            continue;
        if (!in_region(t, region, leaf, token) ||
            !takes(typed, &typed->parts[n], token))
            continue;
        way->tokens[way->count++] = i;
        find_sequence(t, region, leaf, typed, way, out);
        way->count--;
    }
}

static void find_words(const struct attempt *t, struct region region,
                       const struct query_node *leaf,
                       struct reference_ways *out)
{
    const struct reference_typed typed = reference_typed(t->analyzer, leaf);
    struct reference_way way = {.count = 0};
    if (typed.count == 0)
        return;
    out->too_many = typed.count > REFERENCE_TOKENS_MAX;
    if (!out->too_many)
        find_sequence(t, region, leaf, &typed, &way, out);
    if (leaf->kind == QUERY_PHRASE || !typed.has_joined || typed.count < 2)
        return;
    for (size_t i = 0; i < t->a->count; i++)
        if (in_region(t, region, leaf, &t->a->tokens[i]) &&
            takes(&typed, &typed.joined, &t->a->tokens[i]))
            add_token(out, i);
}

static void find_fitting(const struct attempt *t, struct region region,
                         const struct query_node *leaf,
                         struct reference_ways *out)
{
    const struct reference_pattern pattern =
        reference_pattern(t->analyzer, leaf);
    for (size_t i = 0; i < t->a->count; i++) {
        const struct reference_token *token = &t->a->tokens[i];
        if (in_region(t, region, leaf, token) &&
            reference_pattern_fits(&pattern, token->lexeme->word))
            add_token(out, i);
    }
}

static uint32_t first_of(const struct attempt *t, const struct reference_way *w)
{
    uint32_t first = UINT32_MAX;
    for (size_t i = 0; i < w->count; i++)
        if (t->a->tokens[w->tokens[i]].first < first)
            first = t->a->tokens[w->tokens[i]].first;
    return first;
}

static uint32_t last_of(const struct attempt *t, const struct reference_way *w)
{
    uint32_t last = 0;
    for (size_t i = 0; i < w->count; i++)
        if (t->a->tokens[w->tokens[i]].last > last)
            last = t->a->tokens[w->tokens[i]].last;
    return last;
}

static bool share_a_position(const struct attempt *t,
                             const struct reference_way *x,
                             const struct reference_way *y)
{
    for (size_t i = 0; i < x->count; i++)
        for (size_t k = 0; k < y->count; k++) {
            const struct reference_token *a = &t->a->tokens[x->tokens[i]];
            const struct reference_token *b = &t->a->tokens[y->tokens[k]];
            if (a->first <= b->last && b->first <= a->last)
                return true;
        }
    return false;
}

static bool same_stretch(const struct attempt *t, enum query_kind kind,
                         const struct reference_way *x,
                         const struct reference_way *y)
{
    const struct reference_token *all = t->a->tokens;
    for (size_t i = 0; i < x->count + y->count; i++) {
        const struct reference_token *one = &all[x->tokens[0]];
        const struct reference_token *other =
            &all[i < x->count ? x->tokens[i] : y->tokens[i - x->count]];
        if (kind == QUERY_SENTENCE ? one->sentence != other->sentence
                                   : one->paragraph != other->paragraph)
            return false;
    }
    return true;
}

static bool stand_together(const struct attempt *t,
                           const struct query_node *node,
                           const struct reference_way *x,
                           const struct reference_way *y)
{
    const uint32_t x_first = first_of(t, x), x_last = last_of(t, x);
    const uint32_t y_first = first_of(t, y), y_last = last_of(t, y);
    switch (node->kind) {
    case QUERY_PRE:
        return y_first > x_last && y_first - x_last <= node->number;
    case QUERY_NEAR:
        return !share_a_position(t, x, y) &&
               (y_first <= x_last || y_first - x_last <= node->number) &&
               (x_first <= y_last || x_first - y_last <= node->number);
    default:
        return !share_a_position(t, x, y) && same_stretch(t, node->kind, x, y);
    }
}

static struct reference_way unite(const struct reference_way *x,
                                  const struct reference_way *y)
{
    struct reference_way both = {.count = 0};
    size_t i = 0, k = 0;
    while (i < x->count || k < y->count)
        both.tokens[both.count++] =
            k == y->count || (i < x->count && x->tokens[i] < y->tokens[k])
                ? x->tokens[i++]
                : y->tokens[k++];
    return both;
}

static struct reference_ways find(const struct attempt *t,
                                  const struct query_node *node,
                                  struct region region);

static void find_joined(const struct attempt *t, const struct query_node *node,
                        struct region region, struct reference_ways *out)
{
    struct reference_ways left = find(t, node->children[0], region);
    struct reference_ways right = find(t, node->children[1], region);
    out->too_many = left.too_many || right.too_many;
    for (size_t i = 0; i < left.count && !out->too_many; i++)
        for (size_t k = 0; k < right.count && !out->too_many; k++) {
            const struct reference_way *x = &left.ways[i], *y = &right.ways[k];
            if (!stand_together(t, node, x, y))
                continue;
            if (x->count + y->count > REFERENCE_TOKENS_MAX) {
                out->too_many = true;
                break;
            }
            const struct reference_way both = unite(x, y);
            add_way(out, &both);
        }
    free(left.ways);
    free(right.ways);
}

/* The most of the ways that lie behind position `after` one behind another: the
 * one that ends first leaves most room. */
static uint32_t most_apart(const struct attempt *t,
                           const struct reference_ways *ways, uint32_t after)
{
    uint32_t end = UINT32_MAX;
    for (size_t i = 0; i < ways->count; i++)
        if (first_of(t, &ways->ways[i]) > after &&
            last_of(t, &ways->ways[i]) < end)
            end = last_of(t, &ways->ways[i]);
    return end == UINT32_MAX ? 0 : 1 + most_apart(t, ways, end);
}

static void find_any(const struct attempt *t, const struct query_node *node,
                     struct region region, struct reference_ways *out)
{
    for (size_t i = 0; i < node->child_count; i++) {
        struct reference_ways some = find(t, node->children[i], region);
        out->too_many = out->too_many || some.too_many;
        for (size_t k = 0; k < some.count; k++)
            add_way(out, &some.ways[k]);
        free(some.ways);
    }
}

static struct reference_ways find(const struct attempt *t,
                                  const struct query_node *node,
                                  struct region region)
{
    struct reference_ways out = {NULL, 0, 0, false};
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
    case QUERY_CAPS:
        find_words(t, region, node, &out);
        break;
    case QUERY_WILDCARD:
    case QUERY_FUZZY:
        find_fitting(t, region, node, &out);
        break;
    case QUERY_OR:
        find_any(t, node, region, &out);
        break;
    case QUERY_ATLEAST:
        out = find(t, node->children[0], region);
        if (most_apart(t, &out, 0) < node->number)
            out.count = 0;
        break;
    case QUERY_FIRST:
        if (node->number < region.body_words)
            region.body_words = node->number;
        region.title = false;
        out = find(t, node->children[0], region);
        break;
    default:
        find_joined(t, node, region, &out);
    }
    return out;
}

struct reference_ways reference_ways(struct analyzer *analyzer,
                                     const struct query_node *node,
                                     const struct reference_article *a)
{
    const struct attempt attempt = {analyzer, a};
    return find(&attempt, node, (struct region){true, UINT32_MAX});
}
