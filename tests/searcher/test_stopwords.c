#include "searcher/stopwords.h"

#include <criterion/criterion.h>

#include "common/analyzer.h"

static const char *const languages[] = {"dutch",   "english", "french",
                                        "german",  "italian", "portuguese",
                                        "spanish", "swedish"};

enum { LANGUAGES = sizeof languages / sizeof *languages };

Test(stopwords, every_list_is_sorted_and_of_sensible_length)
{
    for (int i = 0; i < LANGUAGES; i++) {
        size_t count;
        const char *const *words = stopwords_of(languages[i], &count);
        cr_assert(count > 100 && count < 160, "%s: %zu", languages[i], count);
        for (size_t k = 1; k < count; k++)
            cr_assert_lt(
                text_compare(text_from(words[k - 1]), text_from(words[k])), 0,
                "%s: '%s' before '%s'", languages[i], words[k - 1], words[k]);
    }
}

Test(stopwords, every_listed_word_is_found_and_is_as_the_analyzer_folds_it)
{
    for (int i = 0; i < LANGUAGES; i++) {
        size_t count;
        const char *const *words = stopwords_of(languages[i], &count);
        struct error err = ERROR_NONE;
        AUTO(analyzer) a = NULL;
        cr_assert_eq(analyzer_new(&a, languages[i], &err), STATUS_OK);
        for (size_t k = 0; k < count; k++) {
            struct token token;
            cr_assert(stopwords_contains(languages[i], text_from(words[k])));
            analyzer_start(a, text_from(words[k]));
            cr_assert(analyzer_next(a, &token));
            cr_assert(text_is(token.lexeme->word, words[k]), "%s", words[k]);
            cr_assert_not(analyzer_next(a, &token), "%s", words[k]);
        }
    }
}

Test(stopwords, us_and_who_are_none_anywhere)
{
    for (int i = 0; i < LANGUAGES; i++) {
        cr_assert_not(stopwords_contains(languages[i], text_from("us")));
        cr_assert_not(stopwords_contains(languages[i], text_from("who")));
        cr_assert_not(stopwords_contains(languages[i], text_from("gas")));
        cr_assert_not(stopwords_contains(languages[i], text_make(NULL, 0)));
    }
    cr_assert_not(stopwords_contains("it", text_from("stati")));
}

Test(stopwords, languages_go_by_name_code_or_variant)
{
    struct text the = text_from("the"), und = text_from("und");
    cr_assert(stopwords_contains("english", the));
    cr_assert(stopwords_contains("en", the));
    cr_assert(stopwords_contains("porter", the));
    cr_assert_not(stopwords_contains("english", und));
    cr_assert(stopwords_contains("de", und));
    cr_assert_not(stopwords_contains("none", the));
    cr_assert_not(stopwords_contains("klingon", the));
    cr_assert_not(stopwords_contains("finnish", the));
    cr_assert_not(stopwords_contains("en", text_from("th")));
    cr_assert_not(stopwords_contains("en", text_from("theyx")));
}
