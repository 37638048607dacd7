#include "indexer/verify.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/manifest.h"
#include "common/strbuf.h"
#include "common/tokens.h"
#include "indexer/generation.h"
#include "indexer/ledger.h"
#include "indexer/rejects.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *path;
static struct manifest m;

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, "Some words of a body.");
}

static void load(void)
{
    manifest_done(&m);
    cr_assert_eq(manifest_load(&m, path, &err), STATUS_OK, "%s", err.message);
}

/* What a run with a file and a bad article in it leaves behind. */
static void add_ledger_and_rejects(void)
{
    AUTO_DONE(generation) g;
    cr_assert_eq(generation_begin(&g, path, &err), STATUS_OK);
    AUTO(ledger) ledger = NULL;
    AUTO(rejects) rejects = rejects_new(&m, path);
    const struct stat info = {.st_size = 5};
    const struct reject bad = {.reason = "bad-json", .message = "no"};
    cr_assert_eq(ledger_load(&ledger, &m, path, &err), STATUS_OK);
    cr_assert_eq(ledger_note(ledger, "/x",
                             &(struct ledger_reading){.info = &info}, &err),
                 STATUS_OK);
    cr_assert_eq(rejects_add(rejects, &bad, &err), STATUS_OK);
    cr_assert_eq(ledger_save(ledger, &g.manifest, &err), STATUS_OK);
    cr_assert_eq(rejects_save(rejects, &g.manifest, &err), STATUS_OK);
    cr_assert_eq(generation_publish(&g, 9000, &err), STATUS_OK);
}

/* Of every kind of file there is: two segments, one with a deleted list. */
static void begin(void)
{
    const struct article one[] = {version("a", "A"), version("b", "B"),
                                  version("c", "C")};
    const struct article two[] = {version("b", "B2"), version("d", "D")};
    path = archive_fixture_with(one, 3);
    archive_fixture_add(path, two, 2, 2000);
    load();
    add_ledger_and_rejects();
    load();
}

static void end(void)
{
    manifest_done(&m);
    tempdir_remove(path);
}

TestSuite(verify, .init = begin, .fini = end);

static void keep(void *context, const char *finding)
{
    strbuf_append_format(context, "%s\n", finding);
}

static void assert_sound(void)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_ARTICLES,
                                                         keep, &findings, NULL},
                                &err),
                 STATUS_OK, "%s", strbuf_string(&findings));
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_FILES,
                                                         keep, &findings, NULL},
                                &err),
                 STATUS_OK);
    cr_assert_eq(findings.len, 0);
}

/* That it is found out, and said of which file. */
static void assert_damaged(const char *name)
{
    struct verify_result result = {0};
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_FILES,
                                                         keep, &findings, NULL},
                                &err),
                 STATUS_CORRUPT, "%s", name);
    cr_assert_geq(result.damaged, 1);
    cr_assert_not_null(strstr(strbuf_string(&findings), name), "'%s' in %s",
                       name, strbuf_string(&findings));
}

typedef void file_fn(const struct manifest_file *file);

static unsigned each_file(file_fn *on_file)
{
    unsigned count = 0;
    for (size_t i = 0; i < m.segment_count; i++) {
        for (size_t j = 0; j < m.segments[i].file_count; j++, count++)
            on_file(&m.segments[i].files[j]);
        if (m.segments[i].deleted_list.name[0]) {
            on_file(&m.segments[i].deleted_list);
            count++;
        }
    }
    for (size_t i = 0; i < m.ledger_count; i++, count++)
        on_file(&m.ledgers[i]);
    for (size_t i = 0; i < m.reject_count; i++, count++)
        on_file(&m.rejects[i]);
    return count;
}

static uint64_t bytes_named;

static void add_bytes(const struct manifest_file *file)
{
    bytes_named += file->size;
}

Test(verify, a_sound_archive_is_counted)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_FILES,
                                                         keep, &findings, NULL},
                                &err),
                 STATUS_OK);
    cr_assert_eq(findings.len, 0);
    cr_assert_eq(result.damaged, 0);
    cr_assert_eq(result.articles, 4);
    cr_assert_eq(result.files, each_file(add_bytes));
    cr_assert_eq(result.bytes, bytes_named);
}

/* Two words of the first article change places, in a file that is then
 * published as if it were right. */
static void exchange_words(void)
{
    AUTO_DONE(generation) g;
    cr_assert_eq(generation_begin(&g, path, &err), STATUS_OK);
    struct manifest_segment *s = &g.manifest.segments[0];
    struct manifest_file *file = s->files;
    while (!strstr(file->name, "/tokens"))
        cr_assert_lt(++file - s->files, (ptrdiff_t)s->file_count);
    char name[500];
    size_t size, at = TOKENS_HEADER_SIZE;
    snprintf(name, sizeof name, "%s/%s", path, file->name);
    char *bytes = tempdir_read(name, &size);
    while (bytes[at] < TOKENS_FIRST_WORD || bytes[at + 1] < TOKENS_FIRST_WORD)
        cr_assert_lt(++at, size - 1);
    const char first = bytes[at];
    bytes[at] = bytes[at + 1];
    bytes[at + 1] = first;
    tempdir_write(name, bytes, size);
    file->digest = digest_of(text_make(bytes, size));
    free(bytes);
    cr_assert_eq(generation_publish(&g, 9001, &err), STATUS_OK);
}

Test(verify, deep_finds_what_was_written_wrong)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    struct verify_request request = {path, VERIFY_FILES, keep, &findings, NULL};
    exchange_words();
    cr_assert_eq(verify_archive(&result, &request, &err), STATUS_OK);
    request.depth = VERIFY_ARTICLES;
    cr_assert_eq(verify_archive(&result, &request, &err), STATUS_CORRUPT);
    cr_assert_eq(result.damaged, 1);
    cr_assert_not_null(
        strstr(strbuf_string(&findings),
               "article 1: its token stream has other words than its text"),
        "%s", strbuf_string(&findings));
}

Test(verify, deep_finds_what_was_read_otherwise)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    struct verify_request request = {path, VERIFY_FILES, keep, &findings, NULL};
    const struct article other = version("e", "E");
    archive_fixture_run(path, &(struct fixture_run){.articles = &other,
                                                    .count = 1,
                                                    .now = 9001,
                                                    .misread = true});
    cr_assert_eq(verify_archive(&result, &request, &err), STATUS_OK);
    request.depth = VERIFY_ARTICLES;
    cr_assert_eq(verify_archive(&result, &request, &err), STATUS_CORRUPT);
    cr_assert_eq(result.damaged, 1);
    cr_assert_not_null(
        strstr(strbuf_string(&findings),
               "article 1: its content is not that which was read"),
        "%s", strbuf_string(&findings));
}

Test(verify, an_empty_archive_is_sound)
{
    char *empty = archive_fixture_make();
    struct verify_result result;
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){empty, VERIFY_FILES,
                                                         keep, NULL, NULL},
                                &err),
                 STATUS_OK);
    cr_assert_eq(result.files, 0);
    tempdir_remove(empty);
}

Test(verify, a_folder_that_is_no_archive_is_not_found)
{
    struct verify_result result;
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){
                                    "/nowhere", VERIFY_FILES, keep, NULL, NULL},
                                &err),
                 STATUS_NOT_FOUND);
}

/* Puts other bytes in place of a file for the time of a look. */
static void look_at_file_of(const char *name, const char *bytes, size_t len)
{
    const char *file = tempdir_file(path, name);
    size_t kept_len;
    char *kept = tempdir_read(file, &kept_len);
    tempdir_write(file, bytes, len);
    assert_damaged(name);
    tempdir_write(tempdir_file(path, name), kept, kept_len);
    free(kept);
}

static void flip(const struct manifest_file *file)
{
    size_t len;
    char *bytes = tempdir_read(tempdir_file(path, file->name), &len);
    cr_assert_gt(len, 0);
    const size_t places[] = {0, len / 3, len / 2, len - 1};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bytes[places[i]] ^= 0x10;
        look_at_file_of(file->name, bytes, len);
        bytes[places[i]] ^= 0x10;
    }
    free(bytes);
}

Test(verify, finds_a_flipped_bit_in_every_file)
{
    cr_assert_geq(each_file(flip), 13);
    assert_sound();
}

static void cut(const struct manifest_file *file)
{
    size_t len;
    char *bytes = tempdir_read(tempdir_file(path, file->name), &len);
    look_at_file_of(file->name, bytes, 0);
    look_at_file_of(file->name, bytes, len - 1);
    free(bytes);
}

Test(verify, finds_every_file_that_was_cut)
{
    each_file(cut);
    assert_sound();
}

static void lengthen(const struct manifest_file *file)
{
    size_t len;
    char *bytes = tempdir_read(tempdir_file(path, file->name), &len);
    bytes[len] = 'x'; /* in place of the NUL */
    look_at_file_of(file->name, bytes, len + 1);
    free(bytes);
}

Test(verify, finds_every_file_that_has_grown)
{
    each_file(lengthen);
    assert_sound();
}

static void take_away(const struct manifest_file *file)
{
    const char *name = tempdir_file(path, file->name);
    const char *aside = tempdir_file(path, "aside");
    cr_assert_eq(rename(name, aside), 0);
    assert_damaged(file->name);
    cr_assert_eq(
        rename(tempdir_file(path, "aside"), tempdir_file(path, file->name)), 0);
}

Test(verify, finds_every_file_that_is_missing)
{
    each_file(take_away);
    assert_sound();
}

Test(verify, goes_on_after_a_finding)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    cr_assert_eq(remove(tempdir_file(path, m.segments[0].files[0].name)), 0);
    cr_assert_eq(remove(tempdir_file(path, m.segments[1].files[1].name)), 0);
    cr_assert_eq(remove(tempdir_file(path, m.rejects[0].name)), 0);
    cr_assert_eq(verify_archive(&result,
                                &(struct verify_request){path, VERIFY_FILES,
                                                         keep, &findings, NULL},
                                &err),
                 STATUS_CORRUPT);
    cr_assert_eq(result.damaged, 3);
    cr_assert_eq(result.files, each_file(add_bytes));
    cr_assert_not_null(strstr(err.message, "3 findings"));
}

/* The numbers before each '%' of what a terminal was shown. */
static unsigned read_percents(const char *shown, unsigned *rises)
{
    unsigned last = 0;
    *rises = 0;
    for (const char *at = shown; (at = strstr(at, "verified ")); at++) {
        unsigned percent =
            (unsigned)strtoul(at + strlen("verified "), NULL, 10);
        cr_assert_geq(percent, last, "%s", shown);
        *rises += percent > last;
        last = percent;
    }
    return last;
}

Test(verify, shows_how_far_it_is)
{
    size_t size;
    char *shown;
    FILE *stream = open_memstream(&shown, &size);
    struct verify_result result;
    struct messages messages = {.stream = stream};
    struct progress progress = {
        .messages = &messages, .form = PROGRESS_BAR, .interval_s = 0};
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    const struct verify_request request = {path, VERIFY_FILES, keep, &findings,
                                           &progress};
    cr_assert_eq(verify_archive(&result, &request, &err), STATUS_OK);
    fflush(stream);
    unsigned rises, last = read_percents(shown, &rises);
    cr_assert_eq(last, 100, "%s", shown);
    cr_assert_geq(rises, 5, "%s", shown);
    cr_assert_not_null(strstr(shown, "] 5 articles, "), "%s", shown);
    cr_assert_not(progress.shown);
    fclose(stream);
    free(shown);
}

Test(verify, a_damaged_manifest_is_the_finding)
{
    size_t len;
    char *bytes = tempdir_read(tempdir_file(path, "XAPIANDB"), &len);
    struct verify_result result;
    for (size_t at = 0; at < len; at += 7) {
        bytes[at] ^= 0x01;
        tempdir_write(tempdir_file(path, "XAPIANDB"), bytes, len);
        bytes[at] ^= 0x01;
        enum status status = verify_archive(
            &result,
            &(struct verify_request){path, VERIFY_FILES, keep, NULL, NULL},
            &err);
        cr_assert(status == STATUS_CORRUPT || status == STATUS_VERSION, "%zu",
                  at);
    }
    free(bytes);
}

/* Where every digest is right and the manifest is wrong all the same. */

Test(verify, finds_a_manifest_that_counts_other_deleted_articles)
{
    m.segments[0].deleted++;
    cr_assert_eq(manifest_save(&m, path, &err), STATUS_OK);
    assert_damaged(m.segments[0].name);
}

Test(verify, finds_a_manifest_that_counts_other_articles)
{
    m.segments[1].documents = --m.segments[1].last_docid;
    cr_assert_eq(manifest_save(&m, path, &err), STATUS_OK);
    assert_damaged(m.segments[1].name);
}

Test(verify, finds_a_segment_with_another_uuid)
{
    m.segments[1].uuid[0] = m.segments[1].uuid[0] == 'a' ? 'b' : 'a';
    cr_assert_eq(manifest_save(&m, path, &err), STATUS_OK);
    assert_damaged(m.segments[1].name);
}
