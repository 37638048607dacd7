#include "common/manifest.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/strbuf.h"
#include "tests/support/tempdir.h"

static struct error err;

static void set_file(struct manifest_file *file, const char *name)
{
    snprintf(file->name, sizeof file->name, "%s", name);
    file->size = strlen(name);
    file->digest = digest_of(text_from(name));
}

static void add_segment(struct manifest *m, const char *name, char digit)
{
    struct manifest_segment *s = manifest_add_segment(m);
    char path[100];
    snprintf(s->name, sizeof s->name, "%s", name);
    snprintf(s->uuid, sizeof s->uuid, "4d6d7d59-1eba-4d1d-b877-c0f9ff0feea%c",
             digit);
    s->documents = 40;
    s->last_docid = 41;
    s->text_bytes = 123456;
    snprintf(path, sizeof path, "segments/%s/postlist.glass", name);
    set_file(&s->files[s->file_count++], path);
    snprintf(path, sizeof path, "segments/%s/tokens", name);
    set_file(&s->files[s->file_count++], path);
}

static void make_sample(struct manifest *m)
{
    manifest_init(m, "english");
    snprintf(m->id, sizeof m->id, "4d6d7d59-1eba-4d1d-b877-c0f9ff0feea6");
    m->generation = 12;
    m->published = 1644259500;
    m->next_sequence = 81;
    add_segment(m, "g9-4a1be8c07d21", '1');
    add_segment(m, "g12-00e0ff8212ab", '2');
    m->segments[0].deleted = 3;
    set_file(&m->segments[0].deleted_list,
             "segments/g9-4a1be8c07d21.deleted-12");
    set_file(manifest_add_ledger(m), "ledger/g9-5c1f00aa31e7");
    set_file(manifest_add_ledger(m), "ledger/g12-8d0000000001");
    set_file(manifest_add_reject(m), "rejects/g12-8d0000000002");
}

static enum status parse(struct text content)
{
    AUTO_DONE(manifest) m = {.generation = 0};
    return manifest_parse(&m, content, "x/XAPIANDB", &err);
}

/* Ends `b` with the digest line that it ought to have. */
static void add_digest(struct strbuf *b)
{
    struct digest d = digest_of(strbuf_text(b));
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&d, hex);
    strbuf_append_format(b, "# digest %s\n", hex);
}

/* The sample with the first `from` replaced by `to`, and the right digest. */
static enum status parse_changed(const char *from, const char *to)
{
    AUTO_DONE(manifest) m;
    make_sample(&m);
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    manifest_print(&m, &text);
    strbuf_truncate(&text, text.len - 42);
    char *at = strstr(text.ptr, from);
    cr_assert(at, "'%s' is not in the sample", from);
    AUTO_DONE(strbuf) changed = STRBUF_INIT(1 << 20);
    strbuf_append(&changed, text_make(text.ptr, (size_t)(at - text.ptr)));
    strbuf_append_string(&changed, to);
    strbuf_append_string(&changed, at + strlen(from));
    add_digest(&changed);
    return parse(strbuf_text(&changed));
}

Test(manifest, prints_and_parses_back)
{
    AUTO_DONE(manifest) m;
    make_sample(&m);
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    AUTO_DONE(strbuf) again = STRBUF_INIT(1 << 20);
    manifest_print(&m, &text);
    AUTO_DONE(manifest) read;
    cr_assert_eq(manifest_parse(&read, strbuf_text(&text), "x", &err),
                 STATUS_OK, "%s", err.message);
    cr_assert_str_eq(read.id, m.id);
    cr_assert_eq(read.generation, 12);
    cr_assert_eq(read.published, 1644259500);
    cr_assert_str_eq(read.language, "english");
    cr_assert_eq(read.next_sequence, 81);
    cr_assert_eq(read.segment_count, 2);
    cr_assert_eq(read.segments[0].deleted, 3);
    cr_assert_str_eq(read.segments[0].deleted_list.name,
                     "segments/g9-4a1be8c07d21.deleted-12");
    cr_assert_str_eq(read.segments[1].deleted_list.name, "");
    cr_assert_eq(read.segments[1].file_count, 2);
    cr_assert_eq(read.segments[1].last_docid, 41);
    cr_assert_eq(read.segments[1].text_bytes, 123456);
    cr_assert_eq(read.ledger_count, 2);
    cr_assert_eq(read.reject_count, 1);
    cr_assert(digest_equal(&read.rejects[0].digest, &m.rejects[0].digest));
    cr_assert_eq(manifest_articles(&read), 77);
    manifest_print(&read, &again);
    cr_assert(text_equal(strbuf_text(&text), strbuf_text(&again)));
}

Test(manifest, an_archive_without_articles_is_one)
{
    AUTO_DONE(manifest) m;
    manifest_init(&m, "none");
    cr_assert_eq(m.generation, 0);
    cr_assert_eq(m.published, TIMESTAMP_UNKNOWN);
    m.generation = 1;
    m.published = 0;
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    manifest_print(&m, &text);
    cr_assert_eq(parse(strbuf_text(&text)), STATUS_OK, "%s", err.message);
    cr_assert_eq(manifest_articles(&m), 0);
}

Test(manifest, every_archive_has_another_id)
{
    AUTO_DONE(manifest) a;
    AUTO_DONE(manifest) b;
    manifest_init(&a, "english");
    manifest_init(&b, "english");
    cr_assert_eq(strlen(a.id), 36);
    cr_assert_eq(a.id[14], '4');
    cr_assert_str_neq(a.id, b.id);
}

Test(manifest, a_cut_is_found_at_every_byte)
{
    AUTO_DONE(manifest) m;
    make_sample(&m);
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    manifest_print(&m, &text);
    for (size_t len = 0; len < text.len; len++) {
        cr_assert_eq(parse(text_make(text.ptr, len)), STATUS_CORRUPT, "%zu",
                     len);
        cr_assert_eq(parse(text_make(text.ptr + len + 1, text.len - len - 1)),
                     STATUS_CORRUPT, "first %zu missing", len + 1);
    }
}

Test(manifest, a_changed_bit_is_found_at_every_byte)
{
    AUTO_DONE(manifest) m;
    make_sample(&m);
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    manifest_print(&m, &text);
    for (size_t i = 0; i < text.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            text.ptr[i] = (char)(text.ptr[i] ^ (1 << bit));
            cr_assert_eq(parse(strbuf_text(&text)), STATUS_CORRUPT,
                         "byte %zu bit %d", i, bit);
            text.ptr[i] = (char)(text.ptr[i] ^ (1 << bit));
        }
    cr_assert_eq(parse(strbuf_text(&text)), STATUS_OK);
}

/* The sample with its line number `which` (from 0) taken `times` times, and
 * the right digest; `*line` is that line. */
static enum status parse_with_line(size_t which, int times, struct text *line)
{
    AUTO_DONE(manifest) m;
    make_sample(&m);
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    AUTO_DONE(strbuf) changed = STRBUF_INIT(1 << 20);
    static char kept[200];
    manifest_print(&m, &text);
    strbuf_truncate(&text, text.len - 42);
    struct text rest = strbuf_text(&text), one;
    *line = text_make(NULL, 0);
    for (size_t i = 0; text_split(&rest, '\n', &one) && rest.ptr; i++) {
        if (i == which)
            *line = text_make(memcpy(kept, one.ptr, one.len), one.len);
        for (int j = 0; j < (i == which ? times : 1); j++)
            strbuf_append_format(&changed, "%.*s\n", TEXT_ARG(one));
    }
    add_digest(&changed);
    return parse(strbuf_text(&changed));
}

/* Files may be dropped from a list: only the digest can tell. */
static bool is_of_list(struct text line)
{
    return text_starts_with(line, text_from("# file ")) ||
           text_starts_with(line, text_from("# ledger ")) ||
           text_starts_with(line, text_from("# rejects "));
}

Test(manifest, a_missing_or_doubled_line_is_found)
{
    size_t which = 0;
    for (struct text line;; which++) {
        enum status status = parse_with_line(which, 2, &line);
        if (!line.ptr)
            break;
        cr_assert_eq(status, STATUS_CORRUPT, "twice: %.*s", TEXT_ARG(line));
        status = parse_with_line(which, 0, &line);
        cr_assert_eq(status == STATUS_OK, is_of_list(line), "without: %.*s",
                     TEXT_ARG(line));
    }
    cr_assert_eq(which, 20);
}

Test(manifest, says_in_which_line_it_is_wrong)
{
    cr_assert_eq(parse_changed("analyzer 1", "analyzer x"), STATUS_CORRUPT);
    cr_assert_str_eq(err.message,
                     "'x/XAPIANDB' line 6: expected '# analyzer VERSION'");
    cr_assert_neq(err.offset, ERROR_NO_OFFSET);
}

struct change {
    char from[60], to[120];
};

Test(manifest, every_field_is_strict)
{
    static const struct change bad[] = {
        {"archive 1\n", "archive 01\n"},
        {"archive 1\n", "archive 1 \n"},
        {"archive 1\n", "archive 1\r\n"},
        {"# id 4", "# id g"},
        {"# id ", "# id  "},
        {"generation 12", "generation 012"},
        {"generation 12", "generation -12"},
        {"generation 12", "generation 0"},
        {"generation 12", "generation 1000000000000"},
        {"generation 12", "generation 99999999999999999999999999"},
        {"published 1", "published -1"},
        {"published 1644259500", "published 253402300800"},
        {"language english", "language "},
        {"language english", "language eng lish"},
        {"language english", "language e234567890123456789012345678901x"},
        {"analyzer 1", "analyzer 4294967296"},
        {"analyzer 1", "analyzer 0"},
        {"record 3", "record 0"},
        {"sequence 81", "sequence 0"},
        {"sequence 81", "sequence 18446744073709551616"},
        {"# segment g9", "# segment ../g9"},
        {"# segment g9", "# segment .g9"},
        {"# segment g9", "# segment a/g9"},
        {"# segment g9", "# segment g9.x"},
        {"# segment g9-4a1be8c07d21", "# segment g12-00e0ff8212ab"},
        {"ea1 doc", "ea2 doc"},
        {"ea1 doc", "eA1 doc"},
        {"documents 40", "documents 42"},
        {"documents 40", "documents 2"},
        {"documents 40", "documents"},
        {"deleted 3", "deleted 0"},
        {"deleted 0", "deleted 1"},
        {"last-docid 41", "last-docid 39"},
        {"last-docid 41", "last-docid 16777217"},
        {"text-bytes 123456", "text-bytes 9223372036854775808"},
        {"text-bytes 123456", "text-bytes 123456 "},
        {"g9-4a1be8c07d21/tokens", "g9-4a1be8c07d21/.tokens"},
        {"g9-4a1be8c07d21/tokens", "g9-4a1be8c07d21/../../tokens"},
        {"g9-4a1be8c07d21/tokens", "g9-4a1be8c07d21/a..b"},
        {"g9-4a1be8c07d21/tokens", "g9-4a1be8c07d21/postlist.glass"},
        {"g9-4a1be8c07d21/tokens", "g12-00e0ff8212ab/tokens"},
        {"file segments/g9-4a1be8c07d21/tokens", "file /etc/passwd"},
        {"tokens 31 ", "tokens 031 "},
        {"tokens 31 ", "tokens 31  "},
        {"tokens 31 ", "tokens 31"},
        {"segments/g9-4a1be8c07d21.deleted-12",
         "segments/g12-00e0ff8212ab.deleted-12"},
        {"segments/g9-4a1be8c07d21.deleted-12",
         "segments/g9-4a1be8c07d21.deleted-012"},
        {"g9-4a1be8c07d21.deleted-12", "../g9-4a1be8c07d21.deleted-12"},
        {"# ledger ledger/g9-5c1f00aa31e7", "# ledger rejects/g9-5c1f00aa31e7"},
        {"# ledger ledger/g9-5c1f00aa31e7", "# ledger ledger/../x"},
        {"# ledger ledger/g9-5c1f00aa31e7", "# ledger ledger/"},
        {"ledger/g9-5c1f00aa31e7", "ledger/g12-8d0000000001"},
        {"ledger/g9-5c1f00aa31e7",
         "ledger/g9-5c1f00aa31e7-and-so-on-far-beyond-what-a-name-may-have"},
        {"glass segments/g9-4a1be8c07d21", "glass segments/g12-00e0ff8212ab"},
        {"glass segments", "auto segments"},
        {"glass segments/g9-4a1be8c07d21\n", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_eq(parse_changed(bad[i].from, bad[i].to), STATUS_CORRUPT,
                     "'%s' for '%s'", bad[i].to, bad[i].from);
        cr_assert(strstr(err.message, " line "), "%s", err.message);
    }
    cr_assert_eq(parse_changed("english", "german"), STATUS_OK, "%s",
                 err.message);
}

Test(manifest, nothing_may_follow_the_digest)
{
    AUTO_DONE(manifest) m;
    make_sample(&m);
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    manifest_print(&m, &text);
    strbuf_append_char(&text, '\n');
    cr_assert_eq(parse(strbuf_text(&text)), STATUS_CORRUPT);
    strbuf_truncate(&text, text.len - 1);
    add_digest(&text);
    cr_assert_eq(parse(strbuf_text(&text)), STATUS_CORRUPT);
    cr_assert(strstr(err.message, "expected no more lines"), "%s", err.message);
}

Test(manifest, another_version_is_named_with_ours)
{
    cr_assert_eq(parse_changed("archive 1\n", "archive 7\n# whatever\n"),
                 STATUS_VERSION);
    cr_assert_str_eq(err.message, "'x/XAPIANDB' is of version 7, this program "
                                  "reads version 1");
}

Test(manifest, a_stub_that_is_not_ours_is_told_so)
{
    static const char *const others[] = {
        "", "\n", "glass db1\n", "# a comment\nauto db1\n", "# morgue\n"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        cr_assert_eq(parse(text_from(others[i])), STATUS_CORRUPT);
        cr_assert_str_eq(err.message,
                         "'x/XAPIANDB' line 1: not written by morgue");
    }
}

Test(manifest, saves_and_loads)
{
    char *folder = tempdir_make();
    AUTO_DONE(manifest) m;
    AUTO_DONE(manifest) read = {.generation = 5};
    make_sample(&m);
    cr_assert_eq(manifest_load(&read, folder, &err), STATUS_NOT_FOUND);
    cr_assert_eq(read.generation, 5);
    cr_assert_eq(manifest_save(&m, folder, &err), STATUS_OK, "%s", err.message);
    cr_assert_eq(manifest_load(&read, folder, &err), STATUS_OK, "%s",
                 err.message);
    cr_assert_eq(read.generation, 12);
    cr_assert_str_eq(read.id, m.id);
    const char *path = tempdir_file(folder, "XAPIANDB");
    cr_assert_neq(access(tempdir_file(folder, "XAPIANDB.tmp"), F_OK), 0);
    cr_assert_eq(manifest_load(&m, path, &err), STATUS_NOT_FOUND,
                 "an archive that is a file");
    tempdir_remove(folder);
}

Test(manifest, an_endless_one_is_refused_without_being_read)
{
    char *folder = tempdir_make();
    const char *path = tempdir_file(folder, "XAPIANDB");
    tempdir_write(path, "# morgue archive 1\n", 19);
    cr_assert_eq(truncate(path, 1L << 40), 0);
    AUTO_DONE(manifest) m = {.generation = 0};
    cr_assert_eq(manifest_load(&m, folder, &err), STATUS_CORRUPT);
    tempdir_remove(folder);
}

Test(manifest, what_would_overflow_xapians_numbers_is_not_published)
{
    char *folder = tempdir_make();
    AUTO_DONE(manifest) m;
    manifest_init(&m, "english");
    m.generation = 1;
    m.published = 1;
    for (int i = 0; i < 256; i++) {
        char name[20];
        snprintf(name, sizeof name, "g1-%012x", i);
        add_segment(&m, name, '0');
        snprintf(m.segments[i].uuid, sizeof m.segments[i].uuid,
                 "4d6d7d59-1eba-4d1d-b877-%012x", i);
    }
    m.segments[7].last_docid = ENGINE_DOCID_MAX;
    cr_assert_eq(manifest_largest_docid(&m), 1ULL << 32);
    cr_assert_eq(manifest_save(&m, folder, &err), STATUS_INTERNAL);
    cr_assert(strstr(err.message, "32 bits"), "%s", err.message);
    cr_assert_neq(access(tempdir_file(folder, "XAPIANDB"), F_OK), 0);
    m.segments[7].last_docid--;
    cr_assert_eq(manifest_save(&m, folder, &err), STATUS_OK, "%s", err.message);
    tempdir_remove(folder);
}

Test(manifest, what_would_not_be_read_is_not_published)
{
    char *folder = tempdir_make();
    AUTO_DONE(manifest) m;
    make_sample(&m);
    m.generation = 0;
    cr_assert_eq(manifest_save(&m, folder, &err), STATUS_INTERNAL);
    cr_assert(strstr(err.message, "generation"), "%s", err.message);
    m.generation = 13;
    set_file(manifest_add_reject(&m), "elsewhere/x");
    cr_assert_eq(manifest_save(&m, folder, &err), STATUS_INTERNAL);
    cr_assert_neq(access(tempdir_file(folder, "XAPIANDB"), F_OK), 0);
    m.reject_count--;
    cr_assert_eq(manifest_save(&m, folder, &err), STATUS_OK);
    tempdir_remove(folder);
}
