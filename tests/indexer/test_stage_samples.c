#include "indexer/stage_samples.h"

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Long enough for a kernel that looks a hundred times a second. */
static void work(enum stage stage)
{
    const enum stage outer = stage_begin(stage);
    for (double until = cpu_seconds() + 0.05; cpu_seconds() < until;)
        continue;
    stage_end(outer);
}

Test(stage_samples, are_of_what_the_thread_is_at)
{
    struct stage_samples s;
    stage_samples_start();
    work(STAGE_STEM);
    stage_samples_stop(&s);
    cr_assert_geq(s.count[STAGE_STEM], 2);
    cr_assert_eq(s.count[STAGE_READ], 0);
    cr_assert_eq(stage_now, STAGE_OTHER);
    work(STAGE_READ);
    stage_samples_stop(&s);
    cr_assert_eq(s.count[STAGE_READ], 0, "nobody asked");
    stage_samples_start();
    stage_samples_stop(&s);
    cr_assert_eq(s.count[STAGE_STEM], 0, "begins anew");
}

Test(stage_samples, are_printed_as_shares_of_the_time)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    const struct stage_samples s = {
        .count = {[STAGE_OTHER] = 1, [STAGE_READ] = 2, [STAGE_MERGE] = 5}};
    stage_samples_print(&s, 4, &out);
    const char *text = strbuf_string(&out);
    cr_assert_not_null(strstr(text, "by 8 samples"), "%s", text);
    cr_assert_not_null(strstr(text, "\n  read       1.00 s, 25%\n"), "%s",
                       text);
    cr_assert_not_null(strstr(text, "\n  merge      2.50 s, 62%\n"), "%s",
                       text);
    cr_assert_not_null(strstr(text, "\n  other      0.50 s, 12%\n"), "%s",
                       text);
    cr_assert_not_null(strstr(text, "\n  digest     0.00 s,  0%\n"), "%s",
                       text);
}

Test(stage_samples, none_are_no_division)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    const struct stage_samples none = {.count = {0}};
    stage_samples_print(&none, 0, &out);
    cr_assert_str_eq(strbuf_string(&out),
                     "stages   by 0 samples of CPU time\n");
}
