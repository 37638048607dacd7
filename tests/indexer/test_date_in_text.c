#include "indexer/date_in_text.h"

#include <criterion/criterion.h>

#include "common/timestamp.h"

/* "2022-02-07T18:45Z+5": a date, its zone if it has one, and what is beside
 * it, in words; "!" if it is of a change. */
static const char *found(const char *language, const char *line)
{
    static char out[80];
    struct date_in_text date;
    timestamp moment;
    bool zoned;
    char written[TIMESTAMP_SIZE];
    if (!date_in_text_find(text_from(line), text_from(language), &date))
        return "";
    cr_assert(timestamp_parse_zoned(text_from(date.written), &moment, &zoned),
              "%s", line);
    timestamp_format(moment, written, sizeof written);
    snprintf(out, sizeof out, "%.16s%s+%zu%s", written, zoned ? "Z" : "",
             date.rest, date.updated ? "!" : "");
    return out;
}

Test(date_in_text, is_found_in_many_languages)
{
    static const struct {
        const char *language, *line, *date;
    } cases[] = {
        {"de", "Donnerstag, 10. Februar 2022 | 18:45 Uhr",
         "2022-02-10T18:45+0"},
        {"de", "Stand: 10.02.2022, 18.45 Uhr", "2022-02-10T18:45+1!"},
        {"fr",
         "Publié le 10 février 2022 à 18h45 - Mis à jour le 11 février 2022",
         "2022-02-10T18:45+4"},
        {"fr", "Le 10/02/2022 à 18:45", "2022-02-10T18:45+1"},
        {"es", "Actualizado 10/02/2022 18:45", "2022-02-10T18:45+1!"},
        {"es", "Madrid, 10 de febrero de 2022", "2022-02-10T00:00+1"},
        {"pt", "10/02/2022 18h45", "2022-02-10T18:45+0"},
        {"fi", "10.2.2022 klo 18.45", "2022-02-10T18:45+0"},
        {"cs", "10. února 2022 18:45", "2022-02-10T18:45+0"},
        {"el", "10 Φεβρουαρίου 2022", "2022-02-10T00:00+0"},
        {"uk", "10 лютого 2022, 18:45", "2022-02-10T18:45+0"},
        {"tr", "10 Şubat 2022 18:45", "2022-02-10T18:45+0"},
        {"ja", "2022年2月10日 18時45分", "2022-02-10T18:45+0"},
        {"zh", "2022年02月10日18:45 来源：港口网", "2022-02-10T18:45+2"},
        {"ko", "입력 2022년 2월 10일 18:45", "2022-02-10T18:45+1"},
        {"en", "Published: 18:45 GMT, 10 February 2022", "2022-02-10T18:45Z+1"},
        {"en", "6:45 PM ET, Thu February 10, 2022", "2022-02-10T23:45Z+0"},
        {"en", "02/10/2022 06:45 PM EST", "2022-02-10T23:45Z+0"},
        {"en-US", "02/10/2022", "2022-02-10T00:00+0"},
        {"en-GB", "02/10/2022", "2022-10-02T00:00+0"},
        {"en", "13/02/2022", "2022-02-13T00:00+0"},
        {"en", "Last updated on 10 February 2022", "2022-02-10T00:00+2!"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(found(cases[i].language, cases[i].line), cases[i].date,
                         "%s: %s", cases[i].line,
                         found(cases[i].language, cases[i].line));
}

Test(date_in_text, numbers_that_are_none_are_left_alone)
{
    static const char *const lines[] = {
        "",           "2022",       "February 2022", "2022-02",
        "1644259500", "02/10/2022", "555-123-4567",  "1/2",
        "10:45",      "-- // ..",   "99.99.2022",    "Copyright 2022 The Post"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_expect_str_empty(found("en", lines[i]), "%s", lines[i]);
    struct date_in_text date;
    char words[600];
    memset(words, '7', sizeof words);
    for (size_t i = 1; i < sizeof words; i += 2)
        words[i] = ' ';
    cr_expect_not(
        date_in_text_find(text_make(words, 299), text_from("en"), &date));
    cr_expect_not(date_in_text_find(text_make(words, sizeof words),
                                    text_from("en"), &date));
}
