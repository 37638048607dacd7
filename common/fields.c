#include "common/fields.h"

#include <stddef.h>

/* Omega's prefixes, its X for those that it has no letter for. */
const struct field_info fields[FIELD_COUNT] = {
    [FIELD_ANY] = {.name = NULL,
                   .prefix = "",
                   .stem_prefix = "Z",
                   .kind = FIELD_WORDS,
                   .help = "words of the title and the body"},
    [FIELD_TITLE] = {.name = "title",
                     .prefix = "S",
                     .stem_prefix = "ZS",
                     .kind = FIELD_WORDS,
                     .help = "words of the title, inflected ones too"},
    [FIELD_AUTHOR] = {.name = "author",
                      .prefix = "A",
                      .stem_prefix = NULL,
                      .kind = FIELD_WORDS,
                      .help = "words of the authors' names"},
    [FIELD_SOURCE] = {.name = "source",
                      .prefix = "XSOURCE",
                      .stem_prefix = NULL,
                      .kind = FIELD_WORDS,
                      .help = "words of the newspaper's or agency's name"},
    [FIELD_SECTION] = {.name = "section",
                       .prefix = "XSECTION",
                       .stem_prefix = NULL,
                       .kind = FIELD_WORDS,
                       .help = "words of the section's name"},
    [FIELD_LANGUAGE] = {.name = "lang",
                        .prefix = "L",
                        .stem_prefix = NULL,
                        .kind = FIELD_EXACT,
                        .help = "the language's code, such as en"},
    [FIELD_TAG] = {.name = "tag",
                   .prefix = "K",
                   .stem_prefix = NULL,
                   .kind = FIELD_EXACT,
                   .help = "one whole tag or keyword"},
    [FIELD_ID] = {.name = "id",
                  .prefix = "Q",
                  .stem_prefix = NULL,
                  .kind = FIELD_EXACT,
                  .help = "the article's whole id"},
    [FIELD_URL] = {.name = "url",
                   .prefix = "U",
                   .stem_prefix = NULL,
                   .kind = FIELD_EXACT,
                   .help = "the article's whole address"},
};

enum field field_by_name(struct text name)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (fields[i].name && text_is(name, fields[i].name))
            return (enum field)i;
    return FIELD_COUNT;
}
