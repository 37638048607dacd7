#include "indexer/catalog.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/record.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

enum { NOW = 5000 };

static struct error err;

/* One archive and a catalog of a run over it. */
struct setting {
    char *path;
    struct archive *archive;
    struct catalog *catalog;
};

static void reopen(struct setting *s)
{
    cr_assert_eq(archive_open(&s->archive, s->path, &err), STATUS_OK, "%s",
                 err.message);
    uint64_t next = archive_manifest(s->archive)->next_sequence;
    s->catalog = catalog_new(s->archive, next, NOW);
}

static struct setting begin(const struct article *articles, size_t count)
{
    struct setting s = {.path = archive_fixture_with(articles, count)};
    reopen(&s);
    return s;
}

static void close_all(struct setting *s)
{
    catalog_free(s->catalog);
    archive_free(s->archive);
}

static void end(struct setting *s)
{
    close_all(s);
    tempdir_remove(s->path);
}

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, NULL);
}

static void add(struct batch *b, const char *id, const char *title)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(1024);
    const struct article a = version(id, title);
    struct batch_entry *e = batch_add(b, &a);
    record_id_term(a.id, &term);
    e->id = digest_of(strbuf_text(&term));
    record_digest(&a, &e->content);
}

static void decide(struct setting *s, struct batch *b)
{
    cr_assert_eq(catalog_decide(s->catalog, b, &err), STATUS_OK, "%s",
                 err.message);
}

static struct batch_entry decide_one(struct setting *s, const char *id,
                                     const char *title)
{
    AUTO(batch) b = batch_new();
    add(b, id, title);
    decide(s, b);
    return b->entries[0];
}

#define ASSERT_INGEST(entry, what, number, seen, changed, count)               \
    do {                                                                       \
        struct batch_entry e_ = (entry);                                       \
        cr_assert_eq(e_.decision, (what));                                     \
        cr_assert_eq(e_.ingest.sequence, (number));                            \
        cr_assert_eq(e_.ingest.first_seen, (seen));                            \
        cr_assert_eq(e_.ingest.last_changed, (changed));                       \
        cr_assert_eq(e_.ingest.versions, (count));                             \
    } while (0)

static void assert_losers(struct setting *s, const char *expected)
{
    char shown[200] = "";
    size_t count, len = 0;
    const uint64_t *losers = catalog_losers(s->catalog, &count);
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(shown + len, sizeof shown - len, "%d ",
                                (int)losers[i]);
    cr_assert_str_eq(shown, expected);
}

static void assert_superseded(struct setting *s, size_t segment,
                              const char *expected)
{
    char shown[200] = "";
    size_t len = 0;
    const struct deleted_list *l = catalog_superseded(s->catalog, segment);
    for (size_t i = 0; i < l->count; i++)
        len += (size_t)snprintf(shown + len, sizeof shown - len, "%d ",
                                (int)l->docids[i]);
    cr_assert_str_eq(shown, expected);
}

Test(catalog, what_is_not_there_is_added_and_numbered_on)
{
    struct setting s = begin(NULL, 0);
    AUTO(batch) b = batch_new();
    add(b, "a", "A");
    add(b, "b", "B");
    decide(&s, b);
    ASSERT_INGEST(b->entries[0], DECISION_ADD, 1, NOW, NOW, 1);
    ASSERT_INGEST(b->entries[1], DECISION_ADD, 2, NOW, NOW, 1);
    cr_assert_eq(catalog_next_sequence(s.catalog), 3);
    assert_losers(&s, "");
    end(&s);
}

Test(catalog, an_empty_batch_changes_nothing)
{
    struct setting s = begin(NULL, 0);
    AUTO(batch) b = batch_new();
    decide(&s, b);
    cr_assert_eq(catalog_next_sequence(s.catalog), 1);
    end(&s);
}

Test(catalog, an_update_keeps_first_seen_and_counts_versions)
{
    const struct article old[] = {version("a", "A"), version("b", "B")};
    struct setting s = begin(old, 2);
    ASSERT_INGEST(decide_one(&s, "b", "B2"), DECISION_UPDATE, 3, FIXTURE_NOW,
                  NOW, 2);
    assert_superseded(&s, 0, "2 ");
    assert_losers(&s, "");
    end(&s);
}

Test(catalog, what_is_the_same_is_unchanged_and_takes_no_number)
{
    const struct article old[] = {version("a", "A")};
    struct setting s = begin(old, 1);
    cr_assert_eq(decide_one(&s, "a", "A").decision, DECISION_UNCHANGED);
    cr_assert_eq(catalog_next_sequence(s.catalog), 2);
    assert_superseded(&s, 0, "");
    end(&s);
}

Test(catalog, of_a_new_id_twice_in_a_batch_the_later_wins)
{
    struct setting s = begin(NULL, 0);
    AUTO(batch) b = batch_new();
    add(b, "a", "A");
    add(b, "a", "A2");
    decide(&s, b);
    ASSERT_INGEST(b->entries[0], DECISION_ADD, 1, NOW, NOW, 1);
    ASSERT_INGEST(b->entries[1], DECISION_UPDATE, 2, NOW, NOW, 2);
    assert_losers(&s, "1 ");
    end(&s);
}

Test(catalog, of_a_known_id_twice_in_a_batch_the_later_wins)
{
    const struct article old[] = {version("x", "X"), version("a", "A")};
    struct setting s = begin(old, 2);
    AUTO(batch) b = batch_new();
    add(b, "a", "A2");
    add(b, "a", "A3");
    decide(&s, b);
    ASSERT_INGEST(b->entries[0], DECISION_UPDATE, 3, FIXTURE_NOW, NOW, 2);
    ASSERT_INGEST(b->entries[1], DECISION_UPDATE, 4, FIXTURE_NOW, NOW, 3);
    assert_superseded(&s, 0, "2 ");
    assert_losers(&s, "3 ");
    end(&s);
}

Test(catalog, of_an_id_in_two_batches_the_later_wins)
{
    const struct article old[] = {version("a", "A")};
    struct setting s = begin(old, 1);
    ASSERT_INGEST(decide_one(&s, "a", "A2"), DECISION_UPDATE, 2, FIXTURE_NOW,
                  NOW, 2);
    ASSERT_INGEST(decide_one(&s, "a", "A3"), DECISION_UPDATE, 3, FIXTURE_NOW,
                  NOW, 3);
    assert_superseded(&s, 0, "1 ");
    assert_losers(&s, "2 ");
    end(&s);
}

Test(catalog, the_same_twice_in_a_run_is_unchanged_the_second_time)
{
    struct setting s = begin(NULL, 0);
    cr_assert_eq(decide_one(&s, "a", "A").decision, DECISION_ADD);
    cr_assert_eq(decide_one(&s, "a", "A").decision, DECISION_UNCHANGED);
    assert_losers(&s, "");
    end(&s);
}

static void withdraw(struct batch *b, const char *id)
{
    add(b, id, "");
    b->entries[b->count - 1].decision = DECISION_WITHDRAW;
}

Test(catalog, takes_back_what_came_before_and_nothing_else)
{
    const struct article old[] = {version("a", "A"), version("b", "B")};
    struct setting s = begin(old, 2);
    AUTO(batch) b = batch_new();
    static const enum decision expected[] = {
        DECISION_WITHDRAW, DECISION_NOTHING, DECISION_NOTHING,
        DECISION_ADD,      DECISION_ADD,     DECISION_WITHDRAW};
    withdraw(b, "b");
    withdraw(b, "b");
    withdraw(b, "c");
    add(b, "b", "B"); /* as it was, and new all the same */
    add(b, "c", "C");
    withdraw(b, "c");
    decide(&s, b);
    for (size_t i = 0; i < b->count; i++)
        cr_assert_eq(b->entries[i].decision, expected[i], "%zu", i);
    ASSERT_INGEST(b->entries[3], DECISION_ADD, 3, NOW, NOW, 1);
    assert_superseded(&s, 0, "2 ");
    assert_losers(&s, "4 ");
    cr_assert_eq(decide_one(&s, "a", "A").decision, DECISION_UNCHANGED);
    cr_assert_eq(decide_one(&s, "b", "B").decision, DECISION_UNCHANGED);
    cr_assert_eq(decide_one(&s, "c", "C").decision, DECISION_ADD);
    end(&s);
}

Test(catalog, back_to_the_first_version_within_a_run_is_a_version_more)
{
    const struct article old[] = {version("a", "A")};
    struct setting s = begin(old, 1);
    AUTO(batch) b = batch_new();
    add(b, "a", "A");
    add(b, "a", "A2");
    add(b, "a", "A");
    decide(&s, b);
    cr_assert_eq(b->entries[0].decision, DECISION_UNCHANGED);
    ASSERT_INGEST(b->entries[1], DECISION_UPDATE, 2, FIXTURE_NOW, NOW, 2);
    ASSERT_INGEST(b->entries[2], DECISION_UPDATE, 3, FIXTURE_NOW, NOW, 3);
    assert_superseded(&s, 0, "1 ");
    assert_losers(&s, "2 ");
    end(&s);
}

Test(catalog, a_thousand_versions_in_a_run_leave_one)
{
    struct setting s = begin(NULL, 0);
    for (int i = 0; i < 1000; i++) {
        char title[20];
        snprintf(title, sizeof title, "%d", i);
        decide_one(&s, "a", title);
    }
    size_t count;
    const uint64_t *losers = catalog_losers(s.catalog, &count);
    cr_assert_eq(count, 999);
    cr_assert_eq(losers[0], 1);
    cr_assert_eq(losers[998], 999);
    ASSERT_INGEST(decide_one(&s, "a", "last"), DECISION_UPDATE, 1001, NOW, NOW,
                  1001);
    end(&s);
}

Test(catalog, finds_what_several_segments_have_and_passes_over_deleted_ones)
{
    const struct article first[] = {version("a", "A"), version("b", "B")};
    const struct article second[] = {version("b", "B2"), version("c", "C")};
    char *path = archive_fixture_with(first, 2);
    archive_fixture_add(path, second, 2, 2000);
    struct setting s = {.path = path};
    reopen(&s);
    cr_assert_eq(archive_manifest(s.archive)->segment_count, 2);
    AUTO(batch) b = batch_new();
    add(b, "c", "C2");
    add(b, "b", "B"); /* back to a version that is deleted */
    add(b, "a", "A");
    decide(&s, b);
    ASSERT_INGEST(b->entries[0], DECISION_UPDATE, 5, 2000, NOW, 2);
    ASSERT_INGEST(b->entries[1], DECISION_UPDATE, 6, FIXTURE_NOW, NOW, 3);
    cr_assert_eq(b->entries[2].decision, DECISION_UNCHANGED);
    assert_superseded(&s, 0, "");
    assert_superseded(&s, 1, "1 2 ");
    end(&s);
}

Test(catalog, superseded_articles_are_sorted_whatever_the_order_of_input)
{
    const struct article old[] = {version("a", "A"), version("b", "B"),
                                  version("c", "C")};
    struct setting s = begin(old, 3);
    decide_one(&s, "c", "C2");
    decide_one(&s, "a", "A2");
    assert_superseded(&s, 0, "1 3 ");
    decide_one(&s, "b", "B2");
    assert_superseded(&s, 0, "1 2 3 ");
    end(&s);
}

Test(catalog, remembers_more_articles_than_its_table_began_with)
{
    struct setting s = begin(NULL, 0);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 3000; i++) {
            char id[20];
            snprintf(id, sizeof id, "n-%d", i);
            cr_assert_eq(decide_one(&s, id, "T").decision,
                         round == 0 ? DECISION_ADD : DECISION_UNCHANGED, "%s",
                         id);
        }
    end(&s);
}

Test(catalog, an_id_longer_than_a_term_is_found_again)
{
    char id[5001];
    memset(id, 'x', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    const struct article old[] = {version(id, "A")};
    struct setting s = begin(old, 1);
    cr_assert_eq(decide_one(&s, id, "A").decision, DECISION_UNCHANGED);
    id[4999] = 'y'; /* differs behind what a term could hold */
    cr_assert_eq(decide_one(&s, id, "A").decision, DECISION_ADD);
    end(&s);
}
