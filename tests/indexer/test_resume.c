#include "indexer/resume.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/strbuf.h"
#include "tests/support/gzip.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *dir;
static struct manifest m;
static struct ledger *ledger;

static void begin(void)
{
    dir = tempdir_make();
    mkdir(tempdir_file(dir, "ledger"), 0777);
    manifest_init(&m, "english");
    cr_assert_eq(ledger_load(&ledger, &m, dir, &err), STATUS_OK);
}

static void end(void)
{
    ledger_free(ledger);
    tempdir_remove(dir);
    manifest_done(&m);
}

TestSuite(resume, .init = begin, .fini = end);

#define A "{\"id\":\"a\",\"title\":\"A\"}\n"
#define B "{\"id\":\"b\",\"title\":\"B\"}\n"
#define C "{\"id\":\"c\",\"title\":\"C\"}\n"

static const char *file(void)
{
    return tempdir_file(dir, "x.jsonl");
}

static void append(struct text t)
{
    int fd = open(file(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    cr_assert_eq(write(fd, t.ptr, t.len), (ssize_t)t.len);
    close(fd);
}

static void append_gzip(const char *content)
{
    AUTO_DONE(strbuf) member = STRBUF_INIT(1 << 16);
    gzip_append(&member, text_from(content));
    append(strbuf_text(&member));
}

static void rewrite(const char *content)
{
    int fd = open(file(), O_WRONLY | O_TRUNC);
    cr_assert_eq(write(fd, content, strlen(content)), (ssize_t)strlen(content));
    close(fd);
}

static struct source look(void)
{
    struct source s = {.path = file(), .canonical = file()};
    cr_assert_eq(stat(file(), &s.info), 0);
    return s;
}

static enum status next(struct reader *reader, struct strbuf *seen)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct article a;
    enum status status = reader_next(reader, &arena, &a, &err);
    if (status == STATUS_OK)
        strbuf_append_format(seen, "%.*s:%d@%d ", TEXT_ARG(a.id),
                             (int)a.origin.line, (int)a.origin.offset);
    if (status == STATUS_SOURCE)
        strbuf_append_format(seen, "%s ", reader->reject_reason);
    return status;
}

/* Reads on, or from the beginning, `limit` articles and notes that. What was
 * read stands in the answer: "ID:LINE@OFFSET " and reasons of rejections. */
static const char *read_up_to(int limit)
{
    static char shown[200];
    AUTO_DONE(strbuf) seen = STRBUF_INIT(sizeof shown);
    AUTO(reader) reader = NULL;
    struct source source = look();
    struct ledger_reading known;
    if (resume_find(&known, ledger, &source)) {
        strbuf_append_string(&seen, "on: ");
        cr_assert_eq(reader_open_at(&reader, file(), &known.place, &err),
                     STATUS_OK);
    } else {
        cr_assert_eq(reader_open(&reader, file(), NULL, &err), STATUS_OK);
    }
    enum status status = STATUS_OK;
    while (limit-- > 0 && status != STATUS_END)
        status = next(reader, &seen);
    const struct resume_reading reading = {
        .source = &source,
        .reader = reader,
        .extent = status == STATUS_END ? RESUME_WHOLE : RESUME_PART};
    cr_assert_eq(resume_note(ledger, &reading, &err), STATUS_OK);
    snprintf(shown, sizeof shown, "%s", strbuf_string(&seen));
    return shown;
}

#define READS(expected) cr_assert_str_eq(read_up_to(100), expected)

Test(resume, a_file_that_grew_is_read_on)
{
    append(text_from(A B));
    READS("a:1@0 b:2@23 ");
    append(text_from(C));
    READS("on: c:3@46 ");
    append(text_from("\n\nbroken\n" A));
    READS("on: bad-json a:7@78 ");
}

Test(resume, a_line_without_its_end_is_read_again)
{
    append(text_from(A "{\"id\":\"b\","));
    READS("a:1@0 bad-json ");
    append(text_from("\"title\":\"B\"}"));
    READS("on: b:2@23 ");
    append(text_from("\n" C));
    READS("on: b:2@23 c:3@46 ");
}

Test(resume, a_gzip_file_is_read_on_where_members_were_added)
{
    append_gzip(A);
    append_gzip(B);
    READS("a:1@0 b:2@23 ");
    append_gzip(C);
    READS("on: c:3@46 ");
    append(text_from("junk"));
    READS("on: junk-after-gzip ");
}

Test(resume, a_gzip_file_that_ends_within_a_line_or_a_member_is_not_read_on)
{
    append_gzip(A "{\"id\":\"b\",");
    READS("a:1@0 bad-json ");
    append_gzip("\"title\":\"B\"}\n");
    READS("a:1@0 b:2@23 ");
    AUTO_DONE(strbuf) member = STRBUF_INIT(1 << 16);
    gzip_append(&member, text_from(C));
    append(text_slice(strbuf_text(&member), 0, member.len - 5));
    READS("on: c:3@46 truncated-gzip ");
    append(text_slice(strbuf_text(&member), member.len - 5, member.len));
    READS("a:1@0 b:2@23 c:3@46 ");
}

Test(resume, what_was_read_in_part_is_read_on_though_it_did_not_grow)
{
    append(text_from(A B C));
    cr_assert_str_eq(read_up_to(1), "a:1@0 ");
    struct source source = look();
    uint64_t articles;
    cr_assert_not(ledger_is_unchanged(ledger, file(), &source.info, &articles));
    cr_assert_str_eq(read_up_to(1), "on: b:2@23 ");
    READS("on: c:3@46 ");
    cr_assert(ledger_is_unchanged(ledger, file(), &source.info, &articles));
}

Test(resume, a_part_of_a_gzip_file_is_no_place)
{
    append_gzip(A B C);
    cr_assert_str_eq(read_up_to(1), "a:1@0 ");
    READS("a:1@0 b:2@23 c:3@46 ");
}

Test(resume, a_file_that_was_written_anew_is_read_anew)
{
    append(text_from(A B));
    READS("a:1@0 b:2@23 ");
    rewrite(B B C);
    READS("b:1@0 b:2@23 c:3@46 ");
    rewrite(A);
    READS("a:1@0 ");
}

Test(resume, a_file_that_was_only_touched_is_read_anew)
{
    append(text_from(A B));
    READS("a:1@0 b:2@23 ");
    const struct timespec times[] = {{5, 0}, {5, 0}};
    cr_assert_eq(utimensat(AT_FDCWD, file(), times, 0), 0);
    READS("a:1@0 b:2@23 ");
}

Test(resume, only_what_would_be_read_as_lines_from_its_beginning_is_read_on)
{
    append(text_from("A letter\n\nIt is no JSON.\n"));
    cr_assert_not(reader_can_go_on(file(), NULL));
    cr_assert(reader_can_go_on(file(), reader_format_by_name("jsonl")));
    rewrite(A);
    cr_assert(reader_can_go_on(file(), NULL));
    cr_assert_not(reader_can_go_on(file(), reader_format_by_name("text")));
    cr_assert_not(reader_can_go_on("/nowhere", NULL));
}

Test(resume, another_file_of_the_name_is_read_anew)
{
    append(text_from(A));
    READS("a:1@0 ");
    rename(file(), tempdir_file(dir, "old"));
    append(text_from(A B));
    READS("a:1@0 b:2@23 ");
}

Test(resume, objects_in_a_row_or_an_array_are_read_from_the_beginning)
{
    append(text_from("[\n" A ","));
    READS("a:2@2 bad-json ");
    append(text_from(B "]"));
    READS("a:2@2 b:3@26 ");
}

Test(resume, plain_text_is_read_from_the_beginning)
{
    append(text_from("A title\n\nA body.\n"));
    READS(":0@0 ");
    append(text_from("More.\n"));
    READS(":0@0 ");
}

Test(resume, the_place_outlives_the_run)
{
    append(text_from(A));
    READS("a:1@0 ");
    cr_assert_eq(ledger_save(ledger, &m, &err), STATUS_OK);
    ledger_free(ledger);
    cr_assert_eq(ledger_load(&ledger, &m, dir, &err), STATUS_OK, "%s",
                 err.message);
    append(text_from(B));
    READS("on: b:2@23 ");
}
