#include "common/lexicon.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "common/engine/stem.h"

static const struct lexeme *intern(struct lexicon *l, const char *form)
{
    struct word_form f = {.len = strlen(form)};
    memcpy(f.bytes, form, f.len);
    return lexicon_intern(l, &f);
}

static struct engine_stemmer *stemmer(const char *language)
{
    struct engine_stemmer *s = NULL;
    struct error err = ERROR_NONE;
    cr_assert_eq(engine_stemmer_new(&s, language, &err), STATUS_OK);
    return s;
}

Test(lexicon, a_word_is_one_lexeme_however_often_it_comes)
{
    AUTO(lexicon) l = lexicon_new(NULL);
    const struct lexeme *first = intern(l, "sanctions");
    cr_assert_eq(intern(l, "sanctions"), first);
    cr_assert_neq(intern(l, "sanction"), first);
    cr_assert_eq(lexicon_count(l), 2);
}

Test(lexicon, words_differ_by_their_last_byte_at_every_length)
{
    AUTO(lexicon) l = lexicon_new(NULL);
    char word[ANALYZER_WORD_MAX + 1] = "";
    for (int len = 1; len <= ANALYZER_WORD_MAX; len++) {
        memset(word, 'a', (size_t)len);
        for (char c = 'a'; c <= 'z'; c++) {
            word[len - 1] = c;
            const struct lexeme *lexeme = intern(l, word);
            cr_assert(text_is(lexeme->word, word));
            cr_assert_eq(intern(l, word), lexeme);
        }
    }
    cr_assert_eq(lexicon_count(l), 26 * ANALYZER_WORD_MAX);
}

Test(lexicon, numbers_are_dense_by_first_occurrence)
{
    AUTO(lexicon) l = lexicon_new(NULL);
    for (int i = 0; i < 50000; i++) {
        char word[32];
        snprintf(word, sizeof word, i % 2 ? "w%d" : "longerword%d", i);
        cr_assert_eq(intern(l, word)->number, i);
    }
    cr_assert_eq(lexicon_count(l), 50000);
    for (uint32_t i = 0; i < 50000; i++)
        cr_assert_eq(lexicon_at(l, i)->number, i);
    cr_assert(text_is(lexicon_at(l, 49999)->word, "w49999"));
    cr_assert(text_is(intern(l, "w1")->word, "w1"));
}

Test(lexicon, without_stemmer_there_are_no_stems)
{
    AUTO(lexicon) l = lexicon_new(NULL);
    const struct lexeme *lexeme = intern(l, "été");
    cr_assert(text_is(lexeme->word, "ete"));
    cr_assert_eq(lexeme->stem.len, 0);
    cr_assert_eq(lexeme->alt_stem.len, 0);
}

Test(lexicon, stems_see_the_accents_and_lose_them_afterwards)
{
    AUTO(engine_stemmer) s = stemmer("french");
    AUTO(lexicon) l = lexicon_new(s);
    const struct lexeme *accented = intern(l, "été");
    const struct lexeme *plain = intern(l, "ete");
    cr_assert(text_is(accented->word, "ete"));
    cr_assert(text_is(accented->stem, "ete"));
    cr_assert_eq(plain->stem.len, 3);
    const struct lexeme *eaten = intern(l, "mangées");
    cr_assert(text_is(eaten->word, "mangees"));
    cr_assert(text_is(eaten->stem, "mang"));
    cr_assert(text_is(eaten->alt_stem, "mange"));
    const struct lexeme *typed = intern(l, "mangees");
    cr_assert(text_is(typed->stem, "mange"));
    cr_assert_eq(typed->alt_stem.len, 0);
    cr_assert_neq(typed, eaten, "another stem is another lexeme");
}

Test(lexicon, forms_with_the_same_word_and_stem_share_a_lexeme)
{
    AUTO(engine_stemmer) s = stemmer("english");
    AUTO(lexicon) l = lexicon_new(s);
    const struct lexeme *plain = intern(l, "erdogan");
    cr_assert_eq(intern(l, "erdoğan"), plain);
    cr_assert_eq(intern(l, "erdoĞan"), plain);
    cr_assert_eq(intern(l, "erdoğan's"), intern(l, "erdogan's"));
    cr_assert_eq(lexicon_count(l), 2);
}

Test(lexicon, forgetting_starts_the_numbers_again)
{
    AUTO(engine_stemmer) s = stemmer("english");
    AUTO(lexicon) l = lexicon_new(s);
    (void)intern(l, "press");
    (void)intern(l, "archives");
    cr_assert_gt(lexicon_memory(l), 0);
    lexicon_forget(l);
    cr_assert_eq(lexicon_count(l), 0);
    cr_assert_eq(lexicon_memory(l), 0);
    const struct lexeme *archives = intern(l, "archives");
    cr_assert_eq(archives->number, 0);
    cr_assert(text_is(archives->stem, "archiv"));
    cr_assert_eq(intern(l, "new")->number, 1);
    cr_assert_eq(intern(l, "press")->number, 2);
    cr_assert_eq(lexicon_at(l, 0), archives);
    cr_assert_eq(lexicon_count(l), 3);
}

Test(lexicon, every_form_of_a_word_takes_memory)
{
    AUTO(lexicon) l = lexicon_new(NULL);
    for (unsigned i = 0; i < 1024; i++) {
        char form[32] = "";
        for (unsigned bit = 0; bit < 10; bit++)
            memcpy(form + 2 * bit, i >> bit & 1 ? "é" : "É", 2);
        (void)intern(l, form);
    }
    cr_assert_eq(lexicon_count(l), 1);
    cr_assert_gt(lexicon_memory(l), 1024 * (32 + 20));
    lexicon_forget(l);
    cr_assert_eq(lexicon_memory(l), 0);
}

Test(lexicon, a_form_is_found_by_the_head_that_prefetching_gives)
{
    static const char *const words[] = {"gas", "eightchr", "pipelines",
                                        "pipelinesandmoreofthem"};
    AUTO(lexicon) l = lexicon_new(NULL);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct word_form form = {.len = strlen(words[i])};
        memcpy(form.bytes, words[i], form.len);
        const uint64_t head = lexicon_prefetch(l, &form);
        const struct lexeme *lexeme = lexicon_look_up(l, &form, head);
        cr_assert(text_is(lexeme->word, words[i]));
        cr_assert_eq(intern(l, words[i]), lexeme);
    }
}

Test(lexicon, a_word_that_grows_by_folding_is_cut)
{
    AUTO(lexicon) l = lexicon_new(NULL);
    char form[ANALYZER_WORD_MAX + 1] = "";
    for (int i = 0; i + 3 <= ANALYZER_WORD_MAX; i += 3)
        memcpy(form + i, "\xef\xb7\xba", 3); /* U+FDFA: 18 characters */
    const struct lexeme *lexeme = intern(l, form);
    cr_assert_leq(lexeme->word.len, ANALYZER_WORD_MAX);
    cr_assert_gt(lexeme->word.len, ANALYZER_WORD_MAX - 4);
    cr_assert_null(memchr(lexeme->word.ptr, ' ', lexeme->word.len));
}
