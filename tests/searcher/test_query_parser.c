#include "searcher/query.h"

#include <string.h>

#include <criterion/criterion.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "tests/searcher/query_rows.h"

Test(query_parser, words_must_all_occur_whatever_their_punctuation)
{
    static const struct tree_row rows[] = {
        {"gas", "gas"},
        {"nord stream sanctions", "(AND nord stream sanctions)"},
        {"  gas\t\r\n price ", "(AND gas price)"},
        {"gas AND price", "(AND gas price)"},
        {"gas AND price oil AND coal", "(AND gas price oil coal)"},
        {"covid-19", "covid-19"},
        {"U.S. AT&T", "(AND U.S. AT&T)"},
        {"o'neill o’neill", "(AND o'neill o’neill)"},
        {"1,000.50", "1,000.50"},
        {"and or not And Or Not", "(AND and or not And Or Not)"},
        {"ORANGE ANDES NOTE", "(AND ORANGE ANDES NOTE)"},
        {"12:30", "12:30"},
        {"http://example.org/a?b=c*", "http://example.org/a?b=c*"},
        {"24/7 km/h", "(AND 24/7 km/h)"},
        {"a=b c-", "(AND a=b c-)"},
        {"Straße été Київ 北京", "(AND Straße été Київ 北京)"},
        {"near lead caps date", "(AND near lead caps date)"},
        {"& ~ ~5", "(AND & ~ ~5)"},
        {"don't 'quoted'", "(AND don't 'quoted')"},
        {"*", "*"},
        {"* *", "*"},
        {"* gas", "gas"},
        {"gas * price", "(AND gas price)"},
        {"gas OR *", "(OR gas *)"},
    };
    CHECK_TREES(rows);
}

Test(query_parser, operators_make_canonical_trees)
{
    static const struct tree_row rows[] = {
        {"gas OR oil", "(OR gas oil)"},
        {"gas OR oil OR coal", "(OR gas oil coal)"},
        {"gas OR (oil OR coal)", "(OR gas oil coal)"},
        {"gas (oil coal)", "(AND gas oil coal)"},
        {"gas (oil OR coal)", "(AND gas (OR oil coal))"},
        {"gas OR (oil coal)", "(OR gas (AND oil coal))"},
        {"(gas)", "gas"},
        {"((gas))", "gas"},
        {"((gas oil)) coal", "(AND gas oil coal)"},
        {"(gas)(oil)", "(AND gas oil)"},
        {"gas(oil)",
         "0: 'gas(' is not known: expected white space before '(', or "
         "atleast3(, caps(, first/20( or lead("},
        {"AND(gas)", "0: expected a word, a phrase or '(' before 'AND'"},
        {"gas OR(oil)", "(OR gas oil)"},
        {"gas AND(oil)", "(AND gas oil)"},
        {"* (gas OR oil)", "(OR gas oil)"},
        {"(gas OR oil) (coal OR peat)", "(AND (OR gas oil) (OR coal peat))"},
        {"((a b) OR (c d)) e", "(AND (OR (AND a b) (AND c d)) e)"},
    };
    CHECK_TREES(rows);
}

Test(query_parser, exclusions_bind_before_and_and_may_stand_alone)
{
    static const struct tree_row rows[] = {
        {"gas -price", "(AND gas (NOT price))"},
        {"gas NOT price", "(AND gas (NOT price))"},
        {"gas AND NOT price", "(AND gas (NOT price))"},
        {"gas AND -price", "(AND gas (NOT price))"},
        {"gas NOT(price)", "(AND gas (NOT price))"},
        {"-price gas", "(AND (NOT price) gas)"},
        {"gas -price oil", "(AND gas (NOT price) oil)"},
        {"gas -\"oil price\"", "(AND gas (NOT \"oil price\"))"},
        {"gas -(oil coal)", "(AND gas (NOT (AND oil coal)))"},
        {"gas -(oil OR coal)", "(AND gas (NOT (OR oil coal)))"},
        {"gas -title:price", "(AND gas (NOT title:price))"},
        {"gas -=price", "(AND gas (NOT =price))"},
        {"-gas", "(AND * (NOT gas))"},
        {"NOT gas", "(AND * (NOT gas))"},
        {"-gas -oil", "(AND * (NOT gas) (NOT oil))"},
        {"* -gas", "(AND * (NOT gas))"},
        {"-gas *", "(AND * (NOT gas))"},
        {"(-gas)", "(AND * (NOT gas))"},
        {"oil (-gas)", "(AND oil (NOT gas))"},
        {"oil OR -gas", "(OR oil (AND * (NOT gas)))"},
        {"-(-gas)", "(AND * (NOT (AND * (NOT gas))))"},
        {"-*", "(AND * (NOT *))"},
        {"(-gas", "0: the parenthesis that opens here is not closed: "
                  "expected ')'"},
    };
    CHECK_TREES(rows);
}

Test(query_parser, quotes_and_equals_mean_as_written)
{
    static const struct tree_row rows[] = {
        {"\"nord stream\"", "\"nord stream\""},
        {"=\"nord stream\"", "\"nord stream\""},
        {"=sanctions", "=sanctions"},
        {"=\"sanctions\"", "=sanctions"},
        {"\"sanctions\"", "=sanctions"},
        {"\"  nord \t\n stream \"", "\"nord stream\""},
        {"\"nord (OR -title: stream\"", "\"nord (OR -title: stream\""},
        {"=OR", "=OR"},
        {"\"OR\"", "=OR"},
        {"=-5", "=-5"},
        {"\"what next?\"", "\"what next?\""},
        {"\"---\"", "=---"},
        {"\"a\"(b)", "(AND =a b)"},
        {"(\"a b\")", "\"a b\""},
    };
    CHECK_TREES(rows);
}

Test(query_parser, fields_are_distributed_to_the_leaves)
{
    static const struct tree_row rows[] = {
        {"title:gas", "title:gas"},
        {"Title:gas", "title:gas"},
        {"title:gas price", "(AND title:gas price)"},
        {"title:\"gas price\"", "title:\"gas price\""},
        {"title:=gas", "title:=gas"},
        {"title:(gas OR oil)", "(OR title:gas title:oil)"},
        {"title:(gas -\"oil price\")",
         "(AND title:gas (NOT title:\"oil price\"))"},
        {"title:(-gas)", "(AND * (NOT title:gas))"},
        {"title:(gas) title:oil", "(AND title:gas title:oil)"},
        {"author:o'neill source:bbc section:world",
         "(AND author:o'neill source:bbc section:world)"},
        {"lang:en tag:energy", "(AND lang:en tag:energy)"},
        {"url:http://example.org/~a/?b=c*", "url:http://example.org/~a/?b=c*"},
        {"id:urn:newsml:1 id:\"a*b\"", "(AND id:urn:newsml:1 id:=a*b)"},
        {"id:(a* OR b~)", "(OR id:a* id:b~)"},
        {"title:12:30", "title:12:30"},
        {"title:http://example.org", "title:http://example.org"},
    };
    CHECK_TREES(rows);
}

Test(query_parser, typographic_characters_mean_what_plain_ones_mean)
{
    static const struct tree_row rows[] = {
        {"“nord stream”", "\"nord stream\""},
        {"„nord stream“", "\"nord stream\""},
        {"«nord stream»", "\"nord stream\""},
        {"« nord stream »", "\"nord stream\""},
        {"＂nord stream＂", "\"nord stream\""},
        {"gas\u00a0OR\u00a0oil", "(OR gas oil)"},
        {"gas\u3000oil\u202fcoal\u2028peat", "(AND gas oil coal peat)"},
        {"gas ＯＲ oil", "(OR gas oil)"},
        {"gas ｏｒ oil", "(AND gas ｏｒ oil)"},
        {"ｔｉｔｌｅ：gas", "title:gas"},
        {"title：（gas　ＯＲ　oil）", "(OR title:gas title:oil)"},
        {"gas －oil", "(AND gas (NOT oil))"},
        {"gas \u2212oil", "(AND gas (NOT oil))"},
        {"＊ ＝gas", "=gas"},
        {"\ufeffgas \u200b-oil", "(AND gas (NOT oil))"},
        {"gas O\u200bR oil", "(OR gas oil)"},
        {"\"nord\u00a0 stream\"", "\"nord stream\""},
    };
    CHECK_TREES(rows);
}

#define EXPECTED "expected a word, a phrase or '(' "

Test(query_parser, an_operator_without_its_operand_is_refused)
{
    static const struct error_row rows[] = {
        {"", 0, "the query is empty: expected a word, a \"phrase\" or *"},
        {" \t ", 3, "the query is empty"},
        {"gas OR", 4, EXPECTED "after 'OR'"},
        {"gas AND ", 4, EXPECTED "after 'AND'"},
        {"OR gas", 0, EXPECTED "before 'OR'"},
        {"AND", 0, EXPECTED "before 'AND'"},
        {"(AND gas)", 1, EXPECTED "before 'AND'"},
        {"gas OR OR oil", 4, EXPECTED "after 'OR'"},
        {"gas OR AND oil", 4, EXPECTED "after 'OR'"},
        {"(gas OR) oil", 5, EXPECTED "after 'OR'"},
        {"NOT", 0, EXPECTED "after 'NOT'"},
        {"gas NOT", 4, EXPECTED "after 'NOT'"},
        {"gas NOT OR oil", 4, EXPECTED "after 'NOT'"},
        {"(NOT)", 1, EXPECTED "after 'NOT'"},
        {"gas -", 4, EXPECTED "right after '-'"},
        {"gas - price", 4, EXPECTED "right after '-'"},
        {"(-)", 1, EXPECTED "right after '-'"},
        {"-OR", 0, EXPECTED "after '-'"},
        {"NOT NOT gas", 4, "an exclusion of an exclusion: " EXPECTED},
        {"NOT -gas", 4, "an exclusion of an exclusion: " EXPECTED},
        {"-NOT gas", 1, "an exclusion of an exclusion: " EXPECTED},
        {"gas --price", 4, "'--' means nothing here"},
        {"gas – price", 4, "a dash means nothing here: expected '-'"},
        {"gas —price", 4, "a dash means nothing here: expected '-'"},
        {"gas || oil", 4, "'||' is not an operator here: expected OR"},
        {"gas | oil", 4, "'|' is not an operator here: expected OR"},
        {"gas && oil", 4, "'&&' is not an operator here: expected AND"},
        {"=", 0, "expected a word or a phrase right after '='"},
        {"==gas", 0, "expected a word or a phrase right after '='"},
        {"=(gas)", 0, "expected a word or a phrase right after '='"},
        {"=gas*", 0, "a wildcard cannot stand behind '='"},
        {"=gas(oil)", 4, "expected white space after the word"},
    };
    CHECK_ERRORS(rows);
}

Test(query_parser, quotes_and_parentheses_must_pair)
{
    static const struct error_row rows[] = {
        {"gas \"nord stream", 4, "the quote that opens here is not closed"},
        {"gas =\"nord", 5, "the quote that opens here is not closed"},
        {"«nord stream", 0, "the quote that opens here is not closed"},
        {"gas \"\"", 4, "an empty phrase: expected words"},
        {"\" \u00a0\u200b\"", 0, "an empty phrase: expected words"},
        {"gas ()", 4, "empty parentheses: expected a word or a phrase"},
        {"title:()", 6, "empty parentheses: expected a word or a phrase"},
        {"(gas", 0, "the parenthesis that opens here is not closed"},
        {"((gas)", 0, "the parenthesis that opens here is not closed"},
        {"(gas (", 5, "the parenthesis that opens here is not closed"},
        {"gas)", 3, "')' has no '(' before it"},
        {")", 0, "')' has no '(' before it"},
        {"(gas))", 5, "')' has no '(' before it"},
        {"(gas OR oil)coal", 12, "expected white space after ')'"},
        {"(gas)-oil", 5, "expected white space after ')'"},
        {"\"gas\"oil", 5, "expected white space after the closing quote"},
        {"\"gas oil\"~5", 9, "expected white space after the closing quote"},
        {"\"der „Spiegel“ sagt\"", 8,
         "expected white space after the closing quote"},
        {"gas\"oil\"", 3, "a quote within a word: expected white space"},
        {"id:a\"b\"", 4, "a quote within a word: expected white space"},
        {"url:http://example.org/a_(b)", 25,
         "a parenthesis within a value: put the value in quotes"},
    };
    CHECK_ERRORS(rows);
}

Test(query_parser, a_field_is_known_and_has_a_value)
{
    static const struct error_row rows[] = {
        {"gas foo:bar", 4,
         "unknown field 'foo': known are title, author, source, section, "},
        {"Ukraine: what next", 0, "unknown field 'Ukraine': known are title"},
        {"größe:5", 0, "unknown field 'größe': known are title, author"},
        {"published_at:x", 0, "unknown field 'published_at': known are"},
        {"mailto:a", 0, "unknown field 'mailto': known are title, author"},
        {"=foo:bar", 0, "unknown field 'foo': known are title, author"},
        {"title:", 0, EXPECTED "right after 'title:'"},
        {"title: gas", 0, EXPECTED "right after 'title:'"},
        {"(title:)", 1, EXPECTED "right after 'title:'"},
        {"id: gas", 0, EXPECTED "right after 'id:'"},
        {"title:-gas", 6,
         EXPECTED "after 'title:': to exclude, write "
                  "'-title:'"},
        {"title:OR", 0, EXPECTED "after 'title:'"},
        {"title:*", 6, "'*' means every article: expected a word"},
        {"id:*", 3, "'*' means every article: expected a word"},
        {"title:(gas *)", 11, "'*' means every article: expected a word"},
        {"title:author:gas", 6, "a field within a field"},
        {"title:(gas author:oil)", 11, "a field within a field"},
        {"=title:gas", 0,
         "'=' stands right before a word or a phrase, behind "
         "the field: 'title:='"},
    };
    CHECK_ERRORS(rows);
}

Test(query_parser, and_mixed_with_or_is_refused_with_both_readings)
{
    static const struct error_row rows[] = {
        {"a b OR c", 4,
         "AND and OR are mixed: write '(a b) OR c' or 'a (b OR c)'"},
        {"a OR b c", 7,
         "AND and OR are mixed: write 'a OR (b c)' or '(a OR b) c'"},
        {"a AND b OR c", 8,
         "AND and OR are mixed: write '(a AND b) OR c' or 'a AND (b OR c)'"},
        {"a OR b -c", 7,
         "AND and OR are mixed: write 'a OR (b -c)' or '(a OR b) -c'"},
        {"x (a  b OR \"c d\")", 8,
         "AND and OR are mixed: write '(a b) OR \"c d\"' or 'a (b OR "
         "\"c d\")'"},
        {"a b OR c d OR title:(e f)", 4,
         "AND and OR are mixed: write '(a b) OR (c d) OR title:(e f)' or 'a "
         "(b OR c) (d OR title:(e f))'"},
        {"first00000000000 second0000000000 OR third00000000000 "
         "fourth00000000000 fifth000000000000 OR sixth00000000000",
         34,
         "AND and OR are mixed: write '(first00000000000 second0000000000) OR "
         "third00000000000' or 'first00000000000 (second0000000000 OR "
         "third00000000000)'"},
    };
    CHECK_ERRORS(rows);
}

Test(query_parser, mixing_of_very_long_operands_is_refused_without_readings)
{
    char query[1000];
    memset(query, 'x', sizeof query);
    memcpy(query + 300, " ", 1);
    memcpy(query + 700, " OR ", 4);
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    cr_assert_eq(query_parse(&q, text_make(query, sizeof query), &err),
                 STATUS_QUERY);
    cr_assert_eq(err.offset, 701);
    cr_assert_str_eq(err.message,
                     "AND (also the one between words) and OR are mixed: put "
                     "parentheses around what belongs together");
}

Test(query_parser, bytes_that_are_no_text_are_refused)
{
    static const struct error_row rows[] = {
        {"gas \xff", 4, "the query is not valid UTF-8 here"},
        {"gas \xc3", 4, "the query is not valid UTF-8 here"},
        {"\xed\xa0\x80", 0, "the query is not valid UTF-8 here"},
        {"\xc0\xaf", 0, "the query is not valid UTF-8 here"},
        {"gas \x1b[31m", 4, "a control character (U+001B) in the query"},
        {"\"gas\x7f\"", 4, "a control character (U+007F) in the query"},
        {"gas\xc2\x90", 3, "a control character (U+0090) in the query"},
    };
    CHECK_ERRORS(rows);
    struct error err = ERROR_NONE;
    struct query *q = NULL;
    cr_assert_eq(query_parse(&q, text_make("a\0b", 3), &err), STATUS_QUERY);
    cr_assert_eq(err.offset, 1);
    cr_assert_str_eq(err.message, "a control character (U+0000) in the query");
}

/* `count` times `unit`, between `before` and `after`. */
static char *repeat(const char *before, const char *unit, size_t count,
                    const char *after)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4 * 1024 * 1024);
    strbuf_append_string(&out, before);
    for (size_t i = 0; i < count; i++)
        strbuf_append_string(&out, unit);
    strbuf_append_string(&out, after);
    return mem_copy_string(out.ptr, out.len);
}

static void check_error(char *query, size_t offset, const char *message)
{
    struct error_row row = {query, offset, message};
    check_errors(&row, 1);
    free(query);
}

static void check_parses(char *query)
{
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    cr_expect_eq(query_parse(&q, text_from(query), &err), STATUS_OK, "%s",
                 err.message);
    free(query);
}

Test(query_parser, sizes_have_limits)
{
    check_parses(repeat("", "a ", 10000, ""));
    check_error(repeat("", "a ", 10001, ""), 20000,
                "more than 10000 words and phrases");
    check_parses(repeat("", "a OR ", 9999, "a"));
    check_error(repeat("", "-a ", 100000, ""), 30001,
                "more than 10000 words and phrases");
    char *open = repeat("", "(", 200, "a"),
         *closed = repeat(open, ")", 200, "");
    check_parses(closed);
    free(open);
    check_error(repeat("", "(", 500, "a"), 200,
                "parentheses are nested more than 200 deep");
    check_error(repeat("", "-(", 500, "a"), 401,
                "parentheses are nested more than 200 deep");
    check_parses(repeat("", "(a) ", 10000, ""));
    check_parses(repeat("", "x", 1024 * 1024, ""));
    check_error(repeat("", "x", 1024 * 1024 + 1, ""), 1024 * 1024,
                "the query is longer than 1048576 bytes");
    check_error(repeat("", "(", 1024 * 1024, ""), 200,
                "parentheses are nested more than 200 deep");
    check_error(repeat("", " ", 1024 * 1024, ""), 1024 * 1024,
                "the query is empty");
    check_error(repeat("\"", "x ", 500000, ""), 0,
                "the quote that opens here is not closed");
}

Test(query_parser, deep_trees_are_flattened_in_linear_time)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(1 << 20);
    for (int i = 0; i < 199; i++)
        strbuf_append_string(&query, "(a a a a a a a a a a a a a a a a a a ");
    strbuf_append_string(&query, "a");
    for (int i = 0; i < 199; i++)
        strbuf_append_char(&query, ')');
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    cr_assert_eq(query_parse(&q, strbuf_text(&query), &err), STATUS_OK);
    cr_assert_eq(q->root->kind, QUERY_AND);
    cr_assert_eq(q->root->child_count, 199 * 18 + 1);
}

Test(query_parser, nodes_know_what_was_typed_for_them)
{
    struct error err = ERROR_NONE;
    struct text text = text_from("gas (title:oil OR -\"a b\") -x");
    AUTO(query) q = NULL;
    cr_assert_eq(query_parse(&q, text, &err), STATUS_OK);
    const struct query_node *root = q->root, *group = root->children[1];
    cr_assert_eq(root->offset, 0);
    cr_assert_eq(root->length, text.len);
    cr_assert(text_is(text_slice(text, group->offset, group->length),
                      "title:oil OR -\"a b\""));
    const struct query_node *leaf = group->children[0];
    cr_assert(
        text_is(text_slice(text, leaf->offset, leaf->length), "title:oil"));
    cr_assert(text_is(leaf->text, "oil"));
    const struct query_node *negated = group->children[1]->children[1];
    cr_assert(text_is(text_slice(text, negated->offset, negated->length),
                      "-\"a b\""));
    cr_assert(text_equal(q->text, text));
}

Test(query_parser, what_mixes_and_with_or_has_two_readings)
{
    static const struct {
        const char *query, *and_first, *or_first;
    } rows[] = {
        {"a AND b OR c", "(a AND b) OR c", "a AND (b OR c)"},
        {"a b OR c", "(a b) OR c", "a (b OR c)"},
        {"-x (a OR b c) lang:en", "-x (a OR (b c)) lang:en",
         "-x ((a OR b) c) lang:en"},
        {"title:(a b OR c)", "title:((a b) OR c)", "title:(a (b OR c))"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf readings[] = {STRBUF_INIT(1000), STRBUF_INIT(1000)};
        struct error err = ERROR_NONE;
        cr_assert(query_readings(text_from(rows[i].query), readings));
        cr_expect_str_eq(strbuf_string(&readings[0]), rows[i].and_first);
        cr_expect_str_eq(strbuf_string(&readings[1]), rows[i].or_first);
        for (int k = 0; k < 2; k++) {
            AUTO(query) q = NULL;
            cr_expect_eq(query_parse(&q, strbuf_text(&readings[k]), &err),
                         STATUS_OK, "%s", strbuf_string(&readings[k]));
            strbuf_done(&readings[k]);
        }
    }
}

Test(query_parser, nothing_else_has_two_readings)
{
    static const char *const queries[] = {
        "a", "a b", "a OR b", "", "(a", "a w/5 b w/5 c", "a OR", "a* b OR"};
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct strbuf readings[] = {STRBUF_INIT(1000), STRBUF_INIT(1000)};
        cr_expect(!query_readings(text_from(queries[i]), readings), "%s",
                  queries[i]);
        cr_expect_eq(readings[0].len, 0);
    }
    struct strbuf small[] = {STRBUF_INIT(10), STRBUF_INIT(10)};
    cr_expect(!query_readings(text_from("a b OR cccccccccccc"), small));
    strbuf_done(&small[0]);
    strbuf_done(&small[1]);
}
