#include "common/archive_find.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/record.h"
#include "common/strbuf.h"
#include "tests/support/archive_fixture.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *path;
static char lengthy[5001];

static struct article version(const char *id, const char *title)
{
    return archive_fixture_article(id, title, NULL);
}

/* Segment 0: a, b (superseded), the long one; segment 1: b, "Capitals ü". */
static void begin(void)
{
    memset(lengthy, 'x', sizeof lengthy - 1);
    const struct article one[] = {version("a", "A"), version("b", "B"),
                                  version(lengthy, "L")};
    const struct article two[] = {version("b", "B2"),
                                  version("Capitals \xc3\xbc", "C")};
    path = archive_fixture_with(one, 3);
    archive_fixture_add(path, two, 2, 2000);
}

static void end(void)
{
    tempdir_remove(path);
}

TestSuite(archive_find, .init = begin, .fini = end);

static enum status find(const char *id, struct engine_document *out)
{
    AUTO(archive) archive = NULL;
    cr_assert_eq(archive_open(&archive, path, &err), STATUS_OK);
    return archive_find(out, archive, text_from(id), &err);
}

static void assert_found(const char *id, size_t segment, uint32_t docid)
{
    struct engine_document found;
    cr_assert_eq(find(id, &found), STATUS_OK, "%s", err.message);
    cr_assert_eq(found.segment, segment);
    cr_assert_eq(found.docid, docid);
}

Test(archive_find, finds_an_article_in_whatever_segment)
{
    assert_found("a", 0, 1);
    assert_found("Capitals \xc3\xbc", 1, 2);
}

Test(archive_find, finds_the_version_that_is_shown)
{
    assert_found("b", 1, 1);
}

Test(archive_find, finds_an_id_of_5000_bytes)
{
    assert_found(lengthy, 0, 3);
    lengthy[4999] = 'y';
    struct engine_document found;
    cr_assert_eq(find(lengthy, &found), STATUS_NOT_FOUND);
}

Test(archive_find, says_what_it_did_not_find)
{
    struct engine_document found = {7, 8};
    cr_assert_eq(find("capitals \xc3\xbc", &found), STATUS_NOT_FOUND);
    cr_assert_str_eq(err.message, "there is no article 'capitals \xc3\xbc'");
    cr_assert_eq(found.segment, 7);
    cr_assert_eq(found.docid, 8);
    cr_assert_eq(find("", &found), STATUS_NOT_FOUND);
    cr_assert_eq(find("aa", &found), STATUS_NOT_FOUND);
}

Test(archive_find, finds_nothing_in_an_empty_archive)
{
    char *empty = archive_fixture_make();
    AUTO(archive) archive = NULL;
    struct engine_document found;
    cr_assert_eq(archive_open(&archive, empty, &err), STATUS_OK);
    cr_assert_eq(archive_find(&found, archive, text_from("a"), &err),
                 STATUS_NOT_FOUND);
    tempdir_remove(empty);
}

Test(archive_find, in_one_segment_a_deleted_article_is_none)
{
    AUTO(archive) archive = NULL;
    AUTO_DONE(strbuf) term = STRBUF_INIT(1024);
    uint32_t docid = 9;
    cr_assert_eq(archive_open(&archive, path, &err), STATUS_OK);
    record_id_term(text_from("b"), &term);
    cr_assert_eq(
        archive_find_term(&docid, archive, 0, strbuf_text(&term), &err),
        STATUS_OK);
    cr_assert_eq(docid, 0);
    cr_assert_eq(
        archive_find_term(&docid, archive, 1, strbuf_text(&term), &err),
        STATUS_OK);
    cr_assert_eq(docid, 1);
}
