#include "indexer/workers.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/archive_find.h"
#include "common/record.h"
#include "indexer/segment_writer.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/failing_tables.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *archive;

static void begin(void)
{
    archive = archive_fixture_make();
}

static void end(void)
{
    tempdir_remove(archive);
}

TestSuite(workers, .init = begin, .fini = end);

static struct workers *start(unsigned count)
{
    struct workers *w = NULL;
    const struct workers_settings settings = {.tables = &failing_tables,
                                              .archive = archive,
                                              .language = "english",
                                              .generation = 2,
                                              .count = count,
                                              .memory = 1 << 20};
    cr_assert_eq(workers_new(&w, &settings, &err), STATUS_OK);
    return w;
}

/* `count` articles whose sequences begin with `first`. */
static struct batch *make_batch(uint64_t first, size_t count)
{
    struct batch *b = batch_new();
    for (size_t i = 0; i < count; i++) {
        char id[32];
        snprintf(id, sizeof id, "n-%d", (int)(first + i));
        struct article a = {.id = arena_text(&b->arena, text_from(id)),
                            .title = TEXT("Gas talks"),
                            .published = TIMESTAMP_UNKNOWN};
        struct batch_entry *e = batch_add(b, &a);
        e->ingest = (struct ingest){first + i, 1, 1, 1};
        record_digest(&a, &e->content);
    }
    return b;
}

static enum status push_all(struct workers *w, size_t batches, size_t size)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < batches && status == STATUS_OK; i++)
        status = workers_push(w, make_batch(1 + i * size, size), &err);
    return status;
}

static size_t count_segments(void)
{
    size_t count = 0;
    DIR *folder = opendir(tempdir_file(archive, "segments"));
    for (struct dirent *e; (e = readdir(folder)) != NULL;)
        count += e->d_name[0] != '.';
    closedir(folder);
    return count;
}

/* Each sequence up to `expected` once, ascending within its segment. */
static void assert_complete(const struct built_segment *built, size_t count,
                            size_t expected)
{
    bool *seen = calloc(expected + 1, sizeof *seen);
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < built[i].segment.documents; j++) {
            uint64_t sequence = built[i].sequences[j];
            cr_assert(sequence >= 1 && sequence <= expected);
            cr_assert_not(seen[sequence]);
            cr_assert(j == 0 || built[i].sequences[j - 1] < sequence);
            seen[sequence] = true;
            sum++;
        }
    cr_assert_eq(sum, expected);
    free(seen);
}

static void index_all(unsigned count, size_t batches, size_t size)
{
    AUTO(workers) w = start(count);
    const struct built_segment *built;
    size_t built_count;
    cr_assert_eq(push_all(w, batches, size), STATUS_OK, "%s", err.message);
    cr_assert_eq(workers_finish(w, &built, &built_count, &err), STATUS_OK);
    cr_assert_geq(built_count, 1);
    cr_assert_leq(built_count, count);
    cr_assert_eq(count_segments(), built_count);
    assert_complete(built, built_count, batches * size);
}

Test(workers, one_takes_everything_in_order)
{
    index_all(1, 3, 5);
}

Test(workers, more_batches_than_the_queue_holds_get_through)
{
    index_all(2, 100, 3);
}

Test(workers, more_workers_than_batches_make_no_empty_segments)
{
    index_all(16, 2, 1);
}

Test(workers, without_articles_there_are_no_segments)
{
    AUTO(workers) w = start(4);
    const struct built_segment *built;
    size_t count = 99;
    cr_assert_eq(workers_push(w, batch_new(), &err), STATUS_OK);
    cr_assert_eq(workers_finish(w, &built, &count, &err), STATUS_OK);
    cr_assert_eq(count, 0);
    cr_assert_eq(count_segments(), 0);
}

Test(workers, unchanged_articles_are_passed_over)
{
    AUTO(workers) w = start(1);
    const struct built_segment *built;
    size_t count;
    struct batch *b = make_batch(1, 3);
    b->entries[0].decision = DECISION_UNCHANGED;
    b->entries[2].decision = DECISION_UNCHANGED;
    cr_assert_eq(workers_push(w, b, &err), STATUS_OK);
    b = make_batch(4, 1);
    b->entries[0].decision = DECISION_UNCHANGED;
    cr_assert_eq(workers_push(w, b, &err), STATUS_OK);
    cr_assert_eq(workers_finish(w, &built, &count, &err), STATUS_OK);
    cr_assert_eq(count, 1);
    cr_assert_eq(built[0].segment.documents, 1);
    cr_assert_eq(built[0].sequences[0], 2);
}

Test(workers, are_stopped_by_free_and_leave_nothing)
{
    AUTO(workers) w = start(3);
    cr_assert_eq(push_all(w, 20, 10), STATUS_OK);
    workers_free(TAKE(w));
    cr_assert_eq(count_segments(), 0);
    w = start(3);
    workers_free(TAKE(w)); /* that never had anything to do */
}

Test(workers, an_error_in_one_of_them_stops_all)
{
    AUTO(workers) w = start(4);
    failing_tables_adds = 25;
    enum status status = push_all(w, 1000, 2);
    const struct built_segment *built = NULL;
    size_t count = 99;
    cr_assert_eq(status, STATUS_IO); /* long before the last */
    cr_assert_str_eq(err.message, "no space left for tests");
    err = (struct error)ERROR_NONE;
    cr_assert_eq(workers_finish(w, &built, &count, &err), STATUS_IO);
    cr_assert_str_eq(err.message, "no space left for tests");
    cr_assert_null(built);
    cr_assert_eq(count, 99);
    workers_free(TAKE(w));
    cr_assert_eq(count_segments(), 0);
}

Test(workers, an_error_in_the_last_batch_is_told_by_finish)
{
    AUTO(workers) w = start(1);
    failing_tables_adds = 1;
    const struct built_segment *built = NULL;
    size_t count;
    cr_assert_eq(push_all(w, 1, 2), STATUS_OK);
    cr_assert_eq(workers_finish(w, &built, &count, &err), STATUS_IO);
    workers_free(TAKE(w));
    cr_assert_eq(count_segments(), 0);
}

Test(workers, a_segment_that_cannot_be_completed_takes_the_others_along)
{
    AUTO(workers) w = start(4);
    failing_tables_finishes = 1;
    const struct built_segment *built = NULL;
    size_t count;
    for (int i = 0; count_segments() < 2; i++) /* until two have work */
        cr_assert_eq(workers_push(w, make_batch(1 + i, 1), &err), STATUS_OK);
    cr_assert_eq(workers_finish(w, &built, &count, &err), STATUS_IO);
    workers_free(TAKE(w));
    cr_assert_eq(count_segments(), 0);
}

Test(workers, a_folder_that_cannot_be_made_is_an_error_of_the_run)
{
    AUTO(workers) w = start(2);
    cr_assert_eq(remove(tempdir_file(archive, "segments")), 0);
    enum status status = push_all(w, 50, 2);
    const struct built_segment *built = NULL;
    size_t count;
    if (status == STATUS_OK)
        status = workers_finish(w, &built, &count, &err);
    cr_assert_eq(status, STATUS_IO);
}

/* An article of words that no other has. */
static struct batch *strange_batch(uint64_t sequence)
{
    enum { WORDS = 4000, WORD = 12 };
    struct batch *b = make_batch(sequence, 1);
    char *body = arena_zeroed(&b->arena, WORDS, WORD);
    size_t len = 0;
    for (unsigned i = 0; i < WORDS; i++)
        len += (size_t)snprintf(body + len, WORD, "w%xz%x ", i,
                                (unsigned)sequence);
    b->entries[0].article.body = text_make(body, len);
    return b;
}

Test(workers, a_segment_full_of_words_is_followed_by_another)
{
    enum { ARTICLES = 20 };
    AUTO(workers) w = start(1);
    const struct built_segment *built;
    size_t count;
    for (uint64_t i = 1; i <= ARTICLES; i++)
        cr_assert_eq(workers_push(w, strange_batch(i), &err), STATUS_OK);
    cr_assert_eq(workers_finish(w, &built, &count, &err), STATUS_OK);
    cr_assert_geq(count, 2);
    cr_assert_leq(count, ARTICLES / 2);
    cr_assert_eq(count_segments(), count);
    assert_complete(built, count, ARTICLES);
}

Test(workers, all_segments_of_a_worker_go_when_it_is_stopped)
{
    AUTO(workers) w = start(1);
    for (uint64_t i = 1; i <= 20; i++)
        cr_assert_eq(workers_push(w, strange_batch(i), &err), STATUS_OK);
    while (count_segments() < 2) /* one is full */
        sched_yield();
    workers_free(TAKE(w));
    cr_assert_eq(count_segments(), 0);
}

Test(workers, freeing_none_is_fine)
{
    workers_free(NULL);
}
