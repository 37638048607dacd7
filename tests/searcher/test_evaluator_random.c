/* Random conditions on random articles, against a matcher that knows nothing of
 * streams, ids and spans: it tries all ways to choose the words. */
#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "searcher/evaluator.h"
#include "tests/searcher/stream_fixture.h"
#include "tests/support/effort.h"

enum {
    TOKENS_MAX = 40,
    LEAVES_MAX = 6,
    WAYS_MAX = 1000, /* more, and the condition is passed over */
    ROUNDS = 130,
    CONDITIONS = 200,
    ARTICLES = 4
};

static uint32_t round_seed; /* for MORGUE_TEST_SEED, if it fails */

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static uint32_t below(uint32_t *state, uint32_t limit)
{
    return next_random(state) % limit;
}

static const char *const words[] = {"a", "b", "c", "as", "qb", "ab"};
enum { WORDS = sizeof words / sizeof *words };

/* --- articles ----------------------------------------------------------- */

struct model_token {
    const char *word;
    bool body, caps;
    unsigned ordinal;
    unsigned first_slot, slots; /* slots are numbered without the gap */
};

struct model_article {
    struct model_token tokens[TOKENS_MAX];
    size_t count;
    unsigned title_slots, slots;
    unsigned sentence[TOKENS_MAX], paragraph[TOKENS_MAX]; /* of a slot */
    struct strbuf text;                                   /* for the fixture */
};

static void model_put(struct model_article *m, struct model_token token)
{
    m->tokens[m->count++] = token;
    if (token.slots > 1)
        strbuf_append_format(&m->text, "+%s/%u ", token.word, token.slots);
    else
        strbuf_append_format(&m->text, "%s%s ", token.caps ? "^" : "",
                             token.word);
}

static void model_field(struct model_article *m, bool body, size_t length,
                        uint32_t *seed)
{
    const unsigned start = m->slots;
    unsigned ordinal = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned sentence = m->slots > 0 ? m->sentence[m->slots - 1] : 0;
        unsigned paragraph = m->slots > 0 ? m->paragraph[m->slots - 1] : 0;
        const uint32_t choice = below(seed, 12);
        if (m->slots == start || choice < 2)
            sentence++;
        if (m->slots == start || choice == 0)
            paragraph++;
        if (m->slots > start && choice < 2)
            strbuf_append_string(&m->text, choice == 0 ? "// " : ". ");
        m->sentence[m->slots] = sentence;
        m->paragraph[m->slots] = paragraph;
        model_put(m, (struct model_token){.word = words[below(seed, WORDS)],
                                          .body = body,
                                          .caps = below(seed, 4) == 0,
                                          .ordinal = ordinal++,
                                          .first_slot = m->slots++,
                                          .slots = 1});
        const unsigned parts = 2 + below(seed, 2);
        if (m->slots - start >= parts && below(seed, 6) == 0 &&
            m->sentence[m->slots - parts] == sentence)
            model_put(m, (struct model_token){.word = words[below(seed, WORDS)],
                                              .body = body,
                                              .ordinal = ordinal++,
                                              .first_slot = m->slots - parts,
                                              .slots = parts});
    }
}

static void model_init(struct model_article *m, uint32_t *seed)
{
    *m = (struct model_article){.text = STRBUF_INIT(10000)};
    model_field(m, false, below(seed, 4), seed);
    m->title_slots = m->slots;
    strbuf_append_string(&m->text, "| ");
    model_field(m, true, below(seed, 10), seed);
}

static long position(const struct model_article *m, unsigned slot)
{
    return slot < m->title_slots ? slot + 1 : slot + 1 + TOKENS_GAP;
}

/* --- conditions --------------------------------------------------------- */

static const struct condition *random_leaf(struct arena *arena, uint32_t *seed)
{
    static const char *const texts[] = {"a", "b", "c", "as", "qb", "alt", "x"};
    struct matcher matchers[3];
    const size_t count = 1 + below(seed, 8) / 6;
    for (size_t i = 0; i < count; i++)
        matchers[i] = (struct matcher){(enum matcher_kind)below(seed, 4),
                                       text_from(texts[below(seed, 7)])};
    return condition_word(arena, matchers, count);
}

static const struct condition *random_condition(struct arena *arena, int depth,
                                                unsigned *leaves,
                                                uint32_t *seed)
{
    if (depth == 0 || below(seed, 5) == 0) {
        ++*leaves;
        return random_leaf(arena, seed);
    }
    const enum condition_kind kind = 1 + below(seed, CONDITION_LEAD);
    const struct condition *children[3];
    size_t count = kind >= CONDITION_ATLEAST ? 1 : 2 + below(seed, 6) / 5;
    uint32_t n = 0;
    if (kind == CONDITION_ATLEAST)
        n = 1 + below(seed, 3);
    if (kind == CONDITION_NEAR || kind == CONDITION_BEFORE ||
        kind == CONDITION_LEAD)
        n = below(seed, 20) ? 1 + below(seed, 6) : 100 + below(seed, 10);
    for (size_t i = 0; i < count; i++)
        children[i] = random_condition(arena, depth - 1, leaves, seed);
    return condition_group(arena, kind, n, children, count);
}

/* --- the plain matcher -------------------------------------------------- */

/* One way in which a condition stands: sets of slots and, a leaf, of tokens. */
struct way {
    uint64_t slots;
    uint64_t tokens[LEAVES_MAX];
};

struct ways {
    struct way *ways;
    size_t count, capacity;
};

struct matching {
    const struct model_article *m;
    unsigned leaf;   /* the next one's number */
    uint64_t hidden; /* tokens, by restrictions */
    bool too_many;
};

static void ways_add(struct matching *x, struct ways *all, struct way way)
{
    for (size_t i = 0; i < all->count; i++)
        if (memcmp(&all->ways[i], &way, sizeof way) == 0)
            return;
    if (all->count == WAYS_MAX)
        x->too_many = true;
    if (x->too_many)
        return;
    MEM_GROW(all->ways, all->count, all->capacity);
    all->ways[all->count++] = way;
}

static unsigned first_slot(uint64_t slots)
{
    return (unsigned)__builtin_ctzll(slots);
}

static unsigned last_slot(uint64_t slots)
{
    return 63 - (unsigned)__builtin_clzll(slots);
}

static bool takes(const struct matcher *matcher, const struct model_token *t)
{
    const struct text word = text_from(t->word);
    switch (matcher->kind) {
    case MATCHER_WORD:
        return text_equal(word, matcher->text);
    case MATCHER_CAPS:
        return t->caps && text_equal(word, matcher->text);
    case MATCHER_PREFIX:
        return text_starts_with(word, matcher->text);
    case MATCHER_STEM:
        return text_equal(fixture_stem(word), matcher->text) ||
               text_equal(fixture_alt_stem(word), matcher->text);
    }
    return false;
}

static bool all_in_one(const unsigned *numbers, uint64_t slots)
{
    for (unsigned slot = 0; slot < TOKENS_MAX; slot++)
        if (slots >> slot & 1 && numbers[slot] != numbers[first_slot(slots)])
            return false;
    return numbers[first_slot(slots)] == numbers[last_slot(slots)];
}

static bool allowed(const struct model_article *m, const struct condition *c,
                    uint64_t a, uint64_t b)
{
    const long a_first = position(m, first_slot(a)),
               a_last = position(m, last_slot(a)),
               b_first = position(m, first_slot(b)),
               b_last = position(m, last_slot(b));
    const long apart = b_first > a_last   ? b_first - a_last
                       : a_first > b_last ? a_first - b_last
                                          : 0;
    switch (c->kind) {
    case CONDITION_PHRASE:
        return b_first == a_last + 1;
    case CONDITION_BEFORE:
        return b_first > a_last && apart <= (long)c->n;
    case CONDITION_NEAR:
        return !(a & b) && apart <= (long)c->n;
    case CONDITION_SENTENCE:
        return !(a & b) && all_in_one(m->sentence, a | b);
    case CONDITION_PARAGRAPH:
        return !(a & b) && all_in_one(m->paragraph, a | b);
    default:
        return false;
    }
}

static struct ways match(struct matching *x, const struct condition *c);

static struct ways match_leaf(struct matching *x, const struct condition *c)
{
    struct ways found = {NULL, 0, 0};
    const unsigned leaf = x->leaf++;
    for (size_t i = 0; i < x->m->count; i++) {
        const struct model_token *t = &x->m->tokens[i];
        bool taken = false;
        for (size_t k = 0; k < c->matcher_count; k++)
            taken |= takes(&c->matchers[k], t);
        struct way way = {.slots = ((UINT64_C(1) << t->slots) - 1)
                                   << t->first_slot};
        way.tokens[leaf] = UINT64_C(1) << i;
        if (taken && !(x->hidden >> i & 1))
            ways_add(x, &found, way);
    }
    return found;
}

static struct ways match_two(struct matching *x, const struct condition *c,
                             struct ways a, struct ways b)
{
    struct ways found = {NULL, 0, 0};
    if (c->kind == CONDITION_OR ||
        (c->kind == CONDITION_AND && a.count > 0 && b.count > 0)) {
        for (size_t i = 0; i < a.count; i++)
            ways_add(x, &found, a.ways[i]);
        for (size_t i = 0; i < b.count; i++)
            ways_add(x, &found, b.ways[i]);
    }
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++) {
            if (!allowed(x->m, c, a.ways[i].slots, b.ways[k].slots))
                continue;
            struct way way = a.ways[i];
            way.slots |= b.ways[k].slots;
            for (size_t l = 0; l < LEAVES_MAX; l++)
                way.tokens[l] |= b.ways[k].tokens[l];
            ways_add(x, &found, way);
        }
    free(a.ways);
    free(b.ways);
    return found;
}

/* The most of the ways from number `from` on that do not overlap, nor lie
 * before position `start`: by trying. */
static unsigned most_apart(const struct model_article *m,
                           const struct ways *all, long start)
{
    long best_end = -1;
    for (size_t i = 0; i < all->count; i++) {
        const uint64_t slots = all->ways[i].slots;
        const long end = position(m, last_slot(slots));
        if (position(m, first_slot(slots)) >= start &&
            (best_end < 0 || end < best_end))
            best_end = end;
    }
    return best_end < 0 ? 0 : 1 + most_apart(m, all, best_end + 1);
}

static bool within(const struct model_article *m, const struct condition *c,
                   const struct model_token *t)
{
    if (c->kind == CONDITION_LEAD)
        return t->body && t->first_slot + t->slots <= m->title_slots + c->n;
    return t->body == (c->kind == CONDITION_BODY);
}

static struct ways match_part(struct matching *x, const struct condition *c)
{
    const uint64_t hidden = x->hidden;
    for (size_t i = 0; i < x->m->count; i++)
        if (!within(x->m, c, &x->m->tokens[i]))
            x->hidden |= UINT64_C(1) << i;
    struct ways found = match(x, c->children[0]);
    x->hidden = hidden;
    return found;
}

static struct ways match(struct matching *x, const struct condition *c)
{
    if (c->kind == CONDITION_WORD)
        return match_leaf(x, c);
    if (c->kind >= CONDITION_TITLE)
        return match_part(x, c);
    struct ways found = match(x, c->children[0]);
    if (c->kind == CONDITION_ATLEAST && most_apart(x->m, &found, 0) < c->n)
        found.count = 0;
    for (size_t i = 1; i < c->child_count; i++) {
        struct ways next = match(x, c->children[i]);
        found = match_two(x, c, found, next);
    }
    return found;
}

/* --- comparing ---------------------------------------------------------- */

static bool collect(void *context, const struct evaluator_match *match)
{
    strbuf_append_format(context, "%u:%s%u@%u+%u ", (unsigned)match->leaf,
                         match->body ? "b" : "t", (unsigned)match->ordinal,
                         (unsigned)match->position, (unsigned)match->span);
    return true;
}

/* What collect() must have been shown. */
static void expect(const struct model_article *m, const struct ways *ways,
                   struct strbuf *out)
{
    for (size_t i = 0; i < m->count; i++)
        for (unsigned leaf = 0; leaf < LEAVES_MAX; leaf++) {
            const struct model_token *t = &m->tokens[i];
            bool used = false;
            for (size_t k = 0; k < ways->count; k++)
                used |= ways->ways[k].tokens[leaf] >> i & 1;
            const struct evaluator_match match = {
                .leaf = leaf,
                .body = t->body,
                .ordinal = t->ordinal,
                .position = (uint32_t)position(m, t->first_slot),
                .span = t->slots};
            if (used)
                collect(out, &match);
        }
}

/* False if the plain matcher had too many ways to try. */
static bool compare(const struct model_article *m, uint32_t docid,
                    const struct condition *c, struct evaluator *e)
{
    struct matching x = {.m = m};
    struct ways ways = match(&x, c);
    if (!x.too_many) {
        AUTO_DONE(strbuf) text = STRBUF_INIT(10000);
        AUTO_DONE(strbuf) expected = STRBUF_INIT(100000);
        AUTO_DONE(strbuf) found = STRBUF_INIT(100000);
        condition_print(c, &text);
        expect(m, &ways, &expected);
        const bool holds = ways.count > 0;
        cr_assert_eq(evaluator_check(e, 0, docid), holds,
                     "seed %u: check %s on %s", (unsigned)round_seed,
                     strbuf_string(&text), strbuf_string(&m->text));
        cr_assert_eq(evaluator_matches(e, 0, docid, collect, &found), holds,
                     "seed %u: matches %s on %s", (unsigned)round_seed,
                     strbuf_string(&text), strbuf_string(&m->text));
        cr_assert_str_eq(strbuf_string(&found), strbuf_string(&expected),
                         "seed %u: %s on %s", (unsigned)round_seed,
                         strbuf_string(&text), strbuf_string(&m->text));
    }
    free(ways.ways);
    return !x.too_many;
}

struct tally {
    size_t conditions, compared, held;
};

static void compare_round(uint32_t seed, size_t fillers, struct tally *tally)
{
    struct stream_fixture f;
    struct model_article articles[ARTICLES];
    fixture_init(&f, fillers);
    for (size_t i = 0; i < ARTICLES; i++) {
        model_init(&articles[i], &seed);
        fixture_article(&f, strbuf_string(&articles[i].text));
    }
    const struct evaluator_segment segment = fixture_open(&f);
    for (size_t i = 0; i < CONDITIONS; i++) {
        unsigned leaves = 0;
        const struct condition *c = random_condition(
            &f.arena, 1 + (int)below(&seed, 3), &leaves, &seed);
        if (leaves > LEAVES_MAX)
            continue;
        AUTO(evaluator) e = evaluator_new(c, &segment, 1);
        tally->conditions++;
        for (uint32_t k = 0; k < ARTICLES; k++) {
            tally->compared += compare(&articles[k], k + 1, c, e);
            tally->held += evaluator_check(e, 0, k + 1);
        }
        cr_assert_not(evaluator_damaged(e));
    }
    for (size_t i = 0; i < ARTICLES; i++)
        strbuf_done(&articles[i].text);
    fixture_done(&f);
}

Test(evaluator_random, agrees_with_trying_everything)
{
    static const size_t fillers[] = {0, 0, 115, 300, 16372};
    const char *given = getenv("MORGUE_TEST_SEED");
    const uint32_t seed = given ? (uint32_t)strtoul(given, NULL, 10) : 20220207;
    struct tally tally = {0, 0, 0};
    const size_t rounds = effort(ROUNDS);
    for (size_t i = 0; i < rounds; i++) {
        round_seed = seed + (uint32_t)i;
        compare_round(round_seed, fillers[i % 5], &tally);
    }
    fprintf(stderr,
            "seeds from %u: %zu conditions, %zu comparisons, %zu held\n",
            (unsigned)seed, tally.conditions, tally.compared, tally.held);
    cr_assert_geq(tally.conditions, rounds * 150);
    cr_assert_geq(tally.compared, tally.conditions * 3);
    cr_assert_geq(tally.held, tally.compared / 8);
}
