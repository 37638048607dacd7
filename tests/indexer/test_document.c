#include "indexer/document.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "common/engine/engine.h"
#include "common/mem.h"
#include "common/record.h"
#include "common/strbuf.h"

static struct error err;
static struct document_builder *builder;
static struct analyzer *analyzer;

static void begin(void)
{
    cr_assert_eq(document_builder_new(&builder, "english", &err), STATUS_OK);
    cr_assert_eq(analyzer_new(&analyzer, "english", &err), STATUS_OK);
}

static void end(void)
{
    document_builder_free(builder);
    analyzer_free(analyzer);
}

TestSuite(document, .init = begin, .fini = end);

static const struct ingest first_version = {7, 100, 200, 1};
static const struct digest content = {"0123456789abcdef"};

static void add_text(struct text t, enum document_part part)
{
    struct token token;
    analyzer_start(analyzer, t);
    while (analyzer_next(analyzer, &token))
        document_token(builder, &token, part);
}

static const struct document *build_with(const struct article *a,
                                         const struct ingest *ingest)
{
    document_begin(builder);
    add_text(a->title, DOCUMENT_TITLE);
    add_text(a->body, DOCUMENT_BODY);
    return document_end(builder, a, ingest, &content);
}

static const struct document *build(const struct article *a)
{
    return build_with(a, &first_version);
}

static void assert_words(const struct document *d, const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    for (size_t i = 0; i < d->word_count; i++) {
        const struct word_count *w = &d->words[i];
        strbuf_append_format(&out, "%.*s %u %u %u\n", TEXT_ARG(w->lexeme->word),
                             w->total, w->title, w->caps);
    }
    cr_assert_str_eq(strbuf_string(&out), expected);
}

static void assert_terms(const struct document *d, const char *expected)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(4096);
    for (size_t i = 0; i < d->term_count; i++)
        strbuf_append_format(&out, "%.*s %u\n", TEXT_ARG(d->terms[i].term),
                             d->terms[i].count);
    cr_assert_str_eq(strbuf_string(&out), expected);
}

static double number(const struct document *d, enum slot slot)
{
    cr_assert_gt(d->values[slot].len, 0, "slot %d", slot);
    return engine_number_unpack(d->values[slot]);
}

Test(document, counts_each_word_in_all_in_the_title_and_in_capitals)
{
    const struct article a = {
        .id = TEXT("n"),
        .title = TEXT("Talks in Berlin"),
        .body = TEXT("The US wants talks. Talks with the US begin in May.")};
    assert_words(build(&a), "talks 3 1 0\nin 2 1 0\nberlin 1 1 0\nthe 2 0 0\n"
                            "us 2 0 2\nwants 1 0 0\nwith 1 0 0\n"
                            "begin 1 0 0\nmay 1 0 0\n");
}

Test(document, starts_afresh_with_every_article)
{
    const struct article one = {
        .id = TEXT("1"), .title = TEXT("gas"), .body = TEXT("gas oil")};
    const struct article two = {
        .id = TEXT("2"), .body = TEXT("oil"), .published = TIMESTAMP_UNKNOWN};
    build(&one);
    const struct document *d = build(&two);
    assert_words(d, "oil 1 0 0\n");
    assert_terms(d, "Dunknown 0\nQ2 0\n");
    cr_assert_eq(number(d, SLOT_WORDS), 1);
}

Test(document, an_article_of_nothing_but_an_id_is_a_document)
{
    const struct article a = {.id = TEXT("n-1"),
                              .published = TIMESTAMP_UNKNOWN};
    const struct document *d = build(&a);
    assert_words(d, "");
    assert_terms(d, "Dunknown 0\nQn-1 0\n");
    cr_assert(text_is(d->data, "{\"id\":\"n-1\"}"), "%.*s", TEXT_ARG(d->data));
    cr_assert_eq(number(d, SLOT_WORDS), 0);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        bool none = slot == SLOT_PUBLISHED || slot == SLOT_SOURCE ||
                    slot == SLOT_SECTION || slot == SLOT_VERSIONS;
        cr_assert_eq(d->values[slot].len == 0, none, "slot %d", slot);
    }
}

Test(document, a_title_alone_counts_no_words_of_a_body)
{
    const struct article a = {.id = TEXT("n"), .title = TEXT("One two three")};
    const struct document *d = build(&a);
    assert_words(d, "one 1 1 0\ntwo 1 1 0\nthree 1 1 0\n");
    cr_assert_eq(number(d, SLOT_WORDS), 0);
}

Test(document, a_joined_word_is_a_word_but_not_one_more_of_the_body)
{
    const struct article a = {.id = TEXT("n"), .body = TEXT("covid-19")};
    const struct document *d = build(&a);
    assert_words(d, "covid 1 0 0\n19 1 0 0\ncovid19 1 0 0\n");
    cr_assert_eq(number(d, SLOT_WORDS), 2);
}

Test(document, fields_become_terms_each_once_and_sorted)
{
    static const struct text authors[] = {TEXT("Ann Lee"), TEXT("Bob Lee")};
    static const struct text tags[] = {TEXT("Gas"), TEXT("EU  News"),
                                       TEXT("gas")};
    const struct article a = {.id = TEXT("n-1"),
                              .url = TEXT("http://x/A"),
                              .source = TEXT("BBC News"),
                              .section = TEXT("World"),
                              .language = TEXT("EN"),
                              .authors = authors,
                              .author_count = 2,
                              .tags = tags,
                              .tag_count = 3,
                              .published = 1644259500};
    assert_terms(build(&a), "Aann 1\nAbob 1\nAlee 2\nD20220207 0\nKeu news 0\n"
                            "Kgas 0\nLen 0\nM202202 0\nQn-1 0\n"
                            "Uhttp://x/A 0\nXSECTION:world 0\n"
                            "XSECTIONworld 1\nXSOURCE:bbc news 0\n"
                            "XSOURCEbbc 1\nXSOURCEnews 1\nY2022 0\n");
}

Test(document, dates_before_the_year_1000_have_eight_digits_too)
{
    const struct article a = {.id = TEXT("n"),
                              .published = -36890640000}; /* 0800-12-25 */
    assert_terms(build(&a), "D08001225 0\nM080012 0\nQn 0\nY0800 0\n");
}

Test(document, names_and_addresses_too_long_for_a_term_are_cut_not_dropped)
{
    char name[1000];
    memset(name, 'x', sizeof name);
    const struct text lengthy = text_make(name, sizeof name);
    const struct article a = {.id = lengthy,
                              .url = lengthy,
                              .source = lengthy,
                              .language = lengthy,
                              .tags = &lengthy,
                              .tag_count = 1,
                              .published = TIMESTAMP_UNKNOWN};
    const struct document *d = build(&a);
    cr_assert_eq(d->term_count, 7); /* the source is a word and a whole */
    for (size_t i = 0; i < d->term_count; i++) {
        cr_assert_leq(d->terms[i].term.len, ENGINE_TERM_MAX);
        cr_assert(d->terms[i].term.len > 60 ||
                  text_is(d->terms[i].term, TERM_UNDATED));
    }
    cr_assert_lt(d->values[SLOT_SOURCE].len, sizeof name);
    cr_assert_gt(d->data.len, 4 * sizeof name);
}

Test(document, a_source_kept_as_a_value_is_cut_between_characters)
{
    AUTO_DONE(strbuf) name = STRBUF_INIT(4096);
    strbuf_append_char(&name, 'x');
    for (int i = 0; i < 300; i++)
        strbuf_append_string(&name, "ü");
    const struct article a = {.id = TEXT("n"),
                              .source = strbuf_text(&name),
                              .section = strbuf_text(&name)};
    const struct document *d = build(&a);
    cr_assert_eq(d->values[SLOT_SOURCE].len, 239);
    cr_assert_eq(d->values[SLOT_SECTION].len, 239);
}

Test(document, ten_thousand_authors_are_that_many_words)
{
    enum { COUNT = 10000 };
    struct text *authors = mem_zeroed(COUNT, sizeof *authors);
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "Name%d Lee", i);
        authors[i] = arena_text(&arena, text_from(name));
    }
    const struct article a = {.id = TEXT("n"),
                              .authors = authors,
                              .author_count = COUNT,
                              .published = TIMESTAMP_UNKNOWN};
    const struct document *d = build(&a);
    cr_assert_eq(d->term_count, COUNT + 3);
    cr_assert(text_is(d->terms[0].term, "Alee"));
    cr_assert_eq(d->terms[0].count, COUNT);
    free(authors);
}

Test(document, values_say_when_and_what)
{
    const struct article a = {.id = TEXT("n"),
                              .body = TEXT("one two"),
                              .source = TEXT("Wire"),
                              .section = TEXT("World"),
                              .published = -5};
    const struct ingest third = {9, 100, 300, 3};
    const struct document *d = build_with(&a, &third);
    cr_assert_eq(number(d, SLOT_PUBLISHED), -5);
    cr_assert_eq(number(d, SLOT_WORDS), 2);
    cr_assert_eq(number(d, SLOT_SEQUENCE), 9);
    cr_assert_eq(number(d, SLOT_FIRST_SEEN), 100);
    cr_assert_eq(number(d, SLOT_LAST_CHANGED), 300);
    cr_assert_eq(number(d, SLOT_VERSIONS), 3);
    cr_assert(text_is(d->values[SLOT_SOURCE], "Wire"));
    cr_assert(text_is(d->values[SLOT_SECTION], "World"));
    cr_assert(text_is(d->values[SLOT_DIGEST], "01234567"));
}

Test(document, the_record_is_the_article_without_its_origin)
{
    const struct article a = {.id = TEXT("n"),
                              .title = TEXT("T"),
                              .body = TEXT("B\nC"),
                              .origin = {TEXT("/x.jsonl"), 12, 3},
                              .published = 1644259500};
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct article read;
    cr_assert_eq(record_read(&read, build(&a)->data, &arena, &err), STATUS_OK);
    cr_assert(text_is(read.title, "T"));
    cr_assert(text_is(read.body, "B\nC"));
    cr_assert_eq(read.origin.path.len, 0, "it has a file of its own");
    cr_assert_eq(read.published, 1644259500);
}

Test(document, an_unknown_language_is_refused)
{
    struct document_builder *none = NULL;
    cr_assert_eq(document_builder_new(&none, "klingon", &err), STATUS_USAGE);
    cr_assert_null(none);
}
