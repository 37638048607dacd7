#include "indexer/byline.h"

#include <criterion/criterion.h>
#include <string.h>

Test(byline, the_word_before_the_name_goes)
{
    static const char *const lines[][2] = {
        {"By Jane Doe", "Jane Doe"},
        {"BY JANE DOE", "JANE DOE"},
        {"  by  Jane Doe ", "Jane Doe"},
        {"Par Jean DUPONT", "Jean DUPONT"},
        {"Von Eva Klein", "Eva Klein"},
        {"Jane Doe", "Jane Doe"},
        {"von Ribbeck", "von Ribbeck"},
        {"Byron Lee", "Byron Lee"},
        {"By", "By"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct text name = byline_name(text_from(lines[i][0]));
        cr_expect(text_is(name, lines[i][1]), "'%s' gave '%.*s'", lines[i][0],
                  TEXT_ARG(name));
    }
}

Test(byline, names_are_parted_where_persons_are_on_both_sides)
{
    static const char *const lines[][2] = {
        {"By Ann Lee and Bo Ek", "Ann Lee|Bo Ek"},
        {"Ann Lee, Cy Fox and Bo Ek, London", "Ann Lee|Cy Fox|Bo Ek"},
        {"Ann Lee and Bo Ek, Cy Fox", "Ann Lee|Bo Ek|Cy Fox"},
        {"Von Eva Klein und Jan Gro\xc3\x9f", "Eva Klein|Jan Gro\xc3\x9f"},
        {"Ann Lee; Bo Ek;", "Ann Lee|Bo Ek"},
        {"Ann Lee, AP", "Ann Lee, AP"},
        {"Marks and Spencer", "Marks and Spencer"},
        {"staff and agencies", "staff and agencies"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct text names[8];
        char got[200] = "";
        const struct text line = text_from(lines[i][0]);
        const size_t count = byline_split(line, names);
        cr_assert(count <= byline_count_max(line));
        for (size_t n = 0; n < count; n++) {
            const size_t len = strlen(got);
            snprintf(got + len, sizeof got - len, "%s%.*s", n > 0 ? "|" : "",
                     TEXT_ARG(names[n]));
        }
        cr_expect_str_eq(got, lines[i][1], "%s", lines[i][0]);
    }
}
