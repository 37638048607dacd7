#include "common/timestamp.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/dating.h"

static const char *formatted(timestamp t)
{
    static char out[TIMESTAMP_SIZE];
    timestamp_format(t, out, sizeof out);
    return out;
}

Test(timestamp, reads_every_way_of_writing_a_date)
{
    static const struct {
        const char *written, *expected;
    } cases[] = {
        {"2022", "2022-01-01T00:00:00Z"},
        {"2022-02", "2022-02-01T00:00:00Z"},
        {"2022-02-07", "2022-02-07T00:00:00Z"},
        {"20220207", "2022-02-07T00:00:00Z"},
        {"2022-02-07T18", "2022-02-07T18:00:00Z"},
        {"2022-02-07T18:45", "2022-02-07T18:45:00Z"},
        {"2022-02-07T18:45:09", "2022-02-07T18:45:09Z"},
        {"2022-02-07T18:45:09Z", "2022-02-07T18:45:09Z"},
        {"2022-02-07t18:45:09z", "2022-02-07T18:45:09Z"},
        {"2022-02-07 18:45:09", "2022-02-07T18:45:09Z"},
        {"2022-02-07 18:45:09 +0200", "2022-02-07T16:45:09Z"},
        {"2022-02-07 18:45:09 UTC", "2022-02-07T18:45:09Z"},
        {"2022-02-07T18:45:09.999999Z", "2022-02-07T18:45:09Z"},
        {"2022-02-07T18:45:09,5+01:00", "2022-02-07T17:45:09Z"},
        {"2022-02-07T18:45:09-0530", "2022-02-08T00:15:09Z"},
        {"2022-02-07T18:45:09+01", "2022-02-07T17:45:09Z"},
        {"20220207T184509+0100", "2022-02-07T17:45:09Z"},
        {"20220207T1845Z", "2022-02-07T18:45:00Z"},
        {"20220207184509", "2022-02-07T18:45:09Z"},
        {"  2022-02-07\r\n", "2022-02-07T00:00:00Z"},
        {"2022-02-07T24:00:00", "2022-02-08T00:00:00Z"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
        {"Mon, 07 Feb 2022 18:45:00 GMT", "2022-02-07T18:45:00Z"},
        {"Mon, 7 Feb 2022 18:45 EST", "2022-02-07T23:45:00Z"},
        {"07 Feb 2022 18:45:00 -0800", "2022-02-08T02:45:00Z"},
        {"Mon, 07 Feb 2022 18:45:00 +0000 (UTC)", "2022-02-07T18:45:00Z"},
        {"mon, 07 FEB 22 18:45:00 pdt", "2022-02-08T01:45:00Z"},
        {"07 Feb 49", "2049-02-07T00:00:00Z"},
        {"07 Feb 50", "1950-02-07T00:00:00Z"},
        {"Monday, 07-Feb-22 18:45:00 GMT", "2022-02-07T18:45:00Z"},
        {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"},
        {" 2-MAR-1987 08:41:12.53", "1987-03-02T08:41:12Z"},
        {"7 February 2022", "2022-02-07T00:00:00Z"},
        {"Feb 7, 2022", "2022-02-07T00:00:00Z"},
        {"Sept. 30, 2021 06:05 CEST", "2021-09-30T04:05:00Z"},
        {"Feb 7, 2022 6:45 p.m. ET", "2022-02-07T23:45:00Z"},
        {"Feb. 7, 2022, 6:45 PM EST", "2022-02-07T23:45:00Z"},
        {"July 7th, 2022 at 6:45pm ET", "2022-07-07T22:45:00Z"},
        {"March 13, 2022 1:59 a.m. ET", "2022-03-13T06:59:00Z"},
        {"March 13, 2022 2:00 a.m. ET", "2022-03-13T06:00:00Z"},
        {"November 6, 2022 1:59 a.m. CT", "2022-11-06T06:59:00Z"},
        {"November 6, 2022 2:00 a.m. PT", "2022-11-06T10:00:00Z"},
        {"April 2, 2006 2:00 am MT", "2006-04-02T08:00:00Z"},
        {"April 26, 1986 2 am ET", "1986-04-26T07:00:00Z"},
        {"April 27, 1986 2 am ET", "1986-04-27T06:00:00Z"},
        {"October 26, 1986 2 am ET", "1986-10-26T07:00:00Z"},
        {"Feb 7, 2022 12 a.m.", "2022-02-07T00:00:00Z"},
        {"Feb 7, 2022 12:30 PM", "2022-02-07T12:30:00Z"},
        {"07-FEB-1987 12:01", "1987-02-07T12:01:00Z"},
        {"7 Feb 2022 18:45:00 GMT+1", "2022-02-07T17:45:00Z"},
        {"7 Feb 2022 18:45 UTC-0530", "2022-02-08T00:15:00Z"},
        {"7 Feb 2022 18:45 KST", "2022-02-07T09:45:00Z"},
        {"20220207T184500Z", "2022-02-07T18:45:00Z"},
        {"Montag, 7. Februar 2022, 18:45 Uhr MEZ", "2022-02-07T17:45:00Z"},
        {"7. M\xc3\xa4rz 2022", "2022-03-07T00:00:00Z"},
        {"07.02.2022 18:45", "2022-02-07T18:45:00Z"},
        {"7.2.22", "2022-02-07T00:00:00Z"},
        {"lundi 7 f\xc3\xa9vrier 2022 \xc3\xa0 18h45", "2022-02-07T18:45:00Z"},
        {"le 1er ao\xc3\xbbt 2022", "2022-08-01T00:00:00Z"},
        {"7 F\xc3\x89VRIER 2022", "2022-02-07T00:00:00Z"},
        {"7 juil. 2022", "2022-07-07T00:00:00Z"},
        {"lunes, 7 de febrero de 2022", "2022-02-07T00:00:00Z"},
        {"7 set 2022", "2022-09-07T00:00:00Z"},
        {"marted\xc3\xac 8 febbraio 2022 ore 18.45", "2022-02-08T18:45:00Z"},
        {"7 de fevereiro de 2022 \xc3\xa0s 18h45", "2022-02-07T18:45:00Z"},
        {"7 februari 2022 om 18:45 uur", "2022-02-07T18:45:00Z"},
        {"7 maart 2022", "2022-03-07T00:00:00Z"},
        {"7 maj 2022 kl. 18.45", "2022-05-07T18:45:00Z"},
        {"7. marts 2022", "2022-03-07T00:00:00Z"},
        {"7 lutego 2022, godz. 18:45", "2022-02-07T18:45:00Z"},
        {"7 \xd1\x84\xd0\xb5\xd0\xb2\xd1\x80\xd0\xb0\xd0\xbb\xd1\x8f 2022 "
         "\xd0\xb3. 18:45",
         "2022-02-07T18:45:00Z"},
        {"7 \xd0\x9c\xd0\xb0\xd1\x8f 2022", "2022-05-07T00:00:00Z"},
        {"7 \xc5\x9f"
         "ubat 2022",
         "2022-02-07T00:00:00Z"},
        {"100000000", "1973-03-03T09:46:40Z"},
        {"1644259500", "2022-02-07T18:45:00Z"},
        {"1644259500.99", "2022-02-07T18:45:00Z"},
        {"1644259500999", "2022-02-07T18:45:00Z"},
        {"-100000000", "1966-10-31T14:13:20Z"},
        {"-100000000.5", "1966-10-31T14:13:19Z"},
        {"-100000000001", "1966-10-31T14:13:19Z"},
        {"1644259500123456", "2022-02-07T18:45:00Z"},
        {"1644259500123456789", "2022-02-07T18:45:00Z"},
        {"2022/02/07", "2022-02-07T00:00:00Z"},
        {"2022/2/7 18:45", "2022-02-07T18:45:00Z"},
        {"2022-2-7", "2022-02-07T00:00:00Z"},
        {"2022.02.07 18:45:09 +0100", "2022-02-07T17:45:09Z"},
        {"2022年2月7日", "2022-02-07T00:00:00Z"},
        {"2022年02月07日 18:45", "2022-02-07T18:45:00Z"},
        {"13/02/2022", "2022-02-13T00:00:00Z"},
        {"2/13/2022, 6:45 PM", "2022-02-13T18:45:00Z"},
        {"04-25-2019", "2019-04-25T00:00:00Z"},
        {"2/2/2022", "2022-02-02T00:00:00Z"},
        {"Mon Feb 07 18:45:00 +0100 2022", "2022-02-07T17:45:00Z"},
        {"Mon Feb  7 18:45:09 2022", "2022-02-07T18:45:09Z"},
        {"Feb 7 18:45:09 EST 2022", "2022-02-07T23:45:09Z"},
        {"1600-01-01", "1600-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
        {"2000-02-29", "2000-02-29T00:00:00Z"},
        {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        timestamp t = TIMESTAMP_UNKNOWN;
        cr_assert(timestamp_parse(text_from(cases[i].written), &t), "%s",
                  cases[i].written);
        cr_assert_str_eq(formatted(t), cases[i].expected, "%s is not %s",
                         cases[i].written, formatted(t));
    }
}

Test(timestamp, refuses_what_is_not_a_date_and_leaves_out_alone)
{
    static const char *const cases[] = {
        "",
        " ",
        "yesterday",
        "2022-13-01",
        "2022-00-01",
        "2022-02-00",
        "2022-02-30",
        "2021-02-29",
        "1900-02-29",
        "0000-01-01",
        "1599-12-31",
        "10000-01-01",
        "1600-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "2022-02-07T25:00:00",
        "2022-02-07T24:00:01",
        "2022-02-07T18:60",
        "2022-02-07T18:45:61",
        "2022-02-07T18:45:09.",
        "2022-02-07T18:45:09+25:00",
        "2022-02-07T18:45:09+1",
        "2022-02-07T18:45:09 XYZ",
        "2022-02-07T18:45:09Z trailing",
        "2022-02-07T",
        "2022-02 18:45",
        "2022/2",
        "2022/2-7",
        "2022/13/2",
        "2022/2/30",
        "13/13/2022",
        "0/13/2022",
        "13/02/22",
        "2022年2月",
        "2022-02-07 18:45 and more than anybody would write of a time",
        "Mon Feb 07 2022",
        "Mon Foo 07 18:45:00 2022",
        "Mon Feb 07 18:45:00 +0100 and 2022",
        "Mon Feb 7 18:45:00 a-zone-of-a-name-that-is-much-longer-than-any-"
        "date-that-anybody-writes 2022",
        "2022-038",
        "202202",
        "07/02/2022",
        "2022-02-07T8",
        "31-MAR-1987 605:12:19.12",
        "Mon, 07 Foo 2022 18:45:00 GMT",
        "Mon, 07 Feb 022 18:45:00 GMT",
        "Fe 7, 2022",
        "Feb 7 2022",
        "Feb 007, 2022",
        "Feb",
        "Monday",
        "12345678901234",
        "12345678901234567",
        "9999999999999999999",
        "-12345678",
        "1644259500.",
        "1644259500.1x",
        "99999999",
        "+1644259500",
        "--1644259500",
        "99999999999999",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        timestamp t = 42;
        cr_assert_not(timestamp_parse(text_from(cases[i]), &t), "%s is %s",
                      cases[i], formatted(t));
        cr_assert_eq(t, 42);
    }
}

Test(timestamp, a_nul_byte_in_a_date_makes_it_none)
{
    timestamp t;
    cr_assert_not(timestamp_parse(text_make("2022-02-07\0", 11), &t));
    cr_assert_not(timestamp_parse(text_make("2022\0-02", 8), &t));
    cr_assert_not(timestamp_parse(text_make(NULL, 0), &t));
}

Test(timestamp, calendar_and_back_agree_on_every_day_of_800_years)
{
    struct calendar yesterday = timestamp_calendar(-86400 * 146098LL);
    for (int64_t day = -146097; day <= 146097; day++) {
        timestamp t = day * 86400 + 4242;
        struct calendar c = timestamp_calendar(t);
        cr_assert_eq(timestamp_from_calendar(&c), t);
        cr_assert(c.day == yesterday.day + 1 || c.day == 1);
        cr_assert(c.month == yesterday.month || c.day == 1);
        yesterday = c;
    }
}

Test(timestamp, moments_before_1970_have_positive_times_of_day)
{
    struct calendar c = timestamp_calendar(-1);
    cr_assert(c.year == 1969 && c.month == 12 && c.day == 31);
    cr_assert(c.hour == 23 && c.minute == 59 && c.second == 59);
    cr_assert_str_eq(formatted(-11676096000), "1600-01-01T00:00:00Z");
}

Test(timestamp, leap_years_follow_the_gregorian_rule)
{
    static const struct {
        const char *day;
        bool exists;
    } cases[] = {{"1600-02-29", true},  {"1700-02-29", false},
                 {"1996-02-29", true},  {"2000-02-29", true},
                 {"2023-02-29", false}, {"2100-02-29", false},
                 {"2024-02-29", true},  {"2024-02-30", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        timestamp t;
        cr_assert_eq(timestamp_parse(text_from(cases[i].day), &t),
                     cases[i].exists, "%s", cases[i].day);
    }
}

Test(timestamp, ranges_cover_what_was_typed)
{
    static const struct {
        const char *typed, *first, *last;
    } cases[] = {
        {"2022", "2022-01-01T00:00:00Z", "2022-12-31T23:59:59Z"},
        {"2020-02", "2020-02-01T00:00:00Z", "2020-02-29T23:59:59Z"},
        {"2021-12", "2021-12-01T00:00:00Z", "2021-12-31T23:59:59Z"},
        {"2022-02-07", "2022-02-07T00:00:00Z", "2022-02-07T23:59:59Z"},
        {"20220207", "2022-02-07T00:00:00Z", "2022-02-07T23:59:59Z"},
        {"2022-02-07T18", "2022-02-07T18:00:00Z", "2022-02-07T18:59:59Z"},
        {"2022-02-07 18:45", "2022-02-07T18:45:00Z", "2022-02-07T18:45:59Z"},
        {"2022-02-07T18:45:09+01:00", "2022-02-07T17:45:09Z",
         "2022-02-07T17:45:09Z"},
        {"9999", "9999-01-01T00:00:00Z", "9999-12-31T23:59:59Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        timestamp first, last;
        cr_assert(
            timestamp_parse_range(text_from(cases[i].typed), &first, &last));
        cr_assert_str_eq(formatted(first), cases[i].first);
        cr_assert_str_eq(formatted(last), cases[i].last);
    }
}

Test(timestamp, ranges_are_typed_in_numbers_and_nothing_else)
{
    static const char *const cases[] = {"", "1644259500", "7 Feb 2022",
                                        "2022-02-30", "last week"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        timestamp first = 1, last = 2;
        cr_assert_not(
            timestamp_parse_range(text_from(cases[i]), &first, &last));
        cr_assert(first == 1 && last == 2);
    }
}

Test(timestamp, formats_the_unknown_as_nothing_and_never_overflows)
{
    cr_assert_str_eq(formatted(TIMESTAMP_UNKNOWN), "");
    cr_assert_lt(strlen(formatted(INT64_MAX)), TIMESTAMP_SIZE);
    cr_assert_lt(strlen(formatted(INT64_MIN + 1)), TIMESTAMP_SIZE);
}

Test(timestamp, what_is_formatted_is_read_back)
{
    for (timestamp t = -11676096000; t < 253402300799; t += 98765432) {
        timestamp back;
        cr_assert(timestamp_parse(text_from(formatted(t)), &back));
        cr_assert_eq(back, t);
    }
}

/* --- dating.h ------------------------------------------------------------- */

enum { NEWEST = 1700000000 };

static enum dating_verdict date_by(struct article *a, const char *written,
                                   enum dating dating)
{
    return dating_read(a, text_from(written), dating, NEWEST);
}

Test(dating, a_better_date_takes_the_place_of_a_worse_one)
{
    struct article a = {.published = TIMESTAMP_UNKNOWN};
    cr_assert_eq(date_by(&a, "2022-02-09T10:00:00Z", DATING_CRAWL),
                 DATING_TAKEN);
    cr_assert(dating_has_seen(&a));
    cr_assert_eq(a.published, TIMESTAMP_UNKNOWN);
    cr_assert_eq(date_by(&a, "2022-02-08", DATING_URL), DATING_TAKEN);
    cr_assert(a.zone_unknown && !dating_has_seen(&a));
    cr_assert_eq(date_by(&a, "2022-02-01", DATING_URL), DATING_NOT_NEEDED);
    cr_assert_eq(date_by(&a, "2022-02-01", DATING_TEXT), DATING_NOT_NEEDED);
    cr_assert_eq(date_by(&a, "2022-02-07T18:45:00Z", DATING_EXPLICIT),
                 DATING_TAKEN);
    cr_assert_str_eq(formatted(a.published), "2022-02-07T18:45:00Z");
    cr_assert(!a.zone_unknown);
    cr_assert_eq(a.dating, DATING_EXPLICIT);
    dating_see(&a, 1, DATING_FILE, NEWEST);
    cr_assert_eq(a.dating, DATING_EXPLICIT);
}

Test(dating, what_cannot_be_is_not_believed)
{
    struct article a = {.published = TIMESTAMP_UNKNOWN};
    cr_assert_eq(date_by(&a, "", DATING_EXPLICIT), DATING_NOT_NEEDED);
    cr_assert_eq(date_by(&a, " \n", DATING_EXPLICIT), DATING_NOT_NEEDED);
    cr_assert_eq(date_by(&a, "soon", DATING_EXPLICIT), DATING_NO_DATE);
    cr_assert_eq(date_by(&a, "1599-12-31", DATING_EXPLICIT), DATING_NO_DATE);
    cr_assert_eq(date_by(&a, "1700000001", DATING_EXPLICIT), DATING_TOO_LATE);
    cr_assert_eq(date_by(&a, "1700000001", DATING_CRAWL), DATING_TOO_LATE);
    dating_see(&a, NEWEST + 1, DATING_FILE, NEWEST);
    dating_see(&a, INT64_MIN + 1, DATING_FILE, NEWEST);
    dating_see(&a, TIMESTAMP_UNKNOWN, DATING_FILE, NEWEST);
    cr_assert_eq(a.dating, DATING_EXPLICIT);
    cr_assert_eq(a.published, TIMESTAMP_UNKNOWN);
    cr_assert_eq(date_by(&a, "1700000000", DATING_EXPLICIT), DATING_TAKEN);
    cr_assert(!a.zone_unknown);
}

Test(dating, names_are_what_is_stored)
{
    for (enum dating d = DATING_EXPLICIT; d < DATING_COUNT; d++)
        cr_assert_eq(dating_by_name(text_from(dating_name(d))), d);
    cr_assert_eq(dating_by_name(text_from("guess")), DATING_COUNT);
    cr_assert_eq(dating_by_name(text_make(NULL, 0)), DATING_COUNT);
}

Test(timestamp, says_whether_the_zone_was_written)
{
    static const struct {
        const char *written;
        bool zoned;
    } cases[] = {
        {"2022-02-07", false},          {"2022-02-07T18:45", false},
        {"2022-02-07T18:45Z", true},    {"20220207T184500+0100", true},
        {"Feb 7, 2022", false},         {"7 Feb 2022 18:45 EST", true},
        {"7 Feb 2022 18:45:00", false}, {"1644259500", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        timestamp t;
        bool zoned = !cases[i].zoned;
        cr_assert(
            timestamp_parse_zoned(text_from(cases[i].written), &t, &zoned));
        cr_assert_eq(zoned, cases[i].zoned, "%s", cases[i].written);
    }
}
