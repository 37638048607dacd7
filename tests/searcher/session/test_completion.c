#include "searcher/session/completion.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/searcher/search_fixture.h"

static struct search_fixture f;
static struct holdings *holdings;
static struct survey archive;
static const struct zone utc;
static struct editor_choices choices;
static struct strbuf joined = STRBUF_INIT(1 << 16);

static void add(const char *id, const char *source, const char *section,
                const char *body)
{
    const struct article a = {.id = text_from(id),
                              .source = text_from(source),
                              .section = text_from(section),
                              .body = text_from(body),
                              .published = TIMESTAMP_UNKNOWN};
    search_fixture_add(&f, &a);
}

static void begin(void)
{
    struct error err = ERROR_NONE;
    search_fixture_init(&f, "english");
    add("1", "The Meridian", "World", "sanctions sanctioned \xc3\xa9t\xc3\xa9");
    add("2", "Merseyside Post", "world \"two\"", "Sanctions sanctity");
    search_fixture_publish(&f);
    add("3", "Reuters", "Economy", "sandwich, sanctions; title tithe");
    search_fixture_publish(&f);
    cr_assert_eq(holdings_new(&holdings, f.path, HOLDINGS_WHOLE, &err),
                 STATUS_OK, "%s", err.message);
    arena_init(&choices.arena);
}

static void end(void)
{
    survey_done(&archive);
    holdings_free(holdings);
    arena_done(&choices.arena);
    strbuf_done(&joined);
    search_fixture_done(&f);
}

TestSuite(completion, .init = begin, .fini = end);

static const char *complete(const char *before, enum window_glyphs glyphs)
{
    struct error err = ERROR_NONE;
    const struct completion c = {holdings, &archive, &utc, glyphs};
    strbuf_reset(&joined);
    cr_assert_eq(completion_find(&choices, &c, text_from(before), &err),
                 STATUS_OK, "%s", err.message);
    strbuf_append_format(&joined, "%zu", choices.replaced);
    for (size_t i = 0; i < choices.count; i++)
        strbuf_append_format(&joined, "|%.*s", TEXT_ARG(choices.texts[i]));
    return strbuf_string(&joined);
}

Test(completion, knows_what_may_stand_where)
{
    static const struct {
        const char *before, *expected; /* bytes replaced, and the choices */
    } rows[] = {
        {"sanc", "4|sanctioned|sanctions|sanctity"},
        {"gas (Sand", "4|sandwich"},
        {"gas -sand", "4|sandwich"},
        {"=sandw", "5|sandwich"},
        {"\"nord sand", "4|sandwich"},
        {"title:sand", "4|sandwich"},
        {"title:\"sand", "4|sandwich"},
        {"tit", "3|tithe|title|title:"},
        {"sec", "3|section:"},
        {"s", "1|source:|section:|since:"},
        {"", "0"},
        {"gas ", "0"},
        {"zzz", "3"},
        {"author:sand", "0"},
        {"source:me", "2|\"Merseyside Post\""},
        {"source:the", "3|\"The Meridian\""},
        {"source:\"THE mer", "8|\"The Meridian\""},
        {"gas source:reu", "3|Reuters"},
        {"section:", "0|Economy|World"},
        {"/source the m", "5|The Meridian"},
        {"/source me", "2|Merseyside Post"},
        {"/source ", "0|Merseyside Post|Reuters|The Meridian"},
        {"/section e", "1|Economy"},
        {"/so", "3|/sort|/source"},
        {"/sort n", "1|newest"},
        {"/sort ", "0|relevance|newest|oldest"},
        {"/open 3", "1"},
        {"/zzz", "4"},
        {"\xc3\xa9t", "3|ete"},
        {"\xff\xfe", "2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = complete(rows[i].before, WINDOW_UTF8);
        cr_expect_str_eq(got, rows[i].expected, "'%s': %s", rows[i].before,
                         got);
    }
}

Test(completion, offers_nothing_that_the_locale_cannot_type)
{
    add("4",
        "\xc3\x89"
        "cho",
        "", "\xe5\xa4\xa9\xe7\x84\xb6");
    search_fixture_publish(&f);
    struct error err = ERROR_NONE;
    cr_assert_eq(holdings_refresh(holdings, &err), STATUS_OK);
    cr_expect_str_eq(complete("source:ec", WINDOW_UTF8), "2|\xc3\x89"
                                                         "cho");
    cr_expect_str_eq(complete("source:ec", WINDOW_ASCII), "2");
}
