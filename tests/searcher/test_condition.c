#include "searcher/condition.h"

#include <criterion/criterion.h>

#include "common/strbuf.h"

Test(condition, prints_itself_in_brackets)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    char text[] = "gas";
    struct matcher matchers[] = {{MATCHER_STEM, text_from(text)},
                                 {MATCHER_WORD, TEXT("oil")},
                                 {MATCHER_CAPS, TEXT("us")},
                                 {MATCHER_PREFIX, TEXT("sanc")}};
    const struct condition *parts[2] = {
        condition_word(&arena, matchers, 2),
        condition_word(&arena, matchers + 2, 2)};
    text[0] = 'x'; /* copied by then */
    parts[0] = condition_group(&arena, CONDITION_PHRASE, 0, parts, 2);
    const struct condition *near =
        condition_group(&arena, CONDITION_NEAR, 5, parts, 2);
    const struct condition *lead =
        condition_group(&arena, CONDITION_LEAD, 50, &near, 1);
    condition_print(lead, &out);
    cr_assert_str_eq(strbuf_string(&out),
                     "(LEAD/50 (NEAR/5 (PHRASE {stem:gas word:oil} "
                     "{caps:us prefix:sanc}) {caps:us prefix:sanc}))");
}

Test(condition, a_word_without_matchers_prints_as_nothing)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    condition_print(condition_word(&arena, NULL, 0), &out);
    cr_assert_str_eq(strbuf_string(&out), "{}");
}
