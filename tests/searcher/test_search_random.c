/* Random queries over random archives, answered by the searcher and by a
 * reference that shares nothing with it: the same articles, always. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "common/mem.h"
#include "searcher/query.h"
#include "tests/searcher/query_reference.h"
#include "tests/searcher/search_fixture.h"

#define DAY  INT64_C(86400)
#define NOON (INT64_C(18000) * DAY + 43200)

/* xorshift64: the same archives on every machine, unless MORGUE_SEED says
 * otherwise. */
static uint64_t state;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % limit;
}

#define PICK(list) (list)[below(sizeof(list) / sizeof *(list))]

static uint64_t seed_of(uint64_t usual)
{
    const char *given = getenv("MORGUE_SEED");
    return given ? strtoull(given, NULL, 0) : usual;
}

static int rounds_of(int usual)
{
    const char *long_run = getenv("MORGUE_LONG");
    return long_run && *long_run ? 20 * usual : usual;
}

/* --- archives ------------------------------------------------------------- */

static const char *const words[] = {"gas",
                                    "gas",
                                    "price",
                                    "prices",
                                    "nord",
                                    "stream",
                                    "streams",
                                    "the",
                                    "the",
                                    "of",
                                    "to",
                                    "be",
                                    "us",
                                    "US",
                                    "U.S.",
                                    "who",
                                    "WHO",
                                    "covid-19",
                                    "covid19",
                                    "Covid",
                                    "19",
                                    "2022-02",
                                    "O'Neill",
                                    "o’neill's",
                                    "AT&T",
                                    "Erdoğan",
                                    "erdogan",
                                    "Häuser",
                                    "hauser",
                                    "Haus",
                                    "été",
                                    "ete",
                                    "l'été",
                                    "北京大学",
                                    "北京",
                                    "大",
                                    "1,000.50",
                                    "1000.50",
                                    "U.S.-led",
                                    "e-mail",
                                    "one-two-three-four-five",
                                    "NATO",
                                    "sanctions",
                                    "sanctioned"};
static const char *const ends[] = {" ", " ", " ", " ", " ", ", ", ". ", "\n\n"};
static const char *const authors[] = {
    "Jane Doe",     "Doe Jane", "Jane Mary Doe", "Jean-Luc Doe",
    "JANE O'Neill", "Jean Luc", "Mary"};
static const char *const sources[] = {"BBC News", "News BBC",  "BBC World News",
                                      "bbc",      "The Times", ""};
static const char *const languages[] = {"en", "de", "EN", ""};

static void random_text(struct strbuf *out, size_t most)
{
    bool capitals = below(12) == 0;
    size_t from = out->len;
    for (size_t n = below(most + 1); n > 0; n--) {
        strbuf_append_string(out, PICK(words));
        strbuf_append_string(out, PICK(ends));
    }
    for (size_t i = from; capitals && i < out->len; i++)
        if (out->ptr[i] >= 'a' && out->ptr[i] <= 'z')
            out->ptr[i] = (char)(out->ptr[i] - 'a' + 'A');
}

static timestamp random_time(void)
{
    static const timestamp hours[] = {-43200, -43201, 0, 43199, 43200};
    return below(5) == 0 ? TIMESTAMP_UNKNOWN
                         : NOON + (timestamp)below(4) * DAY + PICK(hours);
}

static void add_article(struct search_fixture *f, size_t number)
{
    char id[32];
    AUTO_DONE(strbuf) title = STRBUF_INIT(10000);
    AUTO_DONE(strbuf) body = STRBUF_INIT(10000);
    struct text names[3];
    struct article a = {.published = random_time(), .authors = names};
    snprintf(id, sizeof id, "p%zu", number);
    random_text(&title, 5);
    random_text(&body, below(4) ? 25 : 2);
    for (a.author_count = 0; a.author_count < below(4);)
        names[a.author_count++] = text_from(PICK(authors));
    a.id = text_from(id);
    a.title = text_trim(strbuf_text(&title));
    a.body = text_trim(strbuf_text(&body));
    if (a.title.len == 0 && a.body.len == 0)
        a.body = text_from("gas");
    a.source = text_from(PICK(sources));
    a.section = text_from(PICK(sources));
    a.language = text_from(PICK(languages));
    search_fixture_add(f, &a);
}

/* One to five segments; later ones supersede articles of earlier ones. */
static void fill(struct search_fixture *f)
{
    for (size_t segments = 1 + below(5), s = 0; s < segments; s++) {
        for (size_t i = 0, count = 1 + below(25); i < count; i++)
            add_article(f, below(60));
        search_fixture_publish(f);
    }
}

/* --- queries -------------------------------------------------------------- */

static const char *const field_names[] = {"title", "title", "author", "source",
                                          "section"};
static const char *const name_words[] = {
    "jane", "doe",  "\"jane doe\"", "\"mary doe\"",  "jean-luc", "\"jean luc\"",
    "bbc",  "news", "\"bbc news\"", "\"the times\"", "the",      "jeanluc"};

static void random_leaf(struct strbuf *out)
{
    size_t kind = below(20);
    if (kind == 0) {
        strbuf_append_format(out, "id:p%zu", below(60));
    } else if (kind == 1) {
        strbuf_append_format(out, "lang:%s", below(2) ? "en" : "De");
    } else if (kind < 5) {
        strbuf_append_format(out, "%s:%s", field_names[2 + below(3)],
                             PICK(name_words));
    } else if (kind < 8) {
        strbuf_append_format(out, "title:%s%s", below(3) ? "" : "=",
                             PICK(words));
    } else if (kind < 12) {
        strbuf_append_format(out, "%s\"", below(4) ? "" : "title:");
        for (size_t n = 1 + below(3); n > 0; n--)
            strbuf_append_format(out, "%s%s", PICK(words), n > 1 ? " " : "");
        strbuf_append_char(out, '"');
    } else if (kind == 12) {
        strbuf_append_string(out, below(3) ? "\"...\"" : "*");
    } else {
        strbuf_append_format(out, "%s%s", below(5) ? "" : "=", PICK(words));
    }
}

static void random_query(struct strbuf *out, int depth)
{
    bool either = below(2);
    for (size_t n = 1 + below(4), i = 0; i < n; i++) {
        if (i > 0)
            strbuf_append_string(out, either ? " OR " : " ");
        if (below(5) == 0)
            strbuf_append_char(out, '-');
        if (depth > 0 && below(4) == 0) {
            strbuf_append_char(out, '(');
            random_query(out, depth - 1);
            strbuf_append_char(out, ')');
        } else {
            random_leaf(out);
        }
    }
}

static void random_options(struct search_options *out)
{
    static const timestamp edges[] = {-43200, 43199, 0, -43201, 43200};
    *out = (struct search_options)SEARCH_OPTIONS_ALL;
    out->match = below(3) ? PLAN_AS_WRITTEN : PLAN_ANY;
    out->sort = (enum engine_sort)below(3);
    out->total = (enum search_total)below(2);
    if (below(4) == 0)
        out->since = NOON + (timestamp)below(4) * DAY + PICK(edges);
    if (below(4) == 0)
        out->until = NOON + (timestamp)below(4) * DAY + PICK(edges);
}

/* --- the comparison ------------------------------------------------------- */

struct trial {
    struct search_fixture *f;
    struct reference_article *articles; /* as the fixture's */
    struct analyzer *analyzer;          /* the reference's */
    struct search_options options;
};

static void trial_init(struct trial *t, struct search_fixture *f)
{
    struct error err = ERROR_NONE;
    *t = (struct trial){.f = f};
    cr_assert_eq(analyzer_new(&t->analyzer,
                              archive_manifest(f->archive)->language, &err),
                 STATUS_OK);
    t->articles = mem_zeroed(f->article_count, sizeof *t->articles);
    for (size_t i = 0; i < f->article_count; i++)
        reference_article_init(&t->articles[i], t->analyzer, &f->articles[i]);
}

static void trial_done(struct trial *t)
{
    for (size_t i = 0; i < t->f->article_count; i++)
        reference_article_done(&t->articles[i]);
    free(t->articles);
    analyzer_free(t->analyzer);
}

/* The articles found, by their places in the fixture: how often each. */
static unsigned *count_found(const struct trial *t,
                             const struct search_result *r)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    unsigned *found = mem_zeroed(t->f->article_count, sizeof *found);
    for (size_t i = 0; i < r->count; i++) {
        struct article a =
            search_fixture_article(t->f, r->hits[i].document, &arena);
        for (size_t k = 0; k < t->f->article_count; k++)
            found[k] += text_equal(t->f->articles[k].id, a.id);
    }
    return found;
}

/* What is wrong with the answer, appended to `complaint`; nothing if it is
 * right. */
static void compare(const struct trial *t, const char *query,
                    struct strbuf *complaint)
{
    AUTO_DONE(search_answer) a;
    const struct query_reference r = {t->analyzer, t->options.match,
                                      t->options.since, t->options.until};
    search_fixture_answer(&a, t->f, query, &t->options);
    if (!a.query)
        return; /* refused by the parser */
    if (a.status != STATUS_OK && a.status != STATUS_QUERY) {
        strbuf_append_string(complaint, a.error.message);
        return;
    }
    unsigned *found = count_found(t, &a.result);
    size_t expected = 0;
    for (size_t i = 0; i < t->f->article_count; i++) {
        enum reference_verdict v =
            query_reference_decide(&r, a.query->root, &t->articles[i]);
        expected += v == REFERENCE_YES;
        if ((v == REFERENCE_NO_WORDS) != (a.status == STATUS_QUERY)) {
            strbuf_append_format(complaint, "refused: %d, no words: %d\n",
                                 a.status == STATUS_QUERY,
                                 v == REFERENCE_NO_WORDS);
            break;
        }
        if (found[i] != (v == REFERENCE_YES)) {
            const struct article *bad = &t->f->articles[i];
            strbuf_append_format(
                complaint, "article %.*s found %u times\n--\n%.*s\n--\n%.*s\n",
                TEXT_ARG(bad->id), found[i], TEXT_ARG(bad->title),
                TEXT_ARG(bad->body));
            break;
        }
    }
    free(found);
    if (complaint->len == 0 && a.status == STATUS_OK &&
        (a.result.total != expected ||
         a.result.exactness != SEARCH_TOTAL_EXACT))
        strbuf_append_format(complaint, "total %lu of %zu\n",
                             (unsigned long)a.result.total, expected);
}

static bool fails(const struct trial *t, const char *query)
{
    AUTO_DONE(strbuf) complaint = STRBUF_INIT(1 << 20);
    compare(t, query, &complaint);
    return complaint.len > 0;
}

/* Writes the tree, in which something was left out, and keeps it if it still
 * fails. */
static bool keep_if_failing(const struct trial *t,
                            const struct query_node *root, struct strbuf *query)
{
    AUTO_DONE(strbuf) smaller = STRBUF_INIT(1 << 20);
    query_write(root, &smaller);
    if (smaller.len >= query->len || !fails(t, strbuf_string(&smaller)))
        return false;
    strbuf_reset(query);
    strbuf_append(query, strbuf_text(&smaller));
    return true;
}

/* Leaves out a child anywhere below `node`, or takes `node` alone. */
static bool shrink_node(const struct trial *t, const struct query_node *root,
                        const struct query_node *node, struct strbuf *query)
{
    struct query_node *changed = (struct query_node *)node;
    size_t count = node->child_count;
    if (node != root && keep_if_failing(t, node, query))
        return true;
    for (size_t i = 0; i < count; i++)
        if (shrink_node(t, root, node->children[i], query))
            return true;
    for (size_t i = 0; count > 2 && i < count; i++) {
        struct query_node *out = changed->children[i];
        changed->children[i] = changed->children[count - 1];
        changed->child_count = count - 1;
        if (keep_if_failing(t, root, query))
            return true;
        changed->child_count = count;
        changed->children[i] = out;
    }
    return false;
}

static void shrink(struct trial *t, struct strbuf *query)
{
    static const struct search_options all = SEARCH_OPTIONS_ALL;
    struct search_options kept = t->options;
    t->options = all;
    if (!fails(t, strbuf_string(query)))
        t->options = kept;
    for (bool again = true; again;) {
        struct error err = ERROR_NONE;
        AUTO(query) tree = NULL;
        AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
        strbuf_append(&text, strbuf_text(query));
        again = query_parse(&tree, strbuf_text(&text), &err) == STATUS_OK &&
                shrink_node(t, tree->root, tree->root, query);
    }
}

static void check(struct trial *t, struct strbuf *query, uint64_t seed)
{
    AUTO_DONE(strbuf) complaint = STRBUF_INIT(1 << 20);
    if (!fails(t, strbuf_string(query)))
        return;
    shrink(t, query);
    compare(t, strbuf_string(query), &complaint);
    cr_assert_fail("seed %#lx, match %d, since %ld, until %ld: %s\n%s",
                   (unsigned long)seed, t->options.match,
                   (long)t->options.since, (long)t->options.until,
                   strbuf_string(query), strbuf_string(&complaint));
}

static void run_trials(const char *language, uint64_t usual_seed)
{
    uint64_t seed = state = seed_of(usual_seed);
    for (int archive = 0; archive < rounds_of(6); archive++) {
        struct search_fixture f;
        struct trial t;
        search_fixture_init(&f, language);
        fill(&f);
        trial_init(&t, &f);
        AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
        for (int i = 0; i < 300; i++) {
            strbuf_reset(&query);
            random_query(&query, 2);
            random_options(&t.options);
            check(&t, &query, seed);
        }
        trial_done(&t);
        search_fixture_done(&f);
    }
}

Test(search_random, english_archives_answer_as_the_reference, .timeout = 100)
{
    run_trials("english", 0x9e3779b97f4a7c15u);
}

Test(search_random, german_archives_answer_as_the_reference, .timeout = 100)
{
    run_trials("german", 0x5851f42d4c957f2du);
}

Test(search_random, french_archives_answer_as_the_reference, .timeout = 100)
{
    run_trials("french", 0x14057b7ef767814fu);
}

Test(search_random, archives_without_stems_answer_as_the_reference,
     .timeout = 100)
{
    run_trials("none", 0x2545f4914f6cdd1du);
}
