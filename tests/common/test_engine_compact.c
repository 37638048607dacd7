#include <stdio.h>
#include <unistd.h>

#include "tests/common/engine_fixture.h"

/* A segment of `count` documents with the words NAME and one in its number. */
static const char *segment(const char *dir, const char *name, unsigned count)
{
    const char *path = fixture_path(dir, name);
    struct engine_writer *w = fixture_writer(path);
    for (unsigned i = 1; i <= count; i++) {
        char words[60], data[600];
        snprintf(words, sizeof words, "every %s %s%u", name, name, i);
        snprintf(data, sizeof data, "{\"id\":\"%s%u\",\"x\":\"%0*u\"}", name, i,
                 (int)(i * 7 % 500), i * i);
        fixture_add(w, words, i, data);
    }
    fixture_commit(w);
    return path;
}

Test(engine_compact, order_and_content_stay_and_docids_run_through)
{
    char *dir = tempdir_make();
    const char *sources[3] = {segment(dir, "a", 300), segment(dir, "b", 0),
                              segment(dir, "c", 50)};
    const char *path = fixture_path(dir, "all");
    OK(engine_compact(path, sources, 3, &err));
    AUTO(engine_index) index = fixture_open(path);
    cr_assert_eq(engine_index_last_docid(index, 0), 350);
    cr_assert_eq(fixture_count(index, fixture_term("every")), 350);
    cr_assert_eq(fixture_count(index, fixture_term("c")), 50);
    struct engine_hits hits = fixture_all(index, fixture_term("c7"));
    cr_assert_eq(hits.count, 1);
    cr_assert_eq(hits.hits[0].document.docid, 307);
    engine_hits_done(&hits);
    char *data = fixture_data(index, 0, 307);
    cr_assert_not_null(strstr(data, "\"id\":\"c7\""));
    free(data);
    OK(engine_check(path, NULL, &err));
    tempdir_remove(dir);
}

Test(engine_compact, every_segment_has_its_own_uuid)
{
    char *dir = tempdir_make();
    const char *sources[1] = {segment(dir, "a", 3)};
    const char *path = fixture_path(dir, "b");
    OK(engine_compact(path, sources, 1, &err));
    AUTO(engine_index) one = fixture_open(sources[0]);
    AUTO(engine_index) two = fixture_open(path);
    char first[ENGINE_UUID_SIZE], second[ENGINE_UUID_SIZE];
    engine_index_uuid(one, 0, first);
    engine_index_uuid(two, 0, second);
    cr_assert_eq(strlen(first), ENGINE_UUID_SIZE - 1);
    cr_assert_str_neq(first, second);
    tempdir_remove(dir);
}

Test(engine_compact, overwrites_nothing)
{
    char *dir = tempdir_make();
    const char *sources[1] = {segment(dir, "a", 3)};
    const char *there = segment(dir, "b", 5);
    FAILS(STATUS_EXISTS, engine_compact(there, sources, 1, &err));
    AUTO(engine_index) index = fixture_open(there);
    cr_assert_eq(engine_index_documents(index, 0), 5);
    FAILS(STATUS_IO,
          engine_compact(tempdir_file(dir, "no/where"), sources, 1, &err));
    tempdir_remove(dir);
}

Test(engine_compact, a_missing_source_leaves_no_folder)
{
    char *dir = tempdir_make();
    const char *sources[2] = {segment(dir, "a", 3), fixture_path(dir, "none")};
    const char *path = fixture_path(dir, "all");
    FAILS(STATUS_STALE, engine_compact(path, sources, 2, &err));
    cr_assert_neq(access(path, F_OK), 0);
    tempdir_remove(dir);
}

Test(engine_compact, compacting_and_checking_run_no_programs)
{
    char *dir = tempdir_make();
    setenv("PATH", dir, 1);
    const char *sources[1] = {segment(dir, "a", 3)};
    const char *path = fixture_path(dir, "all");
    OK(engine_compact(path, sources, 1, &err));
    OK(engine_check(path, NULL, &err));
    tempdir_remove(dir);
}

Test(engine_check, says_what_it_looked_at)
{
    char *dir = tempdir_make();
    const char *path = segment(dir, "a", 30);
    char *text = NULL;
    size_t len;
    FILE *report = open_memstream(&text, &len);
    OK(engine_check(path, report, &err));
    fclose(report);
    cr_assert_not_null(strstr(text, "postlist"));
    free(text);
    tempdir_remove(dir);
}

Test(engine_check, a_missing_file_is_noticed)
{
    static const char *const names[] = {"iamglass", "postlist.glass",
                                        "docdata.glass"};
    char *dir = tempdir_make();
    FAILS(STATUS_STALE, engine_check(tempdir_file(dir, "none"), NULL, &err));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[2] = {(char)('a' + i), '\0'};
        const char *path = segment(dir, name, 30);
        cr_assert_eq(unlink(tempdir_file(path, names[i])), 0);
        FAILS(STATUS_STALE, engine_check(path, NULL, &err));
    }
    tempdir_remove(dir);
}

/* Xapian has no checksums, so only damage to the structure can be found: the
 * header of a block. */
Test(engine_check, damaged_blocks_are_noticed)
{
    static const char *const names[] = {"postlist.glass", "docdata.glass"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *dir = tempdir_make();
        const char *path = segment(dir, "a", 2000);
        const char *file = tempdir_file(path, names[i]);
        size_t len;
        char *bytes = tempdir_read(file, &len);
        cr_assert_gt(len, 3 * 8192);
        memset(bytes + 8192, 0x55, 40);
        tempdir_write(file, bytes, len);
        free(bytes);
        FAILS(STATUS_CORRUPT, engine_check(path, NULL, &err));
        tempdir_remove(dir);
    }
}
