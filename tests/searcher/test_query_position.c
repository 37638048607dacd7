#include "searcher/query.h"

#include <criterion/criterion.h>

#include "tests/searcher/query_rows.h"

Test(query_position, proximity_binds_before_not_and_and)
{
    static const struct tree_row rows[] = {
        {"gas w/5 price", "(NEAR/5 gas price)"},
        {"gas W/5 price", "(NEAR/5 gas price)"},
        {"gas ｗ／５ price", "(NEAR/5 gas price)"},
        {"gas pre/3 price", "(PRE/3 gas price)"},
        {"gas w/s price", "(SENTENCE gas price)"},
        {"gas w/p price", "(PARAGRAPH gas price)"},
        {"gas w/5 price oil", "(AND (NEAR/5 gas price) oil)"},
        {"oil gas w/5 price", "(AND oil (NEAR/5 gas price))"},
        {"oil -gas w/5 price", "(AND oil (NOT (NEAR/5 gas price)))"},
        {"oil OR gas w/5 price", "(OR oil (NEAR/5 gas price))"},
        {"\"a b\" w/5 =c", "(NEAR/5 \"a b\" =c)"},
        {"gas w/5 (price OR cost)", "(NEAR/5 gas (OR price cost))"},
        {"(gas w/5 price) w/9 oil", "(NEAR/9 (NEAR/5 gas price) oil)"},
        {"gas w/9 (price pre/2 (oil OR c*al))",
         "(NEAR/9 gas (PRE/2 price (OR oil c*al)))"},
        {"title:gas w/5 title:price", "(NEAR/5 title:gas title:price)"},
        {"title:(gas w/5 price)", "(NEAR/5 title:gas title:price)"},
        {"gas w/10000 price", "(NEAR/10000 gas price)"},
    };
    CHECK_TREES(rows);
}

Test(query_position, functions_count_limit_and_keep_case)
{
    static const struct tree_row rows[] = {
        {"atleast3(gas)", "(ATLEAST/3 gas)"},
        {"ATLEAST3(gas)", "(ATLEAST/3 gas)"},
        {"atleast2(\"gas price\" OR cost)",
         "(ATLEAST/2 (OR \"gas price\" cost))"},
        {"title:atleast2(gas) oil", "(AND (ATLEAST/2 title:gas) oil)"},
        {"-atleast2(gas)", "(AND * (NOT (ATLEAST/2 gas)))"},
        {"caps(US)", "caps(US)"},
        {"caps(U.S.)", "caps(U.S.)"},
        {"caps(US WHO)", "(AND caps(US) caps(WHO))"},
        {"caps(US OR UK)", "(OR caps(US) caps(UK))"},
        {"title:caps(US)", "title:caps(US)"},
        {"caps(US) w/5 troops", "(NEAR/5 caps(US) troops)"},
        {"lead(gas)", "(FIRST/50 gas)"},
        {"first/20(gas)", "(FIRST/20 gas)"},
        {"first/20(gas price)", "(AND (FIRST/20 gas) (FIRST/20 price))"},
        {"lead(gas OR -price)",
         "(OR (FIRST/50 gas) (AND * (NOT (FIRST/50 price))))"},
        {"lead(gas w/5 (price OR cost))",
         "(FIRST/50 (NEAR/5 gas (OR price cost)))"},
        {"lead gas", "(AND lead gas)"},
        {"caps (US)", "(AND caps US)"},
    };
    CHECK_TREES(rows);
}

Test(query_position, wildcards_and_variants_are_leaves)
{
    static const struct tree_row rows[] = {
        {"sanction*", "sanction*"},
        {"wom?n organi*ation", "(AND wom?n organi*ation)"},
        {"title:sanction*", "title:sanction*"},
        {"zelensky~", "zelensky~1"},
        {"zelensky~2", "zelensky~2"},
        {"zelensky～", "zelensky~1"},
        {"title:zelensky~", "title:zelensky~1"},
        {"id:(a* OR b~)", "(OR id:a* id:b~)"},
    };
    CHECK_TREES(rows);
}

Test(query_position, dates_and_lengths_are_ranges)
{
    static const struct tree_row rows[] = {
        {"date:2022", "date:2022"},
        {"date:2022-02 gas", "(AND date:2022-02 gas)"},
        {"date:2022-02-07", "date:2022-02-07"},
        {"date:2022-01-15..2022-03", "date:2022-01-15..2022-03"},
        {"date:2022..", "date:2022.."},
        {"date:..2022", "date:..2022"},
        {"date:２０２２", "date:2022"},
        {"since:7d", "date:7d.."},
        {"until:yesterday", "date:..yesterday"},
        {"since:2022 until:today", "(AND date:2022.. date:..today)"},
        {"-date:2022", "(AND * (NOT date:2022))"},
        {"length:200..800", "length:200..800"},
        {"length:200", "length:200..200"},
        {"length:200..", "length:200.."},
        {"length:..800", "length:0..800"},
        {"length>500", "length:501.."},
        {"length>=500", "length:500.."},
        {"length<500", "length:0..499"},
        {"length<=500 gas", "(AND length:0..500 gas)"},
    };
    CHECK_TREES(rows);
}

#define EXPECTED "expected a word, a phrase or '(' "

Test(query_position, proximity_without_its_operands_or_number_is_refused)
{
    static const struct error_row rows[] = {
        {"w/5", 0, EXPECTED "before 'w/5'"},
        {"w/5 gas", 0, EXPECTED "before 'w/5'"},
        {"gas w/5", 4, EXPECTED "after 'w/5'"},
        {"gas w/5 OR oil", 4, EXPECTED "after 'w/5'"},
        {"gas w/5 -oil", 4, EXPECTED "after 'w/5'"},
        {"gas w/5 w/5 oil", 4, EXPECTED "after 'w/5'"},
        {"gas OR w/5 oil", 4, EXPECTED "after 'OR'"},
        {"gas w/0 price", 4, "'w/0' is not known: expected w/N or pre/N"},
        {"gas w/x price", 4, "'w/x' is not known: expected w/N or pre/N"},
        {"gas w/ price", 4, "'w/' is not known: expected w/N or pre/N"},
        {"gas pre/s price", 4, "'pre/s' is not known: expected w/N or pre"},
        {"gas w/10001 price", 4, "'w/10001' is not known: expected w/N"},
        {"gas w/99999999999999999999999999999999 price", 4, "'w/9999999999"},
        {"gas NEAR/5 price", 4, "'near/5' is not known: write w/5 (near)"},
        {"gas adj/5 price", 4, "'adj/5' is not known: write w/5 (near)"},
        {"near(gas price)", 0, "'near(' is not known: expected white space"},
    };
    CHECK_ERRORS(rows);
}

Test(query_position, a_chain_of_proximities_is_refused_with_both_readings)
{
    static const struct error_row rows[] = {
        {"a w/5 b pre/3 c", 8,
         "a second 'pre/3': write '(a w/5 b) pre/3 c' or 'a w/5 (b pre/3 c)'"},
        {"a w/5 (b  OR c) w/5 \"d e\" f", 16,
         "a second 'w/5': write '(a w/5 (b OR c)) w/5 \"d e\"' or 'a w/5 ((b "
         "OR c) w/5 \"d e\")'"},
        {"a w/5 b w/5", 8, EXPECTED "after 'w/5'"},
        {"a w/5 bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
         "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb w/3 c",
         112, "a second 'w/3': put parentheses around what belongs together"},
    };
    CHECK_ERRORS(rows);
}

Test(query_position, what_has_no_position_cannot_be_near_or_counted)
{
    static const struct error_row rows[] = {
        {"a w/5 (b c)", 7, "'w/5' takes words, phrases, ( .. OR .. ) and"},
        {"(a -b) w/5 c", 1, "'w/5' takes words, phrases, ( .. OR .. ) and"},
        {"* w/5 a", 0, "'w/5' takes words, phrases, ( .. OR .. ) and"},
        {"a w/5 date:2022", 6, "'w/5' takes words, phrases, ( .. OR .. )"},
        {"a w/5 length>5", 6, "'w/5' takes words, phrases, ( .. OR .. )"},
        {"a w/5 atleast2(b)", 6, "'w/5' takes words, phrases, ( .. OR .. )"},
        {"a w/5 lead(b)", 6, "'w/5' takes words, phrases, ( .. OR .. )"},
        {"a w/5 id:b", 6, "'id:' has no positions for 'w/5'"},
        {"title:a w/5 b", 12, "'w/5' connects different fields"},
        {"(a OR title:b) w/5 c", 6, "'w/5' connects different fields"},
        {"atleast2(a b)", 9, "'atleast' takes words, phrases and OR"},
        {"atleast2(a w/5 b)", 9, "'atleast' takes words, phrases and OR"},
        {"atleast2(*)", 9, "'atleast' takes words, phrases and OR"},
        {"atleast2(a OR title:b)", 14, "'atleast' connects different"},
        {"atleast2()", 8, "empty parentheses"},
        {"atleast2(a", 8, "the parenthesis that opens here is not closed"},
        {"atleast3 (gas)", 0, "expected '(' right after 'atleast3'"},
        {"first/20 gas", 0, "expected '(' right after 'first/20'"},
        {"atleast0(gas)", 0, "'atleast0' needs a number from 1 to 10000"},
        {"first/0(gas)", 0, "'first/0' needs a number from 1 to 10000"},
        {"first/99999(gas)", 0, "'first/99999' needs a number from 1 to"},
        {"lead(*)", 5, "expected words, phrases and proximity within lead("},
        {"lead(a OR *)", 10, "expected words, phrases and proximity within"},
        {"lead(atleast2(a))", 5, "expected words, phrases and proximity"},
        {"lead(lead(a))", 5, "expected words, phrases and proximity within"},
        {"lead(title:a)", 5, "lead and first/n are of the body: expected no"},
        {"title:lead(a)", 11, "lead and first/n are of the body: expected no"},
        {"caps(us)", 5, "expected words of two capitals or more within"},
        {"caps(Us)", 5, "expected words of two capitals or more within"},
        {"caps(A)", 5, "expected words of two capitals or more within"},
        {"caps(\"US\")", 5, "expected words of two capitals or more within"},
        {"caps(US*)", 5, "expected words of two capitals or more within"},
        {"caps(lang:US)", 5, "only titles and bodies keep their capitals"},
        {"author:caps(US)", 12, "only titles and bodies keep their capitals"},
        {"author:(a w/5 b)", 8, "'author:' has no positions for 'w/5'"},
        {"lang:caps(US)", 9, "a parenthesis within a value"},
    };
    CHECK_ERRORS(rows);
}

Test(query_position, a_wildcard_has_letters_and_stands_outside_of_quotes)
{
    static const struct error_row rows[] = {
        {"a*", 0, "a wildcard of one letter: expected at least 2"},
        {"a?*", 0, "a wildcard of one letter: expected at least 2"},
        {"**", 0, "expected a letter before the wildcard"},
        {"?", 0, "expected a letter before the wildcard"},
        {"gas *ation", 4, "expected a letter before the wildcard"},
        {"\"sanction* on\"", 0, "a wildcard within quotes, which mean as"},
        {"\"sanction＊ on\"", 0, "a wildcard within quotes, which mean as"},
        {"=sanction*", 0, "a wildcard cannot stand behind '='"},
        {"zelensky~3", 8, "expected ~, ~1 or ~2"},
        {"zelensky~0", 8, "expected ~, ~1 or ~2"},
        {"zelen*~", 6, "a word has either a wildcard or '~'"},
    };
    CHECK_ERRORS(rows);
}

Test(query_position, a_limit_is_a_date_or_a_number)
{
#define A_DATE   "expected a date such as 2022, 2022-02, 2022-02-07"
#define A_LENGTH "expected numbers of words, the smaller one first"
    static const struct error_row rows[] = {
        {"since: 7d", 0, "expected a value right after 'since:', such as"},
        {"date:", 0, "expected a value right after 'date:', such as"},
        {"date:\"2022\"", 0, "expected a value right after 'date:', such as"},
        {"date:(2022)", 0, "expected a value right after 'date:', such as"},
        {"gas date:22", 4, A_DATE},
        {"date:2022-13", 0, A_DATE},
        {"date:2022-00", 0, A_DATE},
        {"date:2022-02-32", 0, A_DATE},
        {"date:2022-2", 0, A_DATE},
        {"date:2022/02", 0, A_DATE},
        {"date:..", 0, A_DATE},
        {"date:2022..2023..2024", 0, A_DATE},
        {"date:yesterday..tomorrow", 0, A_DATE},
        {"date:x\u00e9", 0, A_DATE},
        {"since:2022..2023", 0, A_DATE},
        {"until:d", 0, A_DATE},
        {"until:123456789d", 0, A_DATE},
        {"length:", 0, "expected a value right after 'length:', such as"},
        {"length:x", 0, A_LENGTH},
        {"length:800..200", 0, A_LENGTH},
        {"length:..", 0, A_LENGTH},
        {"length>", 0, A_LENGTH},
        {"length>x", 0, A_LENGTH},
        {"length<0", 0, A_LENGTH},
        {"length:1000000001", 0, A_LENGTH},
        {"length:99999999999999999999", 0, A_LENGTH},
        {"title:(date:2022)", 7, "dates and lengths are the article's"},
        {"title:length>5", 6, "dates and lengths are the article's"},
        {"date:2022(gas)", 9, "expected white space before '('"},
    };
    CHECK_ERRORS(rows);
}
