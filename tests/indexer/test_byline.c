#include "indexer/byline.h"

#include <criterion/criterion.h>

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
