#include "searcher/query.h"

#include <stdint.h>
#include <string.h>

#include <criterion/criterion.h>

#include "common/arena.h"
#include "common/strbuf.h"

/* xorshift64: the same rows on every machine. */
static uint64_t state = 0x9e3779b97f4a7c15u;

static size_t random_below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % limit;
}

/* --- trees --------------------------------------------------------------- */

static struct query_node *make(struct arena *arena, enum query_kind kind,
                               size_t child_count)
{
    struct query_node *node = arena_zeroed(arena, 1, sizeof *node);
    node->kind = kind;
    node->child_count = child_count;
    node->children = arena_zeroed(arena, child_count, sizeof *node->children);
    return node;
}

static struct text any_of(const char *const *strings, size_t count)
{
    return text_from(strings[random_below(count)]);
}

#define ANY_OF(strings) any_of(strings, sizeof(strings) / sizeof *(strings))

/* A word or its kin, or a phrase. */
static struct query_node *random_word(struct arena *arena, enum field field)
{
    static const char *const words[] = {"gas",   "covid-19", "U.S.", "o'neill",
                                        "12:30", "1,000.50", "and",  "北京",
                                        "été",   "a=b",      "AT&T", "～5"};
    static const char *const quoted[] = {"OR",   "-x",  "(",   "a:b",
                                         "=gas", "---", "w/5", "lead("};
    static const char *const phrases[] = {"a b", "nord stream 2", "x OR (y",
                                          "what? next"};
    static const char *const wild[] = {"ga*", "w?m*n", "été*"};
    static const char *const capitals[] = {"US", "U.S.", "ЕС", "AT&T"};
    struct query_node *node = make(arena, QUERY_WORD, 0);
    node->field = field;
    bool is_text = field == FIELD_ANY || field == FIELD_TITLE;
    switch (random_below(fields[field].kind == FIELD_EXACT ? 5
                         : is_text                         ? 8
                                                           : 7)) {
    case 0:
        node->kind = QUERY_PHRASE;
        node->text = ANY_OF(phrases);
        break;
    case 1:
        node->quoted = true;
        node->text = ANY_OF(quoted);
        break;
    case 5:
        node->kind = QUERY_WILDCARD;
        node->text = ANY_OF(wild);
        break;
    case 6:
        node->kind = QUERY_FUZZY;
        node->text = ANY_OF(words);
        node->number = 1 + random_below(2);
        break;
    case 7:
        node->kind = QUERY_CAPS;
        node->text = ANY_OF(capitals);
        break;
    default:
        node->text = ANY_OF(words);
    }
    return node;
}

/* Words, ORs of them and, if `depth` allows, proximities. */
static struct query_node *random_positional(struct arena *arena, int depth,
                                            enum field field,
                                            enum query_kind parent)
{
    size_t choice = depth > 0 ? random_below(4) : 3;
    if (choice == 0 && parent != QUERY_OR) {
        struct query_node *node = make(arena, QUERY_OR, 2 + random_below(2));
        for (size_t i = 0; i < node->child_count; i++)
            node->children[i] =
                random_positional(arena, depth - 1, field, QUERY_OR);
        return node;
    }
    if (choice < 2) {
        static const enum query_kind kinds[] = {
            QUERY_NEAR, QUERY_PRE, QUERY_SENTENCE, QUERY_PARAGRAPH};
        struct query_node *node = make(arena, kinds[random_below(4)], 2);
        if (node->kind == QUERY_NEAR || node->kind == QUERY_PRE)
            node->number = 1 + random_below(10000);
        for (size_t i = 0; i < 2; i++)
            node->children[i] =
                random_positional(arena, depth - 1, field, node->kind);
        return node;
    }
    return random_word(arena, field);
}

static struct query_node *random_limit(struct arena *arena)
{
    static const char *const dates[] = {"2022", "2022-02", "2022-02-07", "7d",
                                        "today"};
    struct query_node *node =
        make(arena, random_below(2) ? QUERY_DATE : QUERY_LENGTH, 0);
    size_t open = random_below(3);
    if (node->kind == QUERY_DATE) {
        if (open != 1)
            node->text = ANY_OF(dates);
        if (open != 2)
            node->last = ANY_OF(dates);
        return node;
    }
    node->number = random_below(1000);
    node->number_last =
        open ? UINT32_MAX : node->number + (uint32_t)random_below(1000);
    return node;
}

/* What stands below AND, OR and NOT. */
static struct query_node *random_leaf(struct arena *arena)
{
    enum field any = random_below(3) ? FIELD_ANY : random_below(FIELD_COUNT);
    enum field words = random_below(3) ? FIELD_ANY : FIELD_TITLE;
    struct query_node *node;
    switch (random_below(8)) {
    case 0:
        return random_limit(arena);
    case 1:
        node = make(arena, QUERY_NEAR, 2);
        node->number = 5;
        node->children[0] = random_positional(arena, 3, words, QUERY_NEAR);
        node->children[1] = random_positional(arena, 3, words, QUERY_NEAR);
        return node;
    case 2:
        node = make(arena, QUERY_ATLEAST, 1);
        node->number = 1 + random_below(9);
        node->children[0] = random_word(arena, words);
        return node;
    case 3:
        node = make(arena, QUERY_FIRST, 1);
        node->number = 1 + random_below(99);
        node->children[0] = random_positional(arena, 2, FIELD_ANY, QUERY_OR);
        if (node->children[0]->kind == QUERY_OR)
            node->children[0] = random_word(arena, FIELD_ANY);
        return node;
    default:
        return random_word(arena, any);
    }
}

static struct query_node *random_tree(struct arena *arena, int depth,
                                      enum query_kind parent);

static struct query_node *random_not(struct arena *arena, int depth)
{
    struct query_node *node = make(arena, QUERY_NOT, 1);
    node->children[0] = random_tree(arena, depth, QUERY_NOT);
    return node;
}

static struct query_node *random_and(struct arena *arena, int depth)
{
    struct query_node *node = make(arena, QUERY_AND, 2 + random_below(4));
    bool positive = false;
    for (size_t i = 0; i < node->child_count; i++) {
        bool negate = random_below(3) == 0;
        node->children[i] = negate ? random_not(arena, depth)
                                   : random_tree(arena, depth, QUERY_AND);
        positive = positive || !negate;
    }
    if (!positive)
        node->children[0] = make(arena, QUERY_ALL, 0);
    return node;
}

/* Canonical: neither AND nor * right below AND, no OR right below OR. */
static struct query_node *random_tree(struct arena *arena, int depth,
                                      enum query_kind parent)
{
    uint64_t choice = depth > 0 ? random_below(4) : 3;
    if (choice == 0 && parent != QUERY_AND)
        return random_and(arena, depth - 1);
    if (choice == 1 && parent != QUERY_OR) {
        struct query_node *node = make(arena, QUERY_OR, 2 + random_below(4));
        for (size_t i = 0; i < node->child_count; i++)
            node->children[i] = random_tree(arena, depth - 1, QUERY_OR);
        return node;
    }
    if (parent != QUERY_AND && random_below(10) == 0)
        return make(arena, QUERY_ALL, 0);
    return random_leaf(arena);
}

static bool same(const struct query_node *a, const struct query_node *b)
{
    if (a->kind != b->kind || a->field != b->field || a->quoted != b->quoted ||
        a->child_count != b->child_count || !text_equal(a->text, b->text) ||
        !text_equal(a->last, b->last) || a->number != b->number ||
        a->number_last != b->number_last)
        return false;
    for (size_t i = 0; i < a->child_count; i++)
        if (!same(a->children[i], b->children[i]))
            return false;
    return true;
}

Test(query_random, a_written_tree_parses_to_the_same_tree)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) written = STRBUF_INIT(1 << 20);
    AUTO_DONE(strbuf) trees = STRBUF_INIT(1 << 20);
    for (int i = 0; i < 20000; i++) {
        arena_reset(&arena);
        strbuf_reset(&written);
        struct query_node *tree = random_tree(&arena, 4, QUERY_NOT);
        query_write(tree, &written);
        struct error err = ERROR_NONE;
        AUTO(query) q = NULL;
        cr_assert_eq(query_parse(&q, strbuf_text(&written), &err), STATUS_OK,
                     "%s\n%s", strbuf_string(&written), err.message);
        strbuf_reset(&trees);
        query_print(tree, &trees);
        strbuf_append_string(&trees, "\nparsed to ");
        query_print(q->root, &trees);
        cr_assert(same(tree, q->root), "%s\nwas made from %s",
                  strbuf_string(&written), strbuf_string(&trees));
    }
}

/* --- texts --------------------------------------------------------------- */

/* What holds for every text, parsed or refused. */
static bool check_text(struct text text)
{
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
    enum status status = query_parse(&q, text, &err);
    if (status) {
        cr_assert_eq(status, STATUS_QUERY);
        cr_assert_leq(err.offset, text.len);
        cr_assert_neq(err.message[0], '\0');
        query_print_error(text, &err, &out);
        return false;
    }
    query_write(q->root, &out);
    AUTO(query) again = NULL;
    cr_assert_eq(query_parse(&again, strbuf_text(&out), &err), STATUS_OK,
                 "%.*s was written as %s: %s", TEXT_ARG(text),
                 strbuf_string(&out), err.message);
    cr_assert(same(q->root, again->root), "%.*s was written as %s",
              TEXT_ARG(text), strbuf_string(&out));
    return true;
}

Test(query_random, any_row_of_tokens_is_refused_or_survives_a_round_trip,
     .timeout = 100)
{
    static const char *const tokens[] = {
        "gas",     "\"a b\"", "=x",       "\"y\"",     "(",       ")",
        "(",       ")",       " OR ",     " AND ",     " NOT ",   " -",
        " ",       " ",       " ",        "title:",    "id:",     "*",
        "*",       "“",       "”",        "\u00a0",    "（",      "http:/",
        "?",       "~",       "w/5",      "=",         "12:30",   "\u200b",
        "a|b",     " id:a*",  "lead",     "title：",   "\"",      " w/5 ",
        " pre/3 ", " w/s ",   "ga*",      "date:",     "2022",    "..",
        "caps(",   "US",      "first/9(", "atleast2(", "length>", "lead(",
        "x~"};
    size_t parsed = 0;
    AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
    for (int i = 0; i < 100000; i++) {
        strbuf_reset(&query);
        uint64_t count = 1 + random_below(9);
        uint64_t vocabulary =
            random_below(2) ? sizeof tokens / sizeof *tokens : 16;
        while (count-- > 0)
            strbuf_append_string(&query, tokens[random_below(vocabulary)]);
        parsed += check_text(strbuf_text(&query));
    }
    cr_assert_gt(parsed, 5000, "only %zu of the rows parsed", parsed);
}

Test(query_random, any_bytes_are_refused_or_survive_a_round_trip,
     .timeout = 100)
{
    static const char common[] = "ab\"()-=*:?~ \tORANDw/5title\xe2\x80\x9c";
    for (int i = 0; i < 200000; i++) {
        char bytes[24];
        size_t len = random_below(sizeof bytes + 1);
        for (size_t at = 0; at < len; at++)
            bytes[at] = common[random_below(sizeof common - 1)];
        if (len > 0 && random_below(2))
            bytes[random_below(len)] = (char)random_below(256);
        check_text(text_make(bytes, len));
    }
}
