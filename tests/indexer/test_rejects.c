#include "indexer/rejects.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/support/tempdir.h"

static struct error err;

static char *make_archive(struct manifest *m)
{
    char *archive = tempdir_make();
    mkdir(tempdir_file(archive, "rejects"), 0777);
    manifest_init(m, "english");
    return archive;
}

static void add(struct rejects *r, uint64_t offset, const char *bytes,
                size_t len)
{
    struct reject reject = {.reason = "bad-json",
                            .message = "'x.jsonl' line 3: expected '\"'",
                            .origin = {TEXT("/a/x.jsonl"), offset, 3},
                            .bytes = text_make(bytes, len)};
    cr_assert_eq(rejects_add(r, &reject, &err), STATUS_OK, "%s", err.message);
}

static void save(struct rejects *r, struct manifest *m)
{
    cr_assert_eq(rejects_save(r, m, &err), STATUS_OK, "%s", err.message);
}

/* Line number `which` of the only file, as a value to be released. */
static json_t *line(const struct manifest *m, const char *archive, int which)
{
    cr_assert_eq(m->reject_count, 1);
    char *all = tempdir_read(tempdir_file(archive, m->rejects[0].name), NULL);
    char *at = all;
    for (; which > 0; which--)
        at = strchr(at, '\n') + 1;
    *strchr(at, '\n') = '\0';
    json_t *value = json_loads(at, JSON_ALLOW_NUL, NULL);
    cr_assert(value, "not JSON: %s", at);
    free(all);
    return value;
}

static const char *string(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

Test(rejects, keep_the_place_the_reason_and_the_bytes)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(rejects) r = rejects_new(&m, archive);
    add(r, 77, "{\"title\": \x1b]0;\"\xc3\xbc", 15);
    save(r, &m);
    json_t *object = line(&m, archive, 0);
    cr_assert_str_eq(string(object, "reason"), "bad-json");
    cr_assert_str_eq(string(object, "message"),
                     "'x.jsonl' line 3: expected '\"'");
    cr_assert_str_eq(string(object, "path"), "/a/x.jsonl");
    cr_assert_eq(json_integer_value(json_object_get(object, "offset")), 77);
    cr_assert_eq(json_integer_value(json_object_get(object, "line")), 3);
    cr_assert_str_eq(string(object, "bytes"), "{\"title\": \x1b]0;\"");
    json_decref(object);
    tempdir_remove(archive);
}

Test(rejects, bytes_that_are_no_text_are_kept_exactly)
{
    static const struct {
        char bytes[8], base64[16];
        size_t len;
    } cases[] = {{"\xff", "/w==", 1},
                 {"a\xff", "Yf8=", 2},
                 {"ab\xff", "YWL/", 3},
                 {"\xed\xa0\x80\0", "7aCAAA==", 4}};
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(rejects) r = rejects_new(&m, archive);
    for (int i = 0; i < 4; i++)
        add(r, 1, cases[i].bytes, cases[i].len);
    add(r, 1, "a\0b", 3);
    add(r, 1, NULL, 0);
    save(r, &m);
    json_t *object;
    for (int i = 0; i < 4; i++) {
        object = line(&m, archive, i);
        cr_assert_str_eq(string(object, "bytes_base64"), cases[i].base64);
        cr_assert_null(json_object_get(object, "bytes"));
        json_decref(object);
    }
    object = line(&m, archive, 4);
    cr_assert_eq(json_string_length(json_object_get(object, "bytes")), 3);
    json_decref(object);
    object = line(&m, archive, 5);
    cr_assert_str_eq(string(object, "bytes"), "");
    json_decref(object);
    tempdir_remove(archive);
}

Test(rejects, bytes_are_bounded_at_a_characters_edge)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(rejects) r = rejects_new(&m, archive);
    static char bytes[200001];
    for (size_t i = 0; i < 200000; i += 4)
        memcpy(bytes + i + 1, "\xf0\x9f\x97\x9e", 4);
    bytes[0] = 'x';
    add(r, 1, bytes, sizeof bytes);
    memset(bytes, 0x80, sizeof bytes);
    add(r, 2, bytes, sizeof bytes);
    memset(bytes, 1, sizeof bytes);
    add(r, 3, bytes, sizeof bytes);
    save(r, &m);
    json_t *object = line(&m, archive, 0);
    cr_assert_eq(json_string_length(json_object_get(object, "bytes")),
                 REJECTS_BYTES_MAX - 3);
    json_decref(object);
    object = line(&m, archive, 1);
    cr_assert_gt(json_string_length(json_object_get(object, "bytes_base64")),
                 REJECTS_BYTES_MAX / 3 * 4 - 8);
    json_decref(object);
    object = line(&m, archive, 2);
    cr_assert_eq(json_string_length(json_object_get(object, "bytes")),
                 REJECTS_BYTES_MAX);
    json_decref(object);
    tempdir_remove(archive);
}

Test(rejects, the_same_again_does_not_grow_the_archive)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    for (int run = 0; run < 5; run++) {
        AUTO(rejects) r = rejects_new(&m, archive);
        for (uint64_t i = 0; i < 10; i++)
            add(r, i, "x", 1);
        add(r, 3, "x", 1);
        save(r, &m);
        cr_assert_eq(m.reject_count, 1);
    }
    json_t *object = line(&m, archive, 9);
    json_decref(object);
    size_t lines = 0;
    char *all = tempdir_read(tempdir_file(archive, m.rejects[0].name), NULL);
    for (char *c = all; *c; c++)
        lines += *c == '\n';
    cr_assert_eq(lines, 10);
    free(all);
    tempdir_remove(archive);
}

Test(rejects, many_runs_stay_few_files_and_lose_nothing)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    size_t lines = 0;
    for (uint64_t run = 0; run < 200; run++) {
        AUTO(rejects) r = rejects_new(&m, archive);
        add(r, run, "x", 1);
        save(r, &m);
        cr_assert_leq(m.reject_count, 21);
    }
    for (size_t i = 0; i < m.reject_count; i++) {
        char *all =
            tempdir_read(tempdir_file(archive, m.rejects[i].name), NULL);
        for (char *c = all; *c; c++)
            lines += *c == '\n';
        free(all);
    }
    cr_assert_eq(lines, 200);
    tempdir_remove(archive);
}

Test(rejects, damage_is_found_before_anything_is_added)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    struct manifest_file *file = manifest_add_reject(&m);
    snprintf(file->name, sizeof file->name, "rejects/x");
    tempdir_write(tempdir_file(archive, file->name), "{}\n", 3);
    file->size = 3;
    AUTO(rejects) r = rejects_new(&m, archive);
    struct reject reject = {.reason = "no-body", .message = "none"};
    cr_assert_eq(rejects_add(r, &reject, &err), STATUS_CORRUPT);
    cr_assert(strstr(err.message, "rejects/x"), "%s", err.message);
    tempdir_remove(archive);
}
