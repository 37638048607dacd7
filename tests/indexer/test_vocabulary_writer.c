#include "indexer/segment/vocabulary_writer.h"

#include <criterion/criterion.h>
#include <unistd.h>

#include "common/digest.h"
#include "common/vocabulary.h"
#include "tests/support/tempdir.h"

static const struct lexeme *lexeme_at(const void *context, uint32_t number)
{
    return (const struct lexeme *)context + number;
}

static enum status save(const char *path, const struct lexeme *lexemes,
                        uint32_t count, struct manifest_file *out,
                        struct error *err)
{
    struct vocabulary_request request = {
        .path = path, .lexeme = lexeme_at, .context = lexemes, .count = count};
    return vocabulary_writer_save(&request, out, err);
}

static const struct lexeme sample[] = {
    {.number = 0, .word = TEXT("streams"), .stem = TEXT("stream")},
    {.number = 1, .word = TEXT("stream"), .stem = TEXT("stream")},
    {.number = 2,
     .word = TEXT("ete"),
     .stem = TEXT("ete"),
     .alt_stem = TEXT("et")},
    {.number = 3, .word = TEXT("stream"), .stem = TEXT("streamy")},
    {.number = 4, .word = TEXT("1")},
};

static const unsigned char expected[] = {
    'm', 'o', 'r', 'g', 'u', 'e', ' ', 'v', 'o', 'c', 'a', 'b', ' ', '1', '\n',
    '\n',
    /* change, id and kind of stems, stems */
    0x01, '1', 4 << 2 | VOCABULARY_STEM_NONE,                          /**/
    0x13, 'e', 't', 'e', 2 << 2 | VOCABULARY_STEM_TWO, 0x00, 0x10,     /**/
    0x36, 's', 't', 'r', 'e', 'a', 'm', 1 << 2 | VOCABULARY_STEM_SAME, /**/
    0x00, 3 << 2 | VOCABULARY_STEM_ONE, 0x01, 'y',                     /**/
    0x01, 's', 0 << 2 | VOCABULARY_STEM_ONE, 0x10,                     /**/
    /* blocks, by stem (et, stream, streamy), by id, trailer */
    16, 0, 0, 0, 0,          /**/
    2 * 1 + 1, 2 * 4, 2 * 3, /**/
    4, 2, 1, 3, 0,           /**/
    5, 0, 0, 0, 3, 0, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0};

/* The ids that are given are used as if they were the numbers. */
Test(vocabulary_writer, ids_may_be_other_than_numbers)
{
    static const uint32_t ids[] = {2, 0, 4, 1, 3};
    struct lexeme renumbered[5];
    for (uint32_t i = 0; i < 5; i++) {
        renumbered[ids[i]] = sample[i];
        renumbered[ids[i]].number = ids[i];
    }
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "vocabulary");
    struct error err = ERROR_NONE;
    struct manifest_file file[2];
    struct vocabulary_request request = {.path = path,
                                         .lexeme = lexeme_at,
                                         .context = sample,
                                         .count = 5,
                                         .ids = ids};
    cr_assert_eq(vocabulary_writer_save(&request, &file[0], &err), STATUS_OK);
    cr_assert_eq(save(path, renumbered, 5, &file[1], &err), STATUS_OK);
    cr_assert(digest_equal(&file[0].digest, &file[1].digest));
    cr_assert_eq(save(path, sample, 5, &file[1], &err), STATUS_OK);
    cr_assert_not(digest_equal(&file[0].digest, &file[1].digest));
    tempdir_remove(folder);
}

Test(vocabulary_writer, bytes_are_the_documented_ones)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "vocabulary");
    struct error err = ERROR_NONE;
    struct manifest_file file = {.name = "kept"};
    cr_assert_eq(save(path, sample, 5, &file, &err), STATUS_OK, "%s",
                 err.message);
    size_t size;
    char *bytes = tempdir_read(path, &size);
    cr_assert_eq(size, sizeof expected);
    cr_assert_arr_eq(bytes, expected, size);
    struct digest digest = digest_of(text_make(bytes, size));
    cr_assert(digest_equal(&file.digest, &digest));
    cr_assert_eq(file.size, size);
    cr_assert_str_eq(file.name, "kept");
    free(bytes);
    tempdir_remove(folder);
}

Test(vocabulary_writer, a_text_that_is_too_long_is_an_error_and_leaves_nothing)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "vocabulary");
    char longest[VOCABULARY_TEXT_MAX + 1];
    memset(longest, 'x', sizeof longest);
    struct lexeme lexeme = {.word = {longest, VOCABULARY_TEXT_MAX},
                            .stem = {longest, VOCABULARY_TEXT_MAX}};
    struct error err = ERROR_NONE;
    struct manifest_file file = {.size = 77};
    lexeme.stem.len++;
    cr_assert_eq(save(path, &lexeme, 1, &file, &err), STATUS_INTERNAL);
    lexeme.stem.len--;
    lexeme.word.len++;
    cr_assert_eq(save(path, &lexeme, 1, &file, &err), STATUS_INTERNAL);
    cr_assert_eq(file.size, 77);
    cr_assert_neq(access(path, F_OK), 0);
    lexeme.word.len--;
    cr_assert_eq(save(path, &lexeme, 1, &file, &err), STATUS_OK);
    AUTO(vocabulary) v = NULL;
    struct vocabulary_entry entry;
    cr_assert_eq(vocabulary_open(&v, path, &err), STATUS_OK);
    cr_assert(vocabulary_entry(v, 0, &entry));
    cr_assert_eq(entry.word_len, VOCABULARY_TEXT_MAX);
    cr_assert_eq(entry.stem_len, VOCABULARY_TEXT_MAX);
    tempdir_remove(folder);
}

Test(vocabulary_writer, a_folder_that_is_not_there_is_an_error)
{
    struct error err = ERROR_NONE;
    struct manifest_file file = {.size = 0};
    cr_assert_eq(save("/nowhere/at/all/vocabulary", sample, 5, &file, &err),
                 STATUS_IO);
}
