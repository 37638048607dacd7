/* Timelines: which periods, what stands in them, and how they are drawn; and
 * the values of facets. */
#include "searcher/session/bars.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/session/facet_list.h"

enum { DAYS_MAX = 50 };

/* A facet by day, of "2022-02-07:3 2022-02-08:1". */
static struct facet days(struct value_count values[DAYS_MAX], const char *list)
{
    struct facet f = {.kind = FACET_DAY, .values = values};
    struct text rest = text_from(list), day;
    while (text_split(&rest, ' ', &day) && day.len > 0) {
        values[f.count].value = text_slice(day, 0, 10);
        values[f.count++].count = strtoull(day.ptr + 11, NULL, 10);
    }
    return f;
}

static void make(struct timeline *t, const char *matches, const char *held,
                 size_t most)
{
    struct value_count found[DAYS_MAX] = {0}, all[DAYS_MAX] = {0};
    const struct facet f = days(found, matches), g = days(all, held);
    timeline_make(t, &f, &g, most);
}

static struct window window(size_t width, enum window_style style,
                            enum window_glyphs glyphs)
{
    return (struct window){width, 18, style, glyphs};
}

Test(timeline, has_the_shortest_periods_that_fit)
{
    static const struct {
        const char *matches;
        size_t most, count;
        const char *unit, *first, *last;
    } rows[] = {
        {"2022-02-07:1", 80, 1, "day", "2022-02-07", "2022-02-07"},
        {"2022-02-07:1 2022-02-10:1", 4, 4, "day", "2022-02-07", "2022-02-10"},
        {"2022-02-07:1 2022-02-10:1", 3, 1, "month", "2022-02", "2022-02"},
        {"2021-11-30:1 2022-02-01:2", 40, 4, "month", "2021-11", "2022-02"},
        {"2021-11-30:1 2022-02-01:2", 3, 2, "year", "2021", "2022"},
        {"1950-01-01:1 2022-02-01:2", 73, 73, "year", "1950", "2022"},
        {"1950-01-01:1 2022-02-01:2", 72, 37, "2 years", "1950-1951",
         "2022-2023"},
        {"1950-01-01:1 2022-02-01:2", 1, 1, "73 years", "1950-2022",
         "1950-2022"},
        {"1601-01-01:1 9999-12-31:2", 80, 80, "105 years", "1601-1705",
         "9896-10000"},
        {"1969-12-30:1 1970-01-02:1", 80, 4, "day", "1969-12-30", "1970-01-02"},
        {"2022-02-10:1 2022-02-07:1", 80, 4, "day", "2022-02-07", "2022-02-10"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        AUTO_DONE(timeline) t = {.count = 0};
        char text[TIMELINE_LABEL_SIZE];
        make(&t, rows[i].matches, "", rows[i].most);
        cr_expect_eq(t.count, rows[i].count, "%zu: %zu", i, t.count);
        timeline_unit(text, &t);
        cr_expect_str_eq(text, rows[i].unit);
        timeline_label(text, &t, 0);
        cr_expect_str_eq(text, rows[i].first);
        timeline_label(text, &t, t.count - 1);
        cr_expect_str_eq(text, rows[i].last);
    }
}

Test(timeline, counts_matches_and_what_the_archive_holds)
{
    AUTO_DONE(timeline) t = {.count = 0};
    make(&t, "2022-01-07:3 2022-01-09:1 2022-04-01:2",
         "2021-01-01:9 2022-01-01:8 2022-02-01:5 2022-04-01:2 2023-01-01:7",
         10);
    cr_assert_eq(t.count, 4);
    cr_expect_eq(t.matches, 6);
    cr_expect_eq(t.periods[0].matches, 4);
    cr_expect_eq(t.periods[0].held, 8);
    cr_expect_eq(t.periods[1].matches, 0);
    cr_expect_eq(t.periods[2].held, 0, "a hole");
    cr_expect_eq(t.periods[3].matches, 2);
    cr_expect_eq(timeline_peak(&t, TIMELINE_ARTICLES), 0);
    cr_expect_eq(timeline_peak(&t, TIMELINE_SHARE), 3);
    cr_expect_float_eq(timeline_value(&t, 0, TIMELINE_SHARE), 0.5, 1e-12);
    cr_expect_float_eq(timeline_value(&t, 2, TIMELINE_SHARE), 0, 1e-12);
}

Test(timeline, without_any_date_is_empty)
{
    AUTO_DONE(timeline) t = {.count = 7};
    make(&t, "", "2022-01-01:1", 10);
    cr_expect_eq(t.count, 0);
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    const struct window w = window(40, WINDOW_COLOUR, WINDOW_UTF8);
    bars_put(&out, &w, &t, TIMELINE_ARTICLES);
    cr_expect_eq(out.len, 0);
}

/* --- bars ----------------------------------------------------------------- */

static void expect_bars(struct window w, const char *matches, const char *held,
                        enum timeline_measure measure, const char *expected)
{
    AUTO_DONE(timeline) t = {.count = 0};
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    make(&t, matches, held, bars_periods(&w));
    bars_put(&out, &w, &t, measure);
    cr_expect_str_eq(strbuf_string(&out), expected, "got:\n%s",
                     strbuf_string(&out));
}

#define FEW  "2022-01-01:8 2022-01-02:16 2022-01-05:1 2022-01-06:4"
#define HELD "2022-01-01:8 2022-01-02:64 2022-01-04:9 2022-01-05:1 2022-01-06:4"

Test(bars, fill_the_width_and_mark_the_holes)
{
    expect_bars(window(12, WINDOW_BOLD, WINDOW_ASCII), FEW, HELD,
                TIMELINE_ARTICLES,
                "  ##        \n####--  ..::\n\x1b[2m2022-01-01\x1b[0m\n"
                "\x1b[2mby day, at\x1b[0m\n\x1b[2mmost 16 in\x1b[0m\n"
                "\x1b[2m2022-01-02;\x1b[0m\n\x1b[2m-- nothing\x1b[0m\n"
                "\x1b[2min the\x1b[0m\n\x1b[2marchive\x1b[0m\n");
}

Test(bars, are_finer_with_unicode)
{
    AUTO_DONE(timeline) t = {.count = 0};
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    const struct window w = window(70, WINDOW_PLAIN + 1, WINDOW_UTF8);
    make(&t, FEW, HELD, 70);
    bars_put(&out, &w, &t, TIMELINE_ARTICLES);
    cr_expect(strstr(strbuf_string(&out),
                     "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88"
                     "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88 "
                     "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88"
                     "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88 "
                     "\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7 "
                     "        "
                     "\xe2\x96\x81\xe2\x96\x81"),
              "%s", strbuf_string(&out));
}

Test(bars, as_words_in_a_plain_window)
{
    expect_bars(window(76, WINDOW_PLAIN, WINDOW_ASCII), FEW, HELD,
                TIMELINE_ARTICLES,
                "by day, at most 16 in 2022-01-02: 2022-01-01 8, 2022-01-02 "
                "16, 2022-01-03\nnothing in the archive, 2022-01-05 1, "
                "2022-01-06 4\n");
    expect_bars(window(76, WINDOW_PLAIN, WINDOW_ASCII), FEW, HELD,
                TIMELINE_SHARE,
                "by day, share of what the archive holds, at most 100.0% in "
                "2022-01-01:\n2022-01-01 100.0%, 2022-01-02 25.0%, 2022-01-03 "
                "nothing in the archive,\n2022-01-05 100.0%, 2022-01-06 "
                "100.0%\n");
}

Test(bars, fit_any_window)
{
    for (size_t width = 1; width < 300; width += 7)
        for (int glyphs = WINDOW_ASCII; glyphs <= WINDOW_UTF8; glyphs++) {
            AUTO_DONE(timeline) t = {.count = 0};
            AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
            const struct window w = {width, width / 4 + 1, WINDOW_PLAIN + 1,
                                     (enum window_glyphs)glyphs};
            make(&t, "1996-01-01:8 2022-01-02:16 2003-01-05:1", HELD,
                 bars_periods(&w));
            bars_put(&out, &w, &t, TIMELINE_ARTICLES);
            cr_expect_leq(t.count, width);
            struct text line, rest = strbuf_text(&out);
            text_split(&rest, '\n', &line);
            cr_expect(t.count == 1 || terminal_columns(line) <= width);
        }
}

/* --- facets --------------------------------------------------------------- */

Test(facet_list, fits_the_window)
{
    struct value_count values[] = {
        {TEXT("Baltic Wire and Northern Telegraph"), 27},
        {TEXT("\xe6\x96\xb0\xe8\x81\x9e\x1b[2J"), 9},
        {TEXT("Post"), 1}};
    const struct facet f = {.kind = FACET_SOURCE,
                            .values = values,
                            .count = 3,
                            .distinct = 3,
                            .without = 2};
    const struct window w = window(40, WINDOW_PLAIN + 1, WINDOW_ASCII);
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 16);
    facet_list_put(&out, &w, "source", &f, 2);
    cr_expect_str_eq(strbuf_string(&out),
                     "\x1b[1msource, 2 of 3\x1b[0m\n"
                     "  Baltic Wire and  27  #################\n"
                     "  ??[2J             9  ######\n"
                     "  (none)            2  #\n",
                     "%s", strbuf_string(&out));
}
