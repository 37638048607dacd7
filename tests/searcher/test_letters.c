#include "searcher/letters.h"

#include <criterion/criterion.h>

static size_t distance(const char *a, const char *b, size_t most,
                       enum letters_edits edits)
{
    struct letters x, y;
    letters_read(&x, text_from(a));
    letters_read(&y, text_from(b));
    const size_t found = letters_distance(&x, &y, most, edits);
    cr_expect_eq(letters_distance(&y, &x, most, edits) > most, found > most,
                 "%s, %s", a, b);
    return found;
}

Test(letters, an_edit_is_one_letter)
{
    static const struct {
        const char *a, *b;
        size_t single, swaps;
    } rows[] = {
        {"", "", 0, 0},         {"gas", "gas", 0, 0}, {"gas", "gs", 1, 1},
        {"gas", "gass", 1, 1},  {"gas", "gaz", 1, 1}, {"gas", "gsa", 2, 1},
        {"gas", "ags", 2, 1},   {"gas", "", 3, 3},    {"abcd", "badc", 3, 2},
        {"ca", "abc", 3, 3},    {"été", "ete", 2, 2}, {"東京", "京東", 2, 1},
        {"aaaa", "aaaaa", 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect_eq(distance(rows[i].a, rows[i].b, 5, LETTERS_SINGLE),
                     rows[i].single, "%s, %s", rows[i].a, rows[i].b);
        cr_expect_eq(distance(rows[i].a, rows[i].b, 5, LETTERS_SWAPS),
                     rows[i].swaps, "%s, %s", rows[i].a, rows[i].b);
    }
}

Test(letters, more_than_is_asked_for_is_not_counted)
{
    cr_expect_eq(distance("sanctions", "sanction", 1, LETTERS_SINGLE), 1);
    cr_expect_gt(distance("sanctions", "sanitise", 1, LETTERS_SINGLE), 1);
    cr_expect_gt(distance("gas", "price", 2, LETTERS_SWAPS), 2);
    cr_expect_eq(distance("xybcdefg", "yxbcdegf", 2, LETTERS_SWAPS), 2);
    cr_expect_gt(distance("a", "b", 0, LETTERS_SINGLE), 0);
}

Test(letters, a_long_word_is_cut)
{
    char word[1000];
    struct letters letters;
    for (size_t i = 0; i < sizeof word; i++)
        word[i] = 'a';
    letters_read(&letters, text_make(word, sizeof word));
    cr_expect_eq(letters.count, LETTERS_MAX);
    cr_expect_eq(letters_distance(&letters, &letters, 2, LETTERS_SWAPS), 0);
}
