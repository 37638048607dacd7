#include "indexer/summary.h"

#include <criterion/criterion.h>
#include <jansson.h>

static const struct summary full = {
    .started = 1644259500,
    .read = 10,
    .added = 4,
    .updated = 3,
    .unchanged = 2,
    .rejected = 1,
    .warnings = 11,
    .files = 12,
    .files_unchanged = 1,
    .files_failed = 2,
    .source_bytes = 13,
    .text_bytes = 2500000,
    .generation = 15,
    .articles = 1,
    .segments = 16,
    .merges = 1,
    .wall_s = 2.5,
    .cpu_s = 0.5,
    .read_s = 0.001,
    .peak_bytes = 17,
    .archive_bytes = 18,
};

Test(summary, adds_up)
{
    struct error err = ERROR_NONE;
    const struct summary nothing = {0};
    cr_assert_eq(summary_check(&full, &err), STATUS_OK);
    cr_assert_eq(summary_check(&nothing, &err), STATUS_OK);
}

Test(summary, an_article_lost_or_counted_twice_is_a_defect)
{
    struct error err = ERROR_NONE;
    struct summary wrong[5] = {full, full, full, full, full};
    wrong[0].read++;
    wrong[1].added++;
    wrong[2].updated--;
    wrong[3].unchanged++;
    wrong[4].rejected--;
    for (int i = 0; i < 5; i++)
        cr_assert_eq(summary_check(&wrong[i], &err), STATUS_INTERNAL, "%d", i);
    cr_assert_str_eq(err.message, "the articles do not add up: 10 read, 9 "
                                  "accounted for; nothing was published");
}

static void assert_line(const struct summary *s, const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    summary_print(s, &out);
    cr_assert_str_eq(strbuf_string(&out), expected);
}

Test(summary, is_a_line_for_people)
{
    assert_line(&full, "read 10: 4 added, 3 updated, 2 unchanged, 1 rejected; "
                       "1 unchanged file passed over; 2 sources not read; "
                       "1 article in generation 15");
}

Test(summary, leaves_out_what_did_not_happen)
{
    const struct summary quiet = {.generation = 1};
    assert_line(&quiet, "read 0: 0 added, 0 updated, 0 unchanged, 0 rejected; "
                        "0 articles in generation 1");
}

Test(summary, statistics_divide_by_no_zero)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    const struct summary nothing = {0};
    summary_print_stats(&nothing, &out);
    cr_assert_not_null(strstr(strbuf_string(&out), "0.0 MB a CPU second"));
    cr_assert_null(strstr(strbuf_string(&out), "nan"));
    strbuf_reset(&out);
    summary_print_stats(&full, &out);
    cr_assert_not_null(
        strstr(strbuf_string(&out), "2.50 MB, 5.0 MB a CPU second\n"));
    cr_assert_not_null(strstr(strbuf_string(&out), "(1 merge)\n"));
    cr_assert_not_null(strstr(strbuf_string(&out), "in 16 segments\n"));
}

static json_int_t whole(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    cr_assert(json_is_integer(value), "%s", key);
    return json_integer_value(value);
}

Test(summary, is_one_line_of_json)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    summary_print_json(&full, &out);
    cr_assert_null(strchr(strbuf_string(&out), '\n'));
    json_t *json = json_loads(strbuf_string(&out), 0, NULL);
    cr_assert_not_null(json);
    cr_assert_str_eq(json_string_value(json_object_get(json, "schema")),
                     "morgue.run/1");
    cr_assert_str_eq(json_string_value(json_object_get(json, "started")),
                     "2022-02-07T18:45:00Z");
    cr_assert_eq(whole(json, "read"),
                 whole(json, "added") + whole(json, "updated") +
                     whole(json, "unchanged") + whole(json, "rejected"));
    cr_assert_eq(whole(json, "read"), 10);
    cr_assert_eq(whole(json, "files"), 12);
    cr_assert_eq(whole(json, "files_failed"), 2);
    cr_assert_eq(whole(json, "generation"), 15);
    cr_assert_eq(whole(json, "archive_bytes"), 18);
    cr_assert_float_eq(json_number_value(json_object_get(json, "cpu_s")), 0.5,
                       1e-9);
    json_decref(json);
}
