#include "searcher/stopwords.h"

#include <criterion/criterion.h>

#include "common/analyzer.h"

static const char *const languages[] = {"dutch",   "english", "french",
                                        "german",  "italian", "portuguese",
                                        "spanish", "swedish"};

enum { LANGUAGES = sizeof languages / sizeof *languages };

static bool contains(const char *language, struct text word)
{
    return stopwords_contains(stopwords_of(language), word);
}

Test(stopwords, every_list_is_sorted_and_of_sensible_length)
{
    for (int i = 0; i < LANGUAGES; i++) {
        const struct stopwords list = stopwords_of(languages[i]);
        cr_assert(list.count > 100 && list.count < 160, "%s: %zu", languages[i],
                  list.count);
        for (size_t k = 1; k < list.count; k++)
            cr_assert_lt(text_compare(text_from(list.words[k - 1]),
                                      text_from(list.words[k])),
                         0, "%s: '%s' before '%s'", languages[i],
                         list.words[k - 1], list.words[k]);
    }
}

Test(stopwords, every_listed_word_is_found_and_is_as_the_analyzer_folds_it)
{
    for (int i = 0; i < LANGUAGES; i++) {
        const struct stopwords list = stopwords_of(languages[i]);
        struct error err = ERROR_NONE;
        AUTO(analyzer) a = NULL;
        cr_assert_eq(analyzer_new(&a, languages[i], &err), STATUS_OK);
        for (size_t k = 0; k < list.count; k++) {
            struct token token;
            cr_assert(contains(languages[i], text_from(list.words[k])));
            analyzer_start(a, text_from(list.words[k]));
            cr_assert(analyzer_next(a, &token));
            cr_assert(text_is(token.lexeme->word, list.words[k]), "%s",
                      list.words[k]);
            cr_assert_not(analyzer_next(a, &token), "%s", list.words[k]);
        }
    }
}

Test(stopwords, us_and_who_are_none_anywhere)
{
    for (int i = 0; i < LANGUAGES; i++) {
        cr_assert_not(contains(languages[i], text_from("us")));
        cr_assert_not(contains(languages[i], text_from("who")));
        cr_assert_not(contains(languages[i], text_from("gas")));
        cr_assert_not(contains(languages[i], text_make(NULL, 0)));
    }
    cr_assert_not(contains("it", text_from("stati")));
}

Test(stopwords, languages_go_by_name_code_or_variant)
{
    struct text the = text_from("the"), und = text_from("und");
    cr_assert(contains("english", the));
    cr_assert(contains("en", the));
    cr_assert(contains("porter", the));
    cr_assert_not(contains("english", und));
    cr_assert(contains("de", und));
    cr_assert_not(contains("none", the));
    cr_assert_not(contains("klingon", the));
    cr_assert_not(contains("finnish", the));
    cr_assert_not(contains("en", text_from("th")));
    cr_assert_not(contains("en", text_from("theyx")));
}
