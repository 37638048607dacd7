#include "indexer/ledger.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/strbuf.h"
#include "tests/support/tempdir.h"

static struct error err;

static struct stat look(uint64_t n)
{
    return (struct stat){.st_size = (off_t)n,
                         .st_ino = n + 1,
                         .st_dev = 7,
                         .st_mtim = {1644259500, (long)n % 1000}};
}

static char *make_archive(struct manifest *m)
{
    char *archive = tempdir_make();
    mkdir(tempdir_file(archive, "ledger"), 0777);
    manifest_init(m, "english");
    return archive;
}

static struct ledger *load(const struct manifest *m, const char *archive)
{
    struct ledger *l = NULL;
    cr_assert_eq(ledger_load(&l, m, archive, &err), STATUS_OK, "%s",
                 err.message);
    return l;
}

static void note(struct ledger *l, const char *path, uint64_t n)
{
    struct stat info = look(n);
    cr_assert_eq(
        ledger_note(l, path,
                    &(struct ledger_reading){.info = &info, .articles = n},
                    &err),
        STATUS_OK, "%s", err.message);
}

/* The articles of an unchanged file; -1 if it must be read. */
static int64_t known(const struct ledger *l, const char *path, uint64_t n)
{
    struct stat info = look(n);
    uint64_t articles = 0;
    return ledger_is_unchanged(l, path, &info, &articles) ? (int64_t)articles
                                                          : -1;
}

static void save(struct ledger *l, struct manifest *m)
{
    cr_assert_eq(ledger_save(l, m, &err), STATUS_OK, "%s", err.message);
    m->generation++;
}

Test(ledger, knows_what_was_noted_in_this_run_and_before)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    struct ledger *l = load(&m, archive);
    cr_assert_eq(known(l, "/a/x.jsonl", 5), -1);
    note(l, "/a/x.jsonl", 5);
    note(l, "/a/y.txt", 1);
    cr_assert_eq(known(l, "/a/x.jsonl", 5), 5);
    save(l, &m);
    cr_assert_eq(known(l, "/a/x.jsonl", 5), 5);
    ledger_free(l);
    cr_assert_eq(m.ledger_count, 1);
    l = load(&m, archive);
    cr_assert_eq(known(l, "/a/x.jsonl", 5), 5);
    cr_assert_eq(known(l, "/a/y.txt", 1), 1);
    cr_assert_eq(known(l, "/a/y.tx", 1), -1);
    ledger_free(l);
    tempdir_remove(archive);
}

Test(ledger, any_difference_means_reading_again)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    note(l, "x", 5);
    uint64_t articles = 99;
    struct stat changed[5];
    for (int i = 0; i < 5; i++)
        changed[i] = look(5);
    changed[0].st_size++;
    changed[1].st_mtim.tv_sec--;
    changed[2].st_mtim.tv_nsec++;
    changed[3].st_ino++;
    changed[4].st_dev++;
    for (int i = 0; i < 5; i++)
        cr_assert_not(ledger_is_unchanged(l, "x", &changed[i], &articles));
    cr_assert_eq(articles, 99);
    tempdir_remove(archive);
}

Test(ledger, what_is_forgotten_is_read_again)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    struct ledger *l = load(&m, archive);
    note(l, "x", 5);
    save(l, &m);
    cr_assert_eq(ledger_forget(l, "x", &err), STATUS_OK);
    cr_assert_eq(known(l, "x", 5), -1);
    save(l, &m);
    ledger_free(l);
    l = load(&m, archive);
    cr_assert_eq(known(l, "x", 5), -1);
    struct stat info = look(5);
    struct ledger_reading grown;
    cr_assert_not(ledger_has_grown(l, "x", &info, &grown));
    ledger_free(l);
    tempdir_remove(archive);
}

Test(ledger, the_latest_note_of_a_file_counts)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    note(l, "x", 5);
    note(l, "x", 6);
    save(l, &m);
    note(l, "y", 1);
    note(l, "x", 8);
    save(l, &m);
    for (int again = 0; again < 2; again++) {
        cr_assert_eq(known(l, "x", 8), 8);
        cr_assert_eq(known(l, "x", 6), -1);
        cr_assert_eq(known(l, "x", 5), -1);
        ledger_free(l);
        l = load(&m, archive);
    }
    tempdir_remove(archive);
}

Test(ledger, saving_without_notes_changes_nothing)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    save(l, &m);
    cr_assert_eq(m.ledger_count, 0);
    note(l, "x", 1);
    save(l, &m);
    save(l, &m);
    cr_assert_eq(m.ledger_count, 1);
    tempdir_remove(archive);
}

Test(ledger, paths_may_hold_any_byte)
{
    static const char *const paths[] = {"a\tb",
                                        "a\nb",
                                        "a%b",
                                        "a%09b",
                                        "\x01\x1f\x7f",
                                        "\xff\xfe not utf-8",
                                        "zeitung/\xc3\xbc"
                                        "ber.txt",
                                        " ",
                                        "%",
                                        "\r"};
    enum { COUNT = sizeof paths / sizeof *paths };
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    for (int i = 0; i < COUNT; i++)
        note(l, paths[i], 10 + (uint64_t)i);
    save(l, &m);
    ledger_free(l);
    l = load(&m, archive);
    for (int i = 0; i < COUNT; i++)
        cr_assert_eq(known(l, paths[i], 10 + (uint64_t)i), 10 + i, "%d", i);
    char *text = tempdir_read(tempdir_file(archive, m.ledgers[0].name), NULL);
    cr_assert(strstr(text, "\na%09b\t10\t"));
    cr_assert(strstr(text, "\na%2509b\t13\t"));
    free(text);
    tempdir_remove(archive);
}

Test(ledger, times_before_1970_and_far_away_are_kept)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    struct stat info = look(1);
    uint64_t articles;
    static const time_t seconds[] = {-1, INT64_MIN, INT64_MAX, 0};
    for (int i = 0; i < 4; i++) {
        info.st_mtim.tv_sec = seconds[i];
        cr_assert_eq(
            ledger_note(l, "x",
                        &(struct ledger_reading){.info = &info, .articles = 1},
                        &err),
            STATUS_OK);
        save(l, &m);
        ledger_free(l);
        l = load(&m, archive);
        cr_assert(ledger_is_unchanged(l, "x", &info, &articles));
    }
    tempdir_remove(archive);
}

Test(ledger, merging_drops_what_was_noted_again_later)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    for (uint64_t night = 0; night < 8; night++) {
        note(l, "today", night);
        if (night == 3)
            note(l, "once", 1);
        save(l, &m);
    }
    cr_assert_eq(m.ledger_count, 1);
    char *text = tempdir_read(tempdir_file(archive, m.ledgers[0].name), NULL);
    char *today = strstr(text, "today\t");
    cr_assert(today && !strstr(today + 1, "today\t"), "%s", text);
    free(text);
    ledger_free(l);
    l = load(&m, archive);
    cr_assert_eq(known(l, "today", 7), 7);
    cr_assert_eq(known(l, "once", 1), 1);
    tempdir_remove(archive);
}

Test(ledger, a_thousand_nights_stay_few_files_and_cheap)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    uint64_t written = 0;
    size_t most = 0;
    char path[100];
    for (unsigned night = 0; night < 1000; night++) {
        for (unsigned i = 0; i < 3; i++) {
            snprintf(path, sizeof path, "/wire/%u-%u.jsonl", night, i);
            note(l, path, night);
        }
        note(l, "/wire/today.jsonl", night);
        save(l, &m);
        written += m.ledgers[m.ledger_count - 1].size;
        if (m.ledger_count > most)
            most = m.ledger_count;
    }
    cr_assert_leq(most, 30);
    ledger_free(l);
    l = load(&m, archive);
    uint64_t total = 0;
    for (size_t i = 0; i < m.ledger_count; i++)
        total += m.ledgers[i].size;
    /* log8(1000) = 3.3; lines that were superseded count as written, too. */
    cr_assert_leq(written, 6 * total, "%.2f", (double)written / total);
    cr_assert_eq(known(l, "/wire/0-0.jsonl", 0), 0);
    cr_assert_eq(known(l, "/wire/999-2.jsonl", 999), 999);
    cr_assert_eq(known(l, "/wire/today.jsonl", 999), 999);
    cr_assert_eq(known(l, "/wire/today.jsonl", 998), -1);
    tempdir_remove(archive);
}

Test(ledger, a_missing_or_damaged_file_is_named)
{
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    struct ledger *l = load(&m, archive);
    note(l, "x", 1);
    save(l, &m);
    ledger_free(l);
    l = NULL;
    const char *path = tempdir_file(archive, m.ledgers[0].name);
    unlink(path);
    cr_assert_eq(ledger_load(&l, &m, archive, &err), STATUS_CORRUPT);
    cr_assert_null(l);
    cr_assert(strstr(err.message, m.ledgers[0].name), "%s", err.message);
    tempdir_remove(archive);
}

Test(ledger, lines_of_another_form_are_damage)
{
    static const char *const bad[] = {"",
                                      "x",
                                      "x\t1\t2\t3\t4",
                                      "\t1\t2\t3\t4\t5",
                                      "x\t1\t2\t3\t4\t5\t6",
                                      "x\t1\t2\t3\t4\t5\t6\t7\t8",
                                      "x\t1\t2\t3\t4\t5\t6\t7\t8\tab",
                                      "x\t1\t2\t3\t4\t5 ",
                                      "x\t1\t2\t3\t4\t-5",
                                      "x\t1\t2\t3\t\t5",
                                      "x\t01\t2\t3\t4\t5",
                                      "x\t18446744073709551616\t2\t3\t4\t5"};
    AUTO_DONE(manifest) m;
    char *archive = make_archive(&m);
    struct manifest_file *file = manifest_add_ledger(&m);
    snprintf(file->name, sizeof file->name, "ledger/x");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[200];
        int len = snprintf(text, sizeof text, "morgue ledger 1\n%s\n", bad[i]);
        file->size = (uint64_t)len;
        file->digest = digest_of(text_from(text));
        tempdir_write(tempdir_file(archive, "ledger/x"), text, (size_t)len);
        struct ledger *l = NULL;
        cr_assert_eq(ledger_load(&l, &m, archive, &err), STATUS_CORRUPT, "'%s'",
                     bad[i]);
        cr_assert(strstr(err.message, "'ledger/x' line 2 is damaged"), "%s",
                  err.message);
    }
    tempdir_remove(archive);
}

static void append_path(void *context, const char *path)
{
    strbuf_append_format(context, "[%s]", path);
}

Test(ledger, tells_every_path_as_it_was)
{
    AUTO_DONE(manifest) m;
    AUTO_DONE(strbuf) paths = STRBUF_INIT(1000);
    char *archive = make_archive(&m);
    AUTO(ledger) l = load(&m, archive);
    note(l, "/a\tb%41\n", 1);
    note(l, "/\xc3\xa9%", 2);
    save(l, &m);
    cr_assert_eq(ledger_each_path(&m, archive, append_path, &paths, &err),
                 STATUS_OK, "%s", err.message);
    cr_assert_str_eq(strbuf_string(&paths), "[/a\tb%41\n][/\xc3\xa9%]");
    tempdir_remove(archive);
}
