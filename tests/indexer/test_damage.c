/* Damage anywhere in an archive: verify finds all of it, and repair leaves a
 * sound archive without anything that was not there. With MORGUE_LONG, ten
 * thousand cases. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/manifest.h"
#include "indexer/repair.h"
#include "indexer/run.h"
#include "indexer/verify.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

enum { FEW = 60, MANY = 10000, REPAIRED = 10 /* one in so many */ };

static struct error err;
static struct summary summary;
static char *dir, *said;
static char archive[200], copy[200];
static unsigned long long state;

static unsigned draw(size_t count)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)((state >> 33) % count);
}

typedef enum status run_fn(struct summary *out,
                           const struct indexer_settings *settings,
                           struct messages *messages, struct error *err);

static enum status run(run_fn *how, const char *path, const char *source)
{
    const char *const sources[] = {source, NULL};
    struct messages messages;
    size_t size;
    free(said);
    FILE *stream = open_memstream(&said, &size);
    message_init(&messages, "test", stream);
    const struct indexer_settings settings = {.archive = path,
                                              .sources = (char *const *)sources,
                                              .jobs = 1,
                                              .memory = 1 << 20};
    enum status status = how(&summary, &settings, &messages, &err);
    fclose(stream);
    return status;
}

static void add_night(int night, int first, int count)
{
    char name[40];
    snprintf(name, sizeof name, "night%d.jsonl", night);
    FILE *f = fopen(tempdir_file(dir, name), "w");
    for (int i = first; i < first + count; i++)
        fprintf(f,
                "{\"id\":\"a%d\",\"title\":\"T%d of %d\",\"body\":\"Some words "
                "and number %d\",\"date\":\"2022-02-0%d\"}\n",
                i, i, night, i * 7919, night);
    fputs("broken\n", f);
    fclose(f);
    cr_assert_eq(run(run_index, archive, tempdir_file(dir, name)), STATUS_OK,
                 "%s", err.message);
}

static void begin(void)
{
    char *folder = tempdir_make();
    dir = realpath(folder, NULL);
    free(folder);
    snprintf(archive, sizeof archive, "%s/press", dir);
    snprintf(copy, sizeof copy, "%s/copy", dir);
    add_night(1, 0, 40);
    add_night(2, 30, 30);
    add_night(3, 50, 20);
}

static void end(void)
{
    free(said);
    tempdir_remove(dir);
}

TestSuite(damage, .init = begin, .fini = end, .timeout = 3600);

static void remember(void *context, const char *finding)
{
    strbuf_append_format(context, "%s\n", finding);
}

/* Everything that has a digest: by number, false behind the last. */
static bool file_of(const struct manifest *m, size_t number, const char **out)
{
    if (number == 0) {
        *out = "XAPIANDB";
        return true;
    }
    number--;
    for (size_t i = 0; i < m->segment_count; i++) {
        const struct manifest_segment *s = &m->segments[i];
        if (number < s->file_count) {
            *out = s->files[number].name;
            return true;
        }
        number -= s->file_count;
        if (s->deleted_list.name[0] && number-- == 0) {
            *out = s->deleted_list.name;
            return true;
        }
    }
    if (number < m->ledger_count) {
        *out = m->ledgers[number].name;
        return true;
    }
    number -= m->ledger_count;
    if (number >= m->reject_count)
        return false;
    *out = m->rejects[number].name;
    return true;
}

static size_t count_files(const struct manifest *m)
{
    const char *name;
    size_t count = 0;
    while (file_of(m, count, &name))
        count++;
    return count;
}

/* Flips a bit, changes a run of bytes, cuts, or lengthens. */
static void damage(char **bytes, size_t *len)
{
    size_t at = draw(*len);
    switch (draw(4)) {
    case 0:
        (*bytes)[at] ^= (char)(1 << draw(8));
        break;
    case 1:
        for (size_t i = at; i < *len && i < at + 1 + draw(64); i++)
            (*bytes)[i] = (char)~(*bytes)[i];
        break;
    case 2:
        *len = at;
        break;
    default:
        *bytes = realloc(*bytes, *len + 1);
        (*bytes)[(*len)++] = (char)draw(256);
        break;
    }
}

static void copy_archive(void)
{
    char command[800];
    snprintf(command, sizeof command, "rm -rf '%s' && cp -a '%s' '%s'", copy,
             archive, copy);
    cr_assert_eq(system(command), 0);
}

/* That every line of one is a line of the other. */
static bool is_part_of(const char *lines, const char *all)
{
    struct text rest = text_from(lines), line;
    while (rest.len > 0 && text_split(&rest, '\n', &line))
        if (!memmem(all, strlen(all), line.ptr, line.len + 1))
            return false;
    return true;
}

/* What a history says but for the history: "ID TITLE". */
static void strip_history(char *history)
{
    char *to = history;
    for (char *line = history; *line;) {
        char *end = strchr(line, '\n'), *title = line;
        for (int blanks = 0; blanks < 5; title++)
            blanks += *title == ' ';
        char *id_end = strchr(line, ' ');
        memmove(to, line, (size_t)(id_end + 1 - line));
        to += id_end + 1 - line;
        memmove(to, title, (size_t)(end + 1 - title));
        to += end + 1 - title;
        line = end + 1;
    }
    *to = '\0';
}

static void check_repair(unsigned long long seed, const char *name,
                         const char *original)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    cr_assert_eq(run(repair_run, copy, NULL), STATUS_OK, "%llu %s: %s", seed,
                 name, err.message);
    cr_assert_eq(
        verify_archive(&result,
                       &(struct verify_request){copy, VERIFY_FILES, remember,
                                                &findings, NULL},
                       &err),
        STATUS_OK, "%llu %s: %s", seed, name, strbuf_string(&findings));
    char *history = archive_fixture_history(copy);
    strip_history(history);
    if (!strstr(name, ".deleted-"))
        cr_assert(is_part_of(history, original), "%llu %s: %s", seed, name,
                  said);
    free(history);
}

static void try_case(const struct manifest *m, unsigned long long seed,
                     const char *original)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    const char *name = NULL;
    size_t len, before;
    state = seed;
    cr_assert(file_of(m, draw(count_files(m)), &name));
    char path[1400];
    snprintf(path, sizeof path, "%s/%s", archive, name);
    char *pristine = tempdir_read(path, &before), *bytes = malloc(before + 1);
    memcpy(bytes, pristine, before);
    len = before;
    damage(&bytes, &len);
    tempdir_write(path, bytes, len);
    enum status status =
        verify_archive(&result,
                       &(struct verify_request){archive, VERIFY_FILES, remember,
                                                &findings, NULL},
                       &err);
    cr_assert_neq(status, STATUS_OK, "%llu: %s", seed, name);
    bool manifest = strcmp(name, "XAPIANDB") == 0;
    if (!manifest)
        cr_assert(strstr(strbuf_string(&findings), name), "%llu: %s", seed,
                  name);
    if (!manifest && seed % REPAIRED == 0) {
        copy_archive();
        check_repair(seed, name, original);
    }
    tempdir_write(path, pristine, before);
    free(pristine);
    free(bytes);
}

Test(damage, is_found_wherever_it_is_and_repaired)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    AUTO_DONE(manifest) m = {0};
    cr_assert_eq(manifest_load(&m, archive, &err), STATUS_OK);
    cr_assert_eq(m.segment_count, 3);
    cr_assert_gt(count_files(&m), 20);
    char *original = archive_fixture_history(archive);
    strip_history(original);
    int cases = getenv("MORGUE_LONG") ? MANY : FEW;
    for (int i = 0; i < cases; i++)
        try_case(&m, (unsigned long long)i, original);
    cr_assert_eq(
        verify_archive(&result,
                       &(struct verify_request){archive, VERIFY_FILES, remember,
                                                &findings, NULL},
                       &err),
        STATUS_OK, "%s", strbuf_string(&findings));
    free(original);
}

/* --- repairs in particular --------------------------------------------------
 */

/* Flips the middle of such a file of the first segment. */
static void break_file(const char *name)
{
    AUTO_DONE(manifest) m = {0};
    cr_assert_eq(manifest_load(&m, archive, &err), STATUS_OK);
    char path[1400];
    snprintf(path, sizeof path, "%s/segments/%s/%s", archive,
             m.segments[0].name, name);
    size_t len;
    char *bytes = tempdir_read(path, &len);
    for (size_t i = len / 4; i < len; i++)
        bytes[i] = (char)~bytes[i];
    tempdir_write(path, bytes, len);
    free(bytes);
}

static void remove_sources(void)
{
    for (int night = 1; night <= 3; night++) {
        char name[40];
        snprintf(name, sizeof name, "night%d.jsonl", night);
        unlink(tempdir_file(dir, name));
    }
}

static void assert_repaired(unsigned articles, unsigned gone)
{
    struct verify_result result;
    AUTO_DONE(strbuf) findings = STRBUF_INIT(1 << 16);
    cr_assert_eq(run(repair_run, archive, NULL), STATUS_OK, "%s", err.message);
    cr_assert_eq(summary.missing, gone, "%d: %s", (int)summary.missing, said);
    cr_assert_eq(
        verify_archive(&result,
                       &(struct verify_request){archive, VERIFY_FILES, remember,
                                                &findings, NULL},
                       &err),
        STATUS_OK, "%s", strbuf_string(&findings));
    cr_assert_eq(result.articles, articles);
}

Test(damage, of_tokens_and_vocabulary_loses_nothing)
{
    char *before = archive_fixture_history(archive);
    remove_sources();
    break_file("tokens");
    break_file("vocabulary");
    assert_repaired(70, 0);
    char *after = archive_fixture_history(archive);
    cr_assert_str_eq(after, before);
    free(before);
    free(after);
}

Test(damage, of_the_index_loses_only_the_history)
{
    remove_sources();
    break_file("postlist.glass");
    assert_repaired(70, 0);
    cr_assert_not_null(strstr(said, "without their history"));
}

Test(damage, of_the_records_is_made_good_from_the_sources)
{
    break_file("docdata.glass");
    assert_repaired(70, 0);
    cr_assert_not_null(strstr(said, "could not be read"));
}

Test(damage, of_the_records_without_sources_names_what_is_gone)
{
    remove_sources();
    break_file("docdata.glass");
    assert_repaired(40, 30);
    cr_assert_not_null(strstr(said, "article 'a7' is gone"), "%s", said);
}

Test(damage, of_nothing_is_repaired_without_a_change)
{
    AUTO_DONE(manifest) m = {0};
    cr_assert_eq(manifest_load(&m, archive, &err), STATUS_OK);
    assert_repaired(70, 0);
    cr_assert_eq(summary.damaged, 0);
    cr_assert_eq(summary.generation, m.generation);
}

Test(damage, of_the_manifest_is_not_repaired)
{
    tempdir_write(tempdir_file(archive, "XAPIANDB"), "# morgue archive 1\n",
                  19);
    cr_assert_eq(run(repair_run, archive, NULL), STATUS_CORRUPT);
    cr_assert_not_null(strstr(err.message, "cannot be repaired"), "%s",
                       err.message);
}
