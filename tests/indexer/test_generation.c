#include "indexer/generation.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *path;

/* Two segments: a, b, c and d, e. */
static void begin(void)
{
    const struct article first[] = {archive_fixture_article("a", "A", NULL),
                                    archive_fixture_article("b", "B", NULL),
                                    archive_fixture_article("c", "C", NULL)};
    const struct article second[] = {archive_fixture_article("d", "D", NULL),
                                     archive_fixture_article("e", "E", NULL)};
    path = archive_fixture_with(first, 3);
    archive_fixture_add(path, second, 2, FIXTURE_NOW);
}

static void end(void)
{
    tempdir_remove(path);
}

TestSuite(generation, .init = begin, .fini = end);

#define SUCCEEDS(call) cr_assert_eq(call, STATUS_OK, "%s", err.message)

static void assert_ids(const char *expected)
{
    char *history = archive_fixture_history(path);
    char ids[100] = "";
    struct text rest = text_from(history), line;
    for (size_t len = 0; rest.len > 0 && text_split(&rest, '\n', &line);)
        len += (size_t)snprintf(ids + len, sizeof ids - len, "%c", line.ptr[0]);
    cr_assert_str_eq(ids, expected);
    free(history);
}

static void hide(struct generation *g, size_t segment, uint32_t from,
                 uint32_t to)
{
    AUTO_DONE(deleted_list) list = {0};
    for (uint32_t docid = from; docid <= to; docid++)
        deleted_list_add(&list, docid);
    deleted_list_sort(&list);
    SUCCEEDS(generation_hide(g, &g->manifest.segments[segment], &list, &err));
}

Test(generation, begins_one_above_what_is_published)
{
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    cr_assert_eq(g.manifest.generation, 4);
    cr_assert_eq(g.manifest.segment_count, 2);
}

Test(generation, needs_an_archive)
{
    AUTO_DONE(generation) g = {0};
    cr_assert_eq(generation_begin(&g, "/nowhere", &err), STATUS_NOT_FOUND);
}

Test(generation, nothing_is_seen_of_it_before_it_is_published)
{
    {
        AUTO_DONE(generation) g;
        SUCCEEDS(generation_begin(&g, path, &err));
        hide(&g, 0, 2, 2);
        generation_drop(&g, g.manifest.segments[1].name);
        assert_ids("abcde");
    }
    assert_ids("abcde");
}

Test(generation, hides_articles_of_a_segment)
{
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    hide(&g, 0, 2, 2);
    cr_assert_eq(g.manifest.segments[0].deleted, 1);
    SUCCEEDS(generation_publish(&g, 7000, &err));
    assert_ids("acde");
    AUTO_DONE(manifest) m;
    SUCCEEDS(manifest_load(&m, path, &err));
    cr_assert_eq(m.generation, 4);
    cr_assert_eq(m.published, 7000);
    cr_assert_eq(manifest_articles(&m), 4);
}

Test(generation, a_later_list_takes_the_place_of_the_one_before)
{
    for (uint32_t docid = 1; docid <= 2; docid++) {
        AUTO_DONE(generation) g;
        SUCCEEDS(generation_begin(&g, path, &err));
        hide(&g, 0, 1, docid);
        SUCCEEDS(generation_publish(&g, 7000, &err));
    }
    assert_ids("cde");
}

Test(generation, a_segment_hidden_whole_needs_no_list_but_is_dropped)
{
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    hide(&g, 0, 1, 3);
    cr_assert_eq(g.manifest.segments[0].deleted_list.name[0], '\0');
    generation_drop_empty(&g);
    cr_assert_eq(g.manifest.segment_count, 1);
    SUCCEEDS(generation_publish(&g, 7000, &err));
    assert_ids("de");
}

Test(generation, all_of_its_segments_may_go)
{
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    hide(&g, 0, 1, 3);
    hide(&g, 1, 1, 2);
    generation_drop_empty(&g);
    SUCCEEDS(generation_publish(&g, 7000, &err));
    assert_ids("");
}

Test(generation, drops_by_name_and_only_that)
{
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    generation_drop(&g, "g2-of-no-segment");
    cr_assert_eq(g.manifest.segment_count, 2);
    char name[MANIFEST_NAME_SIZE];
    snprintf(name, sizeof name, "%s", g.manifest.segments[0].name);
    generation_drop(&g, name);
    SUCCEEDS(generation_publish(&g, 7000, &err));
    assert_ids("de");
}

Test(generation, adds_a_segment_behind_the_others)
{
    AUTO_DONE(generation) g;
    SUCCEEDS(generation_begin(&g, path, &err));
    const struct manifest_segment first = g.manifest.segments[0];
    generation_drop(&g, first.name);
    generation_add_segment(&g, &first);
    cr_assert_eq(g.manifest.segment_count, 2);
    cr_assert_str_eq(g.manifest.segments[1].name, first.name);
    SUCCEEDS(generation_publish(&g, 7000, &err));
    assert_ids("abcde"); /* whatever the order of segments */
}
