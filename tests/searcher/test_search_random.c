/* Random queries over random archives, answered by the searcher and by a
 * reference that shares nothing with it: the same articles, the same words
 * highlighted, always. MORGUE_SEED repeats a run, MORGUE_LONG widens it. */
#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "tests/searcher/query_trial.h"
#include "tests/searcher/random_archive.h"

enum { ARCHIVES = 5, QUERIES = 60, LONG = 17 };

#define DAY INT64_C(86400)

static uint64_t seed_of(uint64_t usual)
{
    const char *given = getenv("MORGUE_SEED");
    return given ? strtoull(given, NULL, 0) : usual;
}

static int rounds_of(int usual)
{
    const char *long_run = getenv("MORGUE_LONG");
    return long_run && *long_run ? LONG * usual : usual;
}

/* A month before the days that the archives are of, the places had their other
 * time of the year. */
static struct zone random_zone(struct dice *d)
{
    static const char *const zones[] = {"UTC",           "+01:00",
                                        "-0930",         "+14",
                                        "Europe/Berlin", "Australia/Lord_Howe"};
    struct zone zone = ZONE_UTC;
    struct error err = ERROR_NONE;
    /* A machine may know no places. */
    if (zone_read(&zone, DICE_PICK(d, zones), &err) != STATUS_OK)
        cr_assert_eq(err.status, STATUS_USAGE);
    return zone;
}

static void random_options(struct search_options *out, struct dice *d)
{
    *out = (struct search_options)SEARCH_OPTIONS_ALL;
    out->now = RANDOM_ARCHIVE_NOON + 3 * DAY;
    out->zone = random_zone(d);
    out->match = dice_below(d, 3) ? PLAN_AS_WRITTEN : PLAN_ANY;
    out->sort = (enum engine_sort)dice_below(d, 3);
    out->total = (enum search_total)dice_below(d, 2);
    if (dice_below(d, 6) == 0)
        out->since = random_archive_edge(d);
    if (dice_below(d, 6) == 0)
        out->until = random_archive_edge(d);
}

static void run_trials(const char *language, uint64_t usual_seed)
{
    const uint64_t seed = seed_of(usual_seed);
    struct dice dice = {seed};
    char name[64];
    size_t asked = 0, answered = 0, found = 0;
    snprintf(name, sizeof name, "seed %#lx", (unsigned long)seed);
    for (int archive = 0; archive < rounds_of(ARCHIVES); archive++) {
        struct search_fixture f;
        struct query_trial t;
        search_fixture_init(&f, language);
        random_archive_fill(&f, &dice);
        query_trial_init(&t, &f);
        const struct query_generator g = random_archive_queries(&dice);
        AUTO_DONE(strbuf) query = STRBUF_INIT(10000);
        for (int i = 0; i < QUERIES; i++) {
            strbuf_reset(&query);
            query_generate(&g, &query);
            random_options(&t.options, &dice);
            query_trial_check(&t, strbuf_text(&query), name);
        }
        asked += t.asked;
        answered += t.answered;
        found += t.found;
        query_trial_done(&t);
        search_fixture_done(&f);
    }
    fprintf(stderr, "%s, %s: %zu queries, %zu answered, %zu articles found\n",
            language, name, asked, answered, found);
    cr_assert_gt(answered, asked / 2);
    cr_assert_gt(found, answered);
}

Test(search_random, english_archives_answer_as_the_reference, .timeout = 500)
{
    run_trials("english", 0x9e3779b97f4a7c15u);
}

Test(search_random, german_archives_answer_as_the_reference, .timeout = 500)
{
    run_trials("german", 0x5851f42d4c957f2du);
}

Test(search_random, french_archives_answer_as_the_reference, .timeout = 500)
{
    run_trials("french", 0x14057b7ef767814fu);
}

Test(search_random, archives_without_stems_answer_as_the_reference,
     .timeout = 500)
{
    run_trials("none", 0x2545f4914f6cdd1du);
}
