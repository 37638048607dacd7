/* Wildcards, variants, capitals and conditions on positions, for the engine. */
#include "searcher/plan_text.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/searcher/search_fixture.h"

static struct search_fixture f;

static void begin(void)
{
    static const char *const bodies[] = {
        "gas price and US sanctions", "price of the gas. tell us more",
        "organisation of prices", "organization 北京大学",
        "nord stream gas gas gas"};
    search_fixture_init(&f, "english");
    search_fixture_bodies(&f, bodies, sizeof bodies / sizeof *bodies);
}

static void end(void)
{
    search_fixture_done(&f);
}

TestSuite(plan_text, .init = begin, .fini = end);

struct planned {
    struct query *query;
    struct arena arena;
    struct planned_leaf leaf;
    enum status status;
    struct error err;
};

static void planned_done(struct planned *p)
{
    engine_query_free(p->leaf.query);
    arena_done(&p->arena);
    query_free(p->query);
}
DEFINE_AUTO_DONE(planned);

static void plan_typed(struct planned *p, const char *query)
{
    *p = (struct planned){.status = STATUS_OK};
    cr_assert_eq(query_parse(&p->query, text_from(query), &p->err), STATUS_OK,
                 "%s: %s", query, p->err.message);
    const struct leaf_planner planner = {
        .archive = f.archive, .analyzer = f.analyzer, .arena = &p->arena};
    const struct query_node *root = p->query->root;
    cr_assert(plan_text_takes(root) || plan_text_is_character(&planner, root),
              "%s", query);
    p->status = plan_text(&p->leaf, &planner, root, &p->err);
}

/* The condition that a query becomes; "-" if it has none. */
static void becomes(const char *query, const char *expected,
                    enum leaf_check check)
{
    AUTO_DONE(planned) p;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    plan_typed(&p, query);
    cr_assert_eq(p.status, STATUS_OK, "%s: %s", query, p.err.message);
    cr_assert_not_null(p.leaf.query, "%s", query);
    if (p.leaf.condition)
        condition_print(p.leaf.condition, &out);
    else
        strbuf_append_char(&out, '-');
    cr_expect_str_eq(strbuf_string(&out), expected, "%s: %s", query,
                     strbuf_string(&out));
    cr_expect_eq(p.leaf.check, check, "%s", query);
}

Test(plan_text, words_that_stand_for_words_need_no_check)
{
    becomes("pric*", "{word:price word:prices}", LEAF_COMPLETE);
    becomes("organi?ation", "{word:organisation word:organization}",
            LEAF_COMPLETE);
    becomes("prise~", "{word:price}", LEAF_COMPLETE);
    becomes("zzz*", "{}", LEAF_COMPLETE);
    becomes("caps(US)", "{caps:us}", LEAF_COMPLETE);
    becomes("title:pric*", "(TITLE {word:price word:prices})", LEAF_COMPLETE);
    becomes("author:jan*", "-", LEAF_COMPLETE);
}

Test(plan_text, a_single_character_stands_for_its_pairs)
{
    becomes("大", "{word:京大 word:大学}", LEAF_COMPLETE);
}

Test(plan_text, conditions_are_nested_as_the_query_has_them)
{
    becomes("gas w/5 price", "(NEAR/5 {stem:gas} {stem:price})",
            LEAF_NEEDS_CHECK);
    becomes("gas pre/3 \"nord stream\"",
            "(BEFORE/3 {stem:gas} (PHRASE {word:nord} {word:stream}))",
            LEAF_NEEDS_CHECK);
    becomes("(gas OR pric*) w/s =us",
            "(SENTENCE (OR {stem:gas} {word:price word:prices}) {word:us})",
            LEAF_NEEDS_CHECK);
    becomes("(gas w/2 price) w/p nord",
            "(PARAGRAPH (NEAR/2 {stem:gas} {stem:price}) {stem:nord})",
            LEAF_NEEDS_CHECK);
    becomes("atleast3(gas)", "(ATLEAST/3 {stem:gas})", LEAF_NEEDS_CHECK);
    becomes("first/7(gas)", "(LEAD/7 {stem:gas})", LEAF_NEEDS_CHECK);
    becomes("lead(gas)", "(LEAD/50 {stem:gas})", LEAF_NEEDS_CHECK);
}

Test(plan_text, an_alternative_without_a_word_is_left_out)
{
    becomes("(gas OR \"--\") w/5 price",
            "(NEAR/5 (OR {stem:gas}) {stem:price})", LEAF_NEEDS_CHECK);
}

static void refuses(const char *query, size_t offset, const char *message)
{
    AUTO_DONE(planned) p;
    plan_typed(&p, query);
    cr_assert_eq(p.status, STATUS_QUERY, "%s", query);
    cr_assert_null(p.leaf.query, "untouched");
    cr_expect_eq(p.err.offset, offset, "%s: %zu", query, p.err.offset);
    cr_expect_not_null(strstr(p.err.message, message), "%s: %s", query,
                       p.err.message);
}

Test(plan_text, what_has_no_word_or_several_is_refused_at_its_place)
{
    refuses("gas w/5 \"--\"", 0, "a part without a word in it");
    refuses("atleast2(\"--\")", 0, "a part without a word in it");
    refuses("gas w/5 one/tw*", 8, "'one/tw*' is not one word");
    refuses("cov/id~", 0, "'cov/id' is not one word");
}

Test(plan_text, a_group_of_which_a_part_is_refused_leaks_nothing)
{
    refuses("gas w/5 (price OR one/tw*)", 18, "is not one word");
    refuses("(gas w/5 price) w/s (nord w/2 one/tw*)", 30, "is not one word");
}
