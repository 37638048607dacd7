#include "common/engine/stem.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct engine_stemmer *stemmer(const char *language)
{
    struct error err = ERROR_NONE;
    struct engine_stemmer *s = NULL;
    cr_assert_eq(engine_stemmer_new(&s, language, &err), STATUS_OK, "%s",
                 err.message);
    return s;
}

static void stems_to(struct engine_stemmer *s, const char *word,
                     const char *stem)
{
    struct text got = engine_stem(s, text_from(word));
    cr_assert(text_is(got, stem), "%s gave %.*s", word, TEXT_ARG(got));
}

Test(engine_stem, english_endings_fall)
{
    AUTO(engine_stemmer) s = stemmer("english");
    stems_to(s, "sanctions", "sanction");
    stems_to(s, "talks", "talk");
    stems_to(s, "talking", "talk");
    stems_to(s, "", "");
}

Test(engine_stem, a_code_names_the_same_language)
{
    AUTO(engine_stemmer) name = stemmer("german");
    AUTO(engine_stemmer) code = stemmer("de");
    stems_to(name, "häuser", "haus");
    stems_to(code, "häuser", "haus");
}

Test(engine_stem, unknown_languages_are_a_usage_error)
{
    static const char *const names[] = {"none", "", "klingon", "English "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error err = ERROR_NONE;
        struct engine_stemmer *s = NULL;
        cr_assert_eq(engine_stemmer_new(&s, names[i], &err), STATUS_USAGE);
        cr_assert_null(s);
        cr_assert_not_null(strstr(err.message, "stemmer"));
    }
}

Test(engine_stem, every_listed_language_can_be_made)
{
    struct text rest = text_from(engine_stemmer_languages()), name;
    size_t count = 0;
    while (text_split(&rest, ' ', &name)) {
        char language[64];
        cr_assert_lt(name.len, sizeof language);
        memcpy(language, name.ptr, name.len);
        language[name.len] = '\0';
        AUTO(engine_stemmer) s = stemmer(language);
        stems_to(s, "", "");
        count++;
    }
    cr_assert_gt(count, 20);
    cr_assert_not_null(strstr(engine_stemmer_languages(), "english"));
}

/* Bytes that are no words, in every language: nothing but survival. */
Test(engine_stem, survives_what_is_no_text)
{
    struct text rest = text_from(engine_stemmer_languages()), name;
    srand(7);
    while (text_split(&rest, ' ', &name)) {
        char language[64] = "";
        memcpy(language, name.ptr, name.len);
        AUTO(engine_stemmer) s = stemmer(language);
        for (int round = 0; round < 2000; round++) {
            char bytes[300];
            size_t len = (size_t)(rand() % 300);
            for (size_t i = 0; i < len; i++)
                bytes[i] = (char)(rand() % 256);
            cr_assert_leq(engine_stem(s, text_make(bytes, len)).len,
                          2 * len + 10);
        }
    }
}
