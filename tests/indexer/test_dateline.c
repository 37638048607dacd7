#include "indexer/dateline.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(struct text found, const char *expected, const char *body)
{
    cr_expect(text_is(found, expected), "'%.*s' is not '%s' of '%s'",
              TEXT_ARG(found), expected, body);
}

Test(dateline, is_what_a_known_agency_puts_around_a_text)
{
    static const struct {
        const char *body, *place, *date, *agency, *rest;
    } rows[] = {
        {"MOSCOW, Feb 7 (Reuters) - Gas.", "MOSCOW", "Feb 7", "Reuters",
         "Gas."},
        {"  MOSCOW, Feb. 7, 2022 (Reuters) \xe2\x80\x94 Gas.", "MOSCOW",
         "Feb. 7, 2022", "Reuters", "Gas."},
        {"PARIS (AP) \xe2\x80\x94 Gas.\n\nOil.", "PARIS", "", "AP",
         "Gas.\n\nOil."},
        {"KYIV, Ukraine (AP) _ Gas.", "KYIV", "", "AP", "Gas."},
        {"ST. JOSEPH, Mich. (AP) -- Gas.", "ST. JOSEPH", "", "AP", "Gas."},
        {"BEIRUT/THE HAGUE, March 7 (Reuters) - Gas.", "BEIRUT/THE HAGUE",
         "March 7", "Reuters", "Gas."},
        {"RIO DE JANEIRO (AP) - Gas.", "RIO DE JANEIRO", "", "AP", "Gas."},
        {"(dpa) - Gas.", "", "", "dpa", "Gas."},
        {"Frankfurt am Main (dpa) \xe2\x80\x93 Gas.", "Frankfurt am Main", "",
         "dpa", "Gas."},
        {"Paris, 7 f\xc3\xa9v 2022 (AFP) - Gaz.", "Paris", "7 f\xc3\xa9v 2022",
         "AFP", "Gaz."},
        {"Madrid, 7 feb (EFE).- Gas.", "Madrid", "7 feb", "EFE", "Gas."},
        {"MOSCOW. Feb 7 (Interfax) - Gas.", "MOSCOW", "Feb 7", "Interfax",
         "Gas."},
        {"(ANSA) - ROMA, 07 FEB - Gas.", "ROMA", "07 FEB", "ANSA", "Gas."},
        {"(ANSA) - Gas - oil.", "", "", "ANSA", "Gas - oil."},
        {"Gas.\n Reuter", "", "", "Reuters", "Gas."},
        {"Gas.\n\n(Reuters)\n", "", "", "Reuters", "Gas."},
        {"Gas.\n\n--dpa", "", "", "dpa", "Gas."},
        {"Gas.\nAP-NY-02-07-98 1845EST", "", "", "AP", "Gas."},
        {"OSLO (AP) - Gas.\nAP-NY-02-07-98 1845EST", "OSLO", "", "AP", "Gas."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dateline d;
        cr_assert(dateline_find(text_from(rows[i].body), &d), "%s",
                  rows[i].body);
        expect(d.place, rows[i].place, rows[i].body);
        expect(d.date, rows[i].date, rows[i].body);
        expect(d.agency, rows[i].agency, rows[i].body);
        expect(d.body, rows[i].rest, rows[i].body);
    }
}

Test(dateline, what_is_not_certain_stays)
{
    static const char *const bodies[] = {
        "",
        "(",
        "()",
        "(AP",
        "(AP)",
        "(AP)-",
        "(AP) Gas",
        "(AP)\n- Gas",
        "MOSCOW - Gas.",
        "MOSCOW \xe2\x80\x94 Gas.",
        "MOSCOW (Somebody) - Gas.",
        "MOSCOW (AP)-Gas.",
        "The president (AP) - Gas.",
        "Moscow (AP) - Gas.",
        "He said in Berlin (dpa) - Gas.",
        "MOSCOW 42 (AP) - Gas.",
        "MOSCOW, one, two, three, four (AP) - Gas.",
        "MOSCOW, Feb 7 8 9 (AP) - Gas.",
        "MOSCOW\n(AP) - Gas.",
        "Gas (AP) - a photo",
        "\"MOSCOW\" (AP) - Gas.",
        "Reuters",
        "Gas.\nReuters said so.",
        "Gas.\n(Reporting by A. Lee)",
        "Gas.\nAP-NY-02-07",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct dateline d;
        cr_expect_not(dateline_find(text_from(bodies[i]), &d), "%s", bodies[i]);
    }
}

Test(dateline, becomes_tags_and_a_date_if_it_says_a_year)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    const struct text tags[] = {TEXT("PLACE:moscow")};
    struct article a = {.body = TEXT("MOSCOW, Feb 7, 2022 (Reuters) - Gas."),
                        .tags = tags,
                        .tag_count = 1,
                        .published = TIMESTAMP_UNKNOWN};
    dateline_take(&a, INT64_MAX, &arena);
    cr_assert(text_is(a.body, "Gas."));
    cr_assert_eq(a.tag_count, 2);
    cr_assert(text_is(a.tags[1], "agency:Reuters"));
    cr_assert_eq(a.published, 1644192000);
    cr_assert_eq(a.dating, DATING_TEXT);
    cr_assert(a.zone_unknown);
    a.body = text_from("OSLO, Feb 7 (AP) - Oil.");
    a.published = TIMESTAMP_UNKNOWN;
    dateline_take(&a, INT64_MAX, &arena);
    cr_assert_eq(a.tag_count, 4);
    cr_assert(text_is(a.tags[2], "place:OSLO"));
    cr_assert_eq(a.published, TIMESTAMP_UNKNOWN);
}
