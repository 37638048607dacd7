#include "indexer/segment/tokens_writer.h"

#include <criterion/criterion.h>
#include <unistd.h>

#include "common/tokens.h"
#include "tests/support/tempdir.h"

static struct lexeme lexemes[400];

static void add(struct tokens_writer *w, uint32_t number, uint32_t position,
                unsigned marks)
{
    lexemes[number].number = number;
    struct token token = {.lexeme = &lexemes[number],
                          .position = position,
                          .span = 1,
                          .marks = marks};
    tokens_writer_add(w, &token);
}

static void add_joined(struct tokens_writer *w, uint32_t number,
                       uint32_t position, uint32_t span)
{
    lexemes[number].number = number;
    struct token token = {.lexeme = &lexemes[number],
                          .position = position,
                          .span = span,
                          .marks = TOKEN_JOINED};
    tokens_writer_add(w, &token);
}

static const unsigned char expected[] = {
    'm', 'o', 'r', 'g', 'u', 'e', ' ', 't', 'o', 'k', 'e', 'n', 's', ' ', '1',
    '\n',
    /* article 1, offset 16: a title of two words, a body */
    8, TOKENS_CAPS, 9, TOKENS_BODY, 8, TOKENS_SENTENCE, 10, 11, TOKENS_JOINED,
    2, 12, TOKENS_PARAGRAPH, TOKENS_CAPS, 14,
    /* article 2, offset 30: nothing */
    /* article 3, offset 30: only a body */
    TOKENS_BODY, 8,
    /* article 4, offset 32: only a title */
    13,
    /* table, offset 33 */
    16, 0, 0, 0, 0, 30, 0, 0, 0, 0, 30, 0, 0, 0, 0, 32, 0, 0, 0, 0, 33, 0, 0, 0,
    0,
    /* trailer */
    4, 0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 0};

static struct tokens_writer *begin(const char *path)
{
    struct error err = ERROR_NONE;
    struct tokens_writer *w;
    cr_assert_eq(tokens_writer_new(&w, path, &err), STATUS_OK, "%s",
                 err.message);
    return w;
}

static struct manifest_file finish(struct tokens_writer *w)
{
    struct error err = ERROR_NONE;
    struct manifest_file file = {.name = "kept"};
    cr_assert_eq(tokens_writer_finish(w, &file, &err), STATUS_OK, "%s",
                 err.message);
    return file;
}

Test(tokens_writer, bytes_are_the_documented_ones)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "tokens");
    AUTO(tokens_writer) w = begin(path);
    const unsigned first = TOKEN_PARAGRAPH | TOKEN_SENTENCE;
    tokens_writer_article(w);
    add(w, 0, 0, first);
    add(w, 1, 1, TOKEN_CAPS);
    tokens_writer_body(w);
    add(w, 0, 0, first);
    add(w, 2, 1, TOKEN_SENTENCE);
    add(w, 3, 2, 0);
    add_joined(w, 4, 1, 2);
    add(w, 300, 3, first | TOKEN_CAPS | TOKEN_DOTTED);
    tokens_writer_article(w);
    tokens_writer_body(w);
    tokens_writer_article(w);
    tokens_writer_body(w);
    add(w, 0, 0, 0);
    tokens_writer_article(w);
    add(w, 247, 0, TOKEN_SENTENCE);
    tokens_writer_body(w);
    struct manifest_file file = finish(w);

    size_t size;
    char *bytes = tempdir_read(path, &size);
    cr_assert_eq(size, sizeof expected);
    cr_assert_arr_eq(bytes, expected, size);
    cr_assert_eq(file.size, size);
    cr_assert_str_eq(file.name, "kept");
    struct digest digest = digest_of(text_make(bytes, size));
    cr_assert(digest_equal(&file.digest, &digest));
    free(bytes);
    tempdir_remove(folder);
}

Test(tokens_writer, a_stream_without_articles_is_one)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "tokens");
    AUTO(tokens_writer) w = begin(path);
    cr_assert_eq(finish(w).size, 16 + 5 + 12);
    struct error err = ERROR_NONE;
    AUTO(tokens) t = NULL;
    cr_assert_eq(tokens_open(&t, path, &err), STATUS_OK);
    cr_assert_eq(tokens_articles(t), 0);
    tempdir_remove(folder);
}

Test(tokens_writer, without_finish_no_file_is_left)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "tokens");
    struct tokens_writer *w = begin(path);
    tokens_writer_article(w);
    add(w, 1, 0, 0);
    tokens_writer_free(w);
    cr_assert_neq(access(path, F_OK), 0);
    cr_assert_eq(rmdir(folder), 0, "the folder is not empty");
    free(folder);
}

Test(tokens_writer, a_folder_that_is_not_there_is_an_error)
{
    struct error err = ERROR_NONE;
    struct tokens_writer *w = NULL;
    cr_assert_eq(tokens_writer_new(&w, "/nowhere/at/all/tokens", &err),
                 STATUS_IO);
    cr_assert_null(w);
    tokens_writer_free(NULL);
}

Test(tokens_writer, streams_longer_than_its_buffer_come_back_whole)
{
    enum { ARTICLES = 300, WORDS = 400 };
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "tokens");
    AUTO(tokens_writer) w = begin(path);
    for (uint32_t a = 0; a < ARTICLES; a++) {
        tokens_writer_article(w);
        tokens_writer_body(w);
        for (uint32_t i = 0; i < WORDS; i++)
            add(w, (a + i) % 400, i, 0);
    }
    finish(w);

    struct error err = ERROR_NONE;
    AUTO(tokens) t = NULL;
    cr_assert_eq(tokens_open(&t, path, &err), STATUS_OK);
    for (uint32_t a = 0; a < ARTICLES; a++) {
        struct token_cursor cursor;
        struct stream_word word;
        cr_assert(tokens_article(t, a + 1, &cursor));
        for (uint32_t i = 0; i < WORDS; i++) {
            cr_assert(token_cursor_next(&cursor, &word));
            cr_assert_eq(word.id, (a + i) % 400);
            cr_assert_eq(word.position, TOKENS_GAP + 1 + i);
        }
        cr_assert_not(token_cursor_next(&cursor, &word));
        cr_assert_eq(cursor.at, cursor.end);
    }
    tempdir_remove(folder);
}

/* --- ids ------------------------------------------------------------------ */

enum { LONG_WORDS = 9000, LONG_ARTICLES = 300, RARE = 399 };

/* Number 5 every other time, 130 to 199 else; after the sample, RARE. */
static uint32_t number_at(uint32_t article, uint32_t i)
{
    if (article == LONG_ARTICLES)
        return RARE;
    return i % 2 ? 5 : 130 + (article + i) % 70;
}

static void add_long_article(struct tokens_writer *w, uint32_t article)
{
    tokens_writer_article(w);
    add(w, number_at(article, 1), 0, TOKEN_CAPS);
    tokens_writer_body(w);
    for (uint32_t i = 0; i < LONG_WORDS; i++)
        add(w, number_at(article, i), i, 0);
    add_joined(w, number_at(article, 0), LONG_WORDS - 140, 140);
}

static void assert_word(struct token_cursor *cursor, uint32_t id,
                        uint32_t position, uint32_t span)
{
    struct stream_word word;
    cr_assert(token_cursor_next(cursor, &word));
    cr_assert_eq(word.id, id);
    cr_assert_eq(word.position, position);
    cr_assert_eq(word.span, span);
    cr_assert_eq(word.caps, position == 1);
}

static void assert_long_article(const struct tokens *t,
                                const struct tokens_writer *w, uint32_t article)
{
    struct token_cursor cursor;
    cr_assert(tokens_article(t, article, &cursor));
    assert_word(&cursor, tokens_writer_id(w, number_at(article, 1)), 1, 1);
    for (uint32_t i = 0; i < LONG_WORDS; i++)
        assert_word(&cursor, tokens_writer_id(w, number_at(article, i)),
                    TOKENS_GAP + 2 + i, 1);
    assert_word(&cursor, tokens_writer_id(w, number_at(article, 0)),
                TOKENS_GAP + 2 + LONG_WORDS - 140, 140);
    cr_assert_eq(cursor.at, cursor.end);
}

Test(tokens_writer, frequent_words_of_the_sample_have_small_ids)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "tokens");
    struct error err = ERROR_NONE;
    AUTO(tokens_writer) w = begin(path);
    for (uint32_t a = 1; a <= LONG_ARTICLES; a++)
        add_long_article(w, a);
    const struct manifest_file file = finish(w);
    cr_assert_gt(file.size, TOKENS_SAMPLE);
    cr_assert_lt(file.size, LONG_ARTICLES * (LONG_WORDS + 100),
                 "words take two bytes");
    cr_assert_eq(tokens_writer_id(w, 5), 0);
    cr_assert_lt(tokens_writer_id(w, 199), 71);
    cr_assert_geq(tokens_writer_id(w, 0), 71);
    cr_assert_eq(tokens_writer_id(w, RARE), RARE);
    AUTO(tokens) t = NULL;
    cr_assert_eq(tokens_open(&t, path, &err), STATUS_OK);
    cr_assert_eq(tokens_articles(t), LONG_ARTICLES);
    for (uint32_t a = 1; a <= LONG_ARTICLES; a += 23)
        assert_long_article(t, w, a);
    assert_long_article(t, w, LONG_ARTICLES);
    tempdir_remove(folder);
}
