#include "common/fields.h"

#include <criterion/criterion.h>
#include <ctype.h>

Test(fields, every_field_but_the_nameless_is_found_by_its_name)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (i == FIELD_ANY)
            cr_assert_null(fields[i].name);
        else
            cr_assert_eq(field_by_name(text_from(fields[i].name)), i);
        cr_assert_not_null(fields[i].prefix);
        cr_assert_not_null(fields[i].help);
    }
}

Test(fields, unknown_names_are_no_field)
{
    const char *unknown[] = {"", "titles", "titl", "Title", "any", "title:"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        cr_assert_eq(field_by_name(text_from(unknown[i])), FIELD_COUNT);
}

Test(fields, prefixes_are_capitals_and_all_different)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        for (const char *c = fields[i].prefix; *c; c++)
            cr_assert(isupper(*c));
        for (int k = 0; k < i; k++)
            cr_assert_str_neq(fields[i].prefix, fields[k].prefix);
    }
}

Test(fields, only_words_of_title_and_body_are_stemmed)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        bool stemmed = i == FIELD_ANY || i == FIELD_TITLE;
        cr_assert_eq(fields[i].stem_prefix != NULL, stemmed);
    }
}
