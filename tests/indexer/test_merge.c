#include "indexer/merge.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/archive.h"
#include "common/archive_find.h"
#include "common/engine/engine.h"
#include "indexer/generation.h"
#include "indexer/segment_writer.h"
#include "indexer/tables.h"
#include "indexer/verify.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/failing_tables.h"
#include "tests/support/tempdir.h"

static struct error err;

/* --- what is due: manifests of no archive ---------------------------------
 */

enum { MB = 1 << 20 };
static const uint64_t plenty = UINT64_MAX / 2;

static void add_segment(struct manifest *m, uint64_t text_bytes,
                        uint32_t documents, uint32_t deleted)
{
    struct manifest_segment *s = manifest_add_segment(m);
    s->text_bytes = text_bytes;
    s->documents = s->last_docid = documents;
    s->deleted = deleted;
}

static void assert_choice(const struct manifest *m, uint64_t budget,
                          const char *expected)
{
    size_t chosen[MERGE_SEGMENTS_MAX];
    size_t count = merge_choose(m, budget, chosen), len = 0;
    char shown[400] = "";
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(shown + len, sizeof shown - len, "%d ",
                                (int)chosen[i]);
    cr_assert_str_eq(shown, expected);
}

Test(merge_choose, nothing_is_due_in_an_empty_archive)
{
    AUTO_DONE(manifest) m = {0};
    assert_choice(&m, plenty, "");
}

Test(merge_choose, three_of_a_tier_wait_four_are_merged)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 3; i++)
        add_segment(&m, 1000, 10, 0);
    assert_choice(&m, plenty, "");
    add_segment(&m, 3 * MB, 10, 0);
    assert_choice(&m, plenty, "0 1 2 3 ");
}

Test(merge_choose, tiers_grow_by_four)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 3; i++)
        add_segment(&m, 4 * (uint64_t)MB - 1, 10, 0);
    add_segment(&m, 4 * MB, 10, 0);
    add_segment(&m, 16 * (uint64_t)MB - 1, 10, 0);
    add_segment(&m, 16 * MB, 10, 0);
    assert_choice(&m, plenty, "");
    add_segment(&m, 5 * MB, 10, 0);
    add_segment(&m, 6 * MB, 10, 0);
    assert_choice(&m, plenty, "3 4 6 7 ");
}

Test(merge_choose, the_smallest_tier_comes_first)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 4; i++)
        add_segment(&m, 100 * MB, 10, 0);
    for (int i = 0; i < 4; i++)
        add_segment(&m, 10, 10, 0);
    assert_choice(&m, plenty, "4 5 6 7 ");
}

Test(merge_choose, all_of_a_tier_go_at_once_up_to_a_limit)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < MERGE_SEGMENTS_MAX + 10; i++)
        add_segment(&m, 1000, 10, 0);
    size_t chosen[MERGE_SEGMENTS_MAX];
    cr_assert_eq(merge_choose(&m, plenty, chosen), MERGE_SEGMENTS_MAX);
    cr_assert_eq(chosen[MERGE_SEGMENTS_MAX - 1], MERGE_SEGMENTS_MAX - 1);
}

Test(merge_choose, the_budget_limits_the_sum)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 6; i++)
        add_segment(&m, 1000, 10, 0);
    assert_choice(&m, 6000, "0 1 2 3 4 5 ");
    assert_choice(&m, 5999, "0 1 2 3 4 ");
    assert_choice(&m, 3999, "");
    assert_choice(&m, 0, "");
}

Test(merge_choose, what_is_deleted_costs_nothing)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 4; i++)
        add_segment(&m, 1000, 10, 2);
    assert_choice(&m, 3199, "");
    assert_choice(&m, 3200, "0 1 2 3 ");
}

Test(merge_choose, a_segment_of_which_over_a_fifth_is_deleted_goes_alone)
{
    AUTO_DONE(manifest) m = {0};
    add_segment(&m, 1000, 10, 2);
    add_segment(&m, 500 * MB, 10, 3);
    assert_choice(&m, plenty, "1 ");
    assert_choice(&m, 300 * MB, "");
}

Test(merge_choose, one_too_dear_does_not_keep_the_next_from_its_turn)
{
    AUTO_DONE(manifest) m = {0};
    add_segment(&m, 500 * MB, 10, 5);
    add_segment(&m, 1000, 10, 5);
    assert_choice(&m, 1000, "1 ");
}

Test(merge_choose, no_segment_becomes_larger_than_one_may_be)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 3; i++)
        add_segment(&m, 1000, ENGINE_DOCID_MAX / 4, 0);
    add_segment(&m, 1000, ENGINE_DOCID_MAX / 4 + 1, 0);
    assert_choice(&m, plenty, "");
    m.segments[3].deleted = 1; /* just fits without it */
    assert_choice(&m, plenty, "0 1 2 3 ");
    add_segment(&m, 1000, 1, 0); /* one more does not */
    assert_choice(&m, plenty, "0 1 2 3 ");
}

Test(merge_choose, segments_without_text_are_merged_for_nothing)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 4; i++)
        add_segment(&m, 0, 10, 0);
    assert_choice(&m, 0, "0 1 2 3 ");
}

Test(merge_choose, segments_without_articles_do_no_harm)
{
    AUTO_DONE(manifest) m = {0};
    for (int i = 0; i < 4; i++)
        add_segment(&m, 0, 0, 0);
    assert_choice(&m, plenty, "0 1 2 3 ");
}

/* --- merging: small archives ---------------------------------------------- */

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, "Some text about gas.");
}

static unsigned merge(const char *path, uint64_t budget)
{
    unsigned merged = 0;
    const struct merge_settings settings = {.tables = &tables_glass,
                                            .archive = path,
                                            .budget = budget,
                                            .memory = 1 << 20};
    cr_assert_eq(merge_run(&merged, &settings, &err), STATUS_OK, "%s",
                 err.message);
    return merged;
}

static struct manifest load(const char *path)
{
    struct manifest m;
    cr_assert_eq(manifest_load(&m, path, &err), STATUS_OK, "%s", err.message);
    return m;
}

static void fail_on(void *context, const char *finding)
{
    (void)context;
    cr_assert_fail("%s", finding);
}

static void assert_sound(const char *path)
{
    struct verify_result result;
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_FILES,
                                                         fail_on, NULL, NULL},
                                &err),
                 STATUS_OK);
}

/* Five runs; b is updated twice, d once. */
static char *make_archive(void)
{
    const struct article one[] = {version("a", "A"), version("b", "B")};
    const struct article two[] = {version("c", "C"), version("b", "B2")};
    const struct article three[] = {version("d", "D")};
    const struct article four[] = {version("b", "B3"), version("d", "D2")};
    const struct article five[] = {version("e", "E")};
    char *path = archive_fixture_with(one, 2);
    archive_fixture_add(path, two, 2, 2000);
    archive_fixture_add(path, three, 1, 3000);
    archive_fixture_add(path, four, 2, 4000);
    archive_fixture_add(path, five, 1, 5000);
    return path;
}

static const char history_of_all[] = "a 1 v1 1000 1000 A\nc 3 v1 2000 2000 C\n"
                                     "b 6 v3 1000 4000 B3\n"
                                     "d 7 v2 3000 4000 D2\n"
                                     "e 8 v1 5000 5000 E\n";

static void assert_history(const char *path, const char *expected)
{
    char *history = archive_fixture_history(path);
    cr_assert_str_eq(history, expected);
    free(history);
}

Test(merge_run, keeps_order_and_history_and_drops_what_is_deleted)
{
    char *path = make_archive();
    AUTO_DONE(manifest) before = load(path);
    assert_history(path, history_of_all);
    cr_assert_eq(merge(path, plenty), 1);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(before.segment_count, 4); /* all of run 3 was superseded */
    cr_assert_eq(m.segment_count, 1);
    cr_assert_eq(m.segments[0].documents, 5);
    cr_assert_eq(m.segments[0].deleted, 0);
    cr_assert_eq(m.generation, before.generation + 1);
    cr_assert_eq(m.next_sequence, before.next_sequence);
    cr_assert_str_eq(m.id, before.id);
    assert_history(path, history_of_all);
    assert_sound(path);
    tempdir_remove(path);
}

Test(merge_run, articles_keep_everything_they_had)
{
    static const struct text authors[] = {TEXT("Ann Lee")};
    static const struct text tags[] = {TEXT("gas"), TEXT("EU")};
    const struct article rich = {.id = TEXT("a"),
                                 .url = TEXT("http://x/a"),
                                 .title = TEXT("Título «q» \\ \"x\""),
                                 .source = TEXT("Wire"),
                                 .section = TEXT("World"),
                                 .language = TEXT("en"),
                                 .body = TEXT("Line one\n\nLine two\t."),
                                 .authors = authors,
                                 .author_count = 1,
                                 .tags = tags,
                                 .tag_count = 2,
                                 .published = 1644259500,
                                 .origin = {TEXT("/in/x.jsonl"), 77, 3}};
    char *path = archive_fixture_with(&rich, 1);
    const char *const ids[] = {"b", "c", "d"};
    for (int i = 0; i < 3; i++)
        archive_fixture_add(path, &(struct article){.id = text_from(ids[i])}, 1,
                            2000);
    cr_assert_eq(merge(path, plenty), 1);
    /* The same again: unchanged, so nothing is published. */
    AUTO_DONE(manifest) before = load(path);
    archive_fixture_add(path, &rich, 1, 9000);
    AUTO_DONE(manifest) after = load(path);
    cr_assert_eq(after.generation, before.generation);
    AUTO(archive) archive = NULL;
    cr_assert_eq(archive_open(&archive, path, &err), STATUS_OK);
    struct engine_document found;
    cr_assert_eq(archive_find(&found, archive, rich.id, &err), STATUS_OK);
    tempdir_remove(path);
}

Test(merge_run, articles_of_nothing_but_an_id_survive)
{
    char *path = archive_fixture_make();
    const char *const ids[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++) {
        const struct article nothing =
            archive_fixture_article(ids[i], NULL, NULL);
        archive_fixture_add(path, &nothing, 1, 1000 + i);
    }
    cr_assert_eq(merge(path, 0), 1); /* no text, no cost */
    assert_history(path, "a 1 v1 1000 1000 \nb 2 v1 1001 1001 \n"
                         "c 3 v1 1002 1002 \nd 4 v1 1003 1003 \n");
    assert_sound(path);
    tempdir_remove(path);
}

/* Four segments of 20,000 words each, none of them in two. */
static char *make_wordy_archive(void)
{
    enum { WORDS = 20000, WORD = 12 };
    static const char *const ids[] = {"a", "b", "c", "d"};
    char *path = archive_fixture_make(), *body = malloc(WORDS * WORD);
    for (int n = 0; n < 4; n++) {
        size_t len = 0;
        for (int i = 0; i < WORDS; i++)
            len += (size_t)snprintf(body + len, WORD, "w%xz%s ", (unsigned)i,
                                    ids[n]);
        const struct article wordy = archive_fixture_article(ids[n], "T", body);
        archive_fixture_add(path, &wordy, 1, 1000 + n);
    }
    free(body);
    return path;
}

Test(merge_run, as_many_segments_come_of_it_as_memory_asks_for)
{
    char *path = make_wordy_archive();
    cr_assert_eq(merge(path, plenty), 1, "and no second one to no avail");
    AUTO_DONE(manifest) m = load(path);
    cr_assert_geq(m.segment_count, 2);
    assert_history(path, "a 1 v1 1000 1000 T\nb 2 v1 1001 1001 T\n"
                         "c 3 v1 1002 1002 T\nd 4 v1 1003 1003 T\n");
    assert_sound(path);
    tempdir_remove(path);
}

Test(merge_run, a_segment_with_much_deleted_is_written_anew)
{
    const struct article one[] = {version("a", "A"), version("b", "B"),
                                  version("c", "C")};
    const struct article two[] = {version("b", "B2")};
    char *path = archive_fixture_with(one, 3);
    archive_fixture_add(path, two, 1, 2000);
    cr_assert_eq(merge(path, plenty), 1);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.segment_count, 2);
    cr_assert_eq(m.segments[0].deleted + m.segments[1].deleted, 0);
    assert_history(path, "a 1 v1 1000 1000 A\nc 3 v1 1000 1000 C\n"
                         "b 4 v2 1000 2000 B2\n");
    assert_sound(path);
    cr_assert_eq(merge(path, plenty), 0);
    tempdir_remove(path);
}

Test(merge_run, the_budget_is_for_all_merges_together)
{
    const struct article first[] = {version("a", "A"), version("b", "B")};
    const struct article second[] = {version("c", "C"), version("d", "D")};
    const struct article third[] = {version("a", "A2"), version("c", "C2")};
    char *path = archive_fixture_with(first, 2);
    archive_fixture_add(path, second, 2, 2000);
    archive_fixture_add(path, third, 2, 3000);
    /* Two segments are half deleted: 21 bytes of text are left in each. */
    cr_assert_eq(merge(path, 20), 0);
    cr_assert_eq(merge(path, 41), 1);
    cr_assert_eq(merge(path, 21), 1);
    cr_assert_eq(merge(path, 1000), 0);
    assert_history(path, "b 2 v1 1000 1000 B\nd 4 v1 2000 2000 D\n"
                         "a 5 v2 1000 3000 A2\nc 6 v2 2000 3000 C2\n");
    tempdir_remove(path);
}

Test(merge_run, nothing_due_publishes_nothing)
{
    char *path = archive_fixture_make();
    cr_assert_eq(merge(path, plenty), 0);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.generation, 1);
    tempdir_remove(path);
}

Test(merge_run, an_archive_that_is_none_is_refused)
{
    unsigned merged = 5;
    const struct merge_settings settings = {.tables = &tables_glass,
                                            .archive = "/nowhere"};
    cr_assert_eq(merge_run(&merged, &settings, &err), STATUS_NOT_FOUND);
    cr_assert_eq(merged, 5);
}

static void add_empty_segment(struct generation *g, const char *path, int n)
{
    char name[40], folder[600];
    snprintf(name, sizeof name, "g2-00000000000%d", n);
    snprintf(folder, sizeof folder, "%s/segments/%s", path, name);
    const struct segment_settings settings = {.tables = &tables_glass,
                                              .path = folder,
                                              .name = name,
                                              .language = "english"};
    AUTO(segment_writer) w = NULL;
    struct manifest_segment empty;
    cr_assert_eq(segment_writer_new(&w, &settings, &err), STATUS_OK);
    cr_assert_eq(segment_writer_finish(w, &empty, &err), STATUS_OK);
    generation_add_segment(g, &empty);
}

Test(merge_run, segments_without_articles_are_gone_afterwards)
{
    char *path = archive_fixture_make();
    AUTO_DONE(generation) g;
    cr_assert_eq(generation_begin(&g, path, &err), STATUS_OK);
    for (int i = 0; i < 4; i++)
        add_empty_segment(&g, path, i);
    cr_assert_eq(generation_publish(&g, 2000, &err), STATUS_OK);
    cr_assert_eq(merge(path, plenty), 1);
    AUTO_DONE(manifest) m = load(path);
    cr_assert_eq(m.segment_count, 0);
    assert_sound(path);
    tempdir_remove(path);
}

static size_t count_entries(const char *folder)
{
    size_t count = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

Test(merge_run, a_full_disk_leaves_the_archive_as_it_was)
{
    char *path = make_archive();
    size_t before = count_entries(tempdir_file(path, "segments"));
    const struct merge_settings settings = {.tables = &failing_tables,
                                            .archive = path,
                                            .budget = plenty,
                                            .memory = 1 << 20};
    for (int i = 0; i < 2; i++) {
        unsigned merged = 0;
        failing_tables_adds = i == 0 ? 3 : -1;
        failing_tables_finishes = i == 0 ? -1 : 0;
        cr_assert_eq(merge_run(&merged, &settings, &err), STATUS_IO);
        cr_assert_eq(merged, 0);
        cr_assert_eq(count_entries(tempdir_file(path, "segments")), before);
    }
    assert_history(path, history_of_all);
    assert_sound(path);
    tempdir_remove(path);
}
