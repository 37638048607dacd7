#include "common/record.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "common/codepoint.h"
#include "common/digest.h"
#include "common/mem.h"

static const struct text authors[] = {TEXT("Ann O'Neill"), TEXT("")};
static const struct text tags[] = {TEXT("energy")};

static struct article sample(void)
{
    return (struct article){
        .id = TEXT("n-1"),
        .url = TEXT("https://example.org/a"),
        .title = TEXT("Talks \"end\""),
        .source = TEXT("Example Times"),
        .section = TEXT("World"),
        .language = TEXT("en"),
        .body = TEXT("First.\n\tSecond \xe2\x80\x9cquoted\xe2\x80\x9d."),
        .authors = authors,
        .author_count = 2,
        .tags = tags,
        .tag_count = 1,
        .published = 1644259500,
        .origin = {.path = TEXT("/in/a.jsonl"),
                   .offset = 77,
                   .line = 3,
                   .length = 300,
                   .digest = 0xab01,
                   .member = TEXT("b.json")},
    };
}

static struct digest digest(struct article a)
{
    struct digest d;
    record_digest(&a, &d);
    return d;
}

static bool same(struct article a, struct article b)
{
    struct digest x = digest(a), y = digest(b);
    return digest_equal(&x, &y);
}

Test(record, is_one_object_with_the_body_last)
{
    struct article a = sample();
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    record_write(&a, &out);
    cr_assert_str_eq(
        strbuf_string(&out),
        "{\"id\":\"n-1\",\"title\":\"Talks \\\"end\\\"\","
        "\"url\":\"https://example.org/a\",\"date\":\"2022-02-07T18:45:00Z\","
        "\"source\":\"Example Times\",\"section\":\"World\",\"lang\":\"en\","
        "\"authors\":[\"Ann O'Neill\",\"\"],\"tags\":[\"energy\"],"
        "\"path\":\"/in/a.jsonl\",\"member\":\"b.json\",\"offset\":77,"
        "\"length\":300,\"digest\":\"00ab01\","
        "\"body\":\"First.\\n\\tSecond "
        "\xe2\x80\x9cquoted\xe2\x80\x9d.\"}");
}

Test(record, reads_back_what_it_wrote)
{
    struct article a = sample(), b;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct error err = ERROR_NONE;
    record_write(&a, &out);
    strbuf_append_string(&out, "   \n"); /* the engine may pad it */
    cr_assert_eq(record_read(&b, strbuf_text(&out), &arena, &err), STATUS_OK);
    memset(out.ptr, 'x', out.len); /* the article must not borrow from it */
    cr_assert(same(a, b));
    cr_assert(text_equal(b.title, a.title));
    cr_assert(text_equal(b.body, a.body));
    cr_assert_eq(b.author_count, 2);
    cr_assert_eq(b.published, a.published);
    cr_assert(text_is(b.origin.path, "/in/a.jsonl"));
    cr_assert(text_is(b.origin.member, "b.json"));
    cr_assert_eq(b.origin.offset, 77);
    cr_assert_eq(b.origin.length, 300);
    cr_assert_eq(b.origin.digest, 0xab01);
}

static const char *time_of(struct article a, struct strbuf *out)
{
    strbuf_reset(out);
    record_write(&a, out);
    return strbuf_string(out);
}

Test(record, says_how_its_date_is_known)
{
    static const struct {
        struct article article;
        const char *record;
    } cases[] = {
        {{.published = 1644259500, .zone_unknown = true},
         "{\"date\":\"2022-02-07T18:45:00\"}"},
        {{.published = 1644259500, .dating = DATING_TEXT},
         "{\"date\":\"2022-02-07T18:45:00Z\",\"dating\":\"text\"}"},
        {{.published = TIMESTAMP_UNKNOWN,
          .dating = DATING_CRAWL,
          .seen = 1644259500},
         "{\"dating\":\"crawl\",\"seen\":\"2022-02-07T18:45:00Z\"}"},
        {{.published = TIMESTAMP_UNKNOWN, .dating = DATING_URL}, "{}"},
    };
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_DONE(arena) arena = ARENA_INIT;
        struct article read;
        struct error err = ERROR_NONE;
        cr_assert_str_eq(time_of(cases[i].article, &out), cases[i].record);
        cr_assert_eq(record_read(&read, strbuf_text(&out), &arena, &err),
                     STATUS_OK);
        cr_assert_str_eq(time_of(read, &out), cases[i].record);
        cr_assert(same(read, cases[i].article));
    }
    cr_assert(!same(cases[0].article, cases[1].article));
    struct article seen = cases[2].article, later = seen;
    later.seen++;
    cr_assert(same(seen, later));
}

Test(record, of_an_article_without_anything_is_empty)
{
    struct article a = {.published = TIMESTAMP_UNKNOWN}, b = sample();
    AUTO_DONE(strbuf) out = STRBUF_INIT(100);
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct error err = ERROR_NONE;
    record_write(&a, &out);
    cr_assert_str_eq(strbuf_string(&out), "{}");
    cr_assert_eq(record_read(&b, strbuf_text(&out), &arena, &err), STATUS_OK);
    cr_assert(same(a, b));
    cr_assert_eq(b.published, TIMESTAMP_UNKNOWN);
}

Test(record, refuses_what_is_no_record_and_leaves_the_article_alone)
{
    static const char *const bad[] = {
        "",
        "[]",
        "\"x\"",
        "{",
        "{\"id\":\"a\"} x",
        "{\"id\":1}",
        "{\"title\":null}",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"id\":\"a\\u0000b\"}",
        "{\"id\":\"\xff\"}",
        "{\"authors\":\"Ann\"}",
        "{\"authors\":[\"Ann\",2]}",
        "{\"tags\":{}}",
        "{\"date\":\"soon\"}",
        "{\"date\":20220207}",
        "{\"date\":\"2022-02-07\",\"dating\":\"crawl\"}",
        "{\"date\":\"2022-02-07\",\"dating\":\"guess\"}",
        "{\"date\":\"2022-02-07\",\"seen\":\"2022-02-07\"}",
        "{\"dating\":\"text\"}",
        "{\"dating\":\"crawl\"}",
        "{\"dating\":\"crawl\",\"seen\":\"soon\"}",
        "{\"seen\":\"2022-02-07\"}",
        "{\"id\":\"a\",}",
        "{,\"id\":\"a\"}",
        "{\"id\":\"a\"\"title\":\"b\"}",
        "{\"title\":\"a\",\"id\":\"b\"}",
        "{\"other\":\"a\"}",
        "{\"id\":\"a\nb\"}",
        "{\"id\":\"\\x\"}",
        "{\"id\":\"\\u12\"}",
        "{\"id\":\"\\u12g4\"}",
        "{\"id\":\"\\ud83d\\udcf0\"}",
        "{\"authors\":[]}",
        "{\"authors\":[\"Ann\",]}",
        "{\"digest\":\"ab01\"}",
        "{\"digest\":\"00ab0g\"}",
        "{\"digest\":1}",
        "{\"offset\":-1}",
        "{\"offset\":99999999999999999999}",
        "{\"offset\":\"3\"}",
    };
    AUTO_DONE(arena) arena = ARENA_INIT;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = ERROR_NONE;
        struct article a = {.id = TEXT("untouched")};
        cr_assert_eq(record_read(&a, text_from(bad[i]), &arena, &err),
                     STATUS_CORRUPT, "%s", bad[i]);
        cr_assert(text_is(a.id, "untouched"));
        cr_assert(strlen(err.message) > 0);
    }
    struct error err = ERROR_NONE;
    struct article a;
    cr_assert_eq(record_read(&a, text_make(NULL, 0), &arena, &err),
                 STATUS_CORRUPT);
}

static void expect_round_trip(struct text body)
{
    struct article a = {.body = body, .published = TIMESTAMP_UNKNOWN}, b;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct error err = ERROR_NONE;
    record_write(&a, &out);
    cr_assert_eq(record_read(&b, strbuf_text(&out), &arena, &err), STATUS_OK,
                 "%s", out.ptr);
    cr_assert(text_equal(a.body, b.body), "%s", out.ptr);
    json_t *json = json_loadb(out.ptr, out.len, 0, NULL);
    cr_assert(json, "%s", out.ptr);
    cr_assert_str_eq(json_string_value(json_object_get(json, "body")),
                     b.body.ptr);
    json_decref(json);
}

Test(record, every_character_comes_back)
{
    for (int32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 97) {
        char bytes[5] = "";
        if (c < 0xd800 || c >= 0xe000)
            expect_round_trip(text_make(bytes, codepoint_write(c, bytes)));
    }
}

Test(record, many_authors_come_back)
{
    enum { COUNT = 10000 };
    struct text *many = mem_zeroed(COUNT, sizeof *many);
    for (size_t i = 0; i < COUNT; i++)
        many[i] = i % 3 ? text_from("a, \"b\"]") : text_from("");
    struct article a = {.authors = many,
                        .author_count = COUNT,
                        .published = TIMESTAMP_UNKNOWN},
                   b;
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct error err = ERROR_NONE;
    record_write(&a, &out);
    cr_assert_eq(record_read(&b, strbuf_text(&out), &arena, &err), STATUS_OK);
    cr_assert(same(a, b));
    free(many);
}

Test(record, damage_is_refused_or_harmless)
{
    struct article a = sample(), b;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    AUTO_DONE(arena) arena = ARENA_INIT;
    record_write(&a, &out);
    for (size_t at = 0; at < out.len; at++) {
        for (int byte = 0; byte < 256; byte++) {
            struct error err = ERROR_NONE;
            char old = out.ptr[at];
            out.ptr[at] = (char)byte;
            enum status st = record_read(&b, strbuf_text(&out), &arena, &err);
            json_t *json = json_loadb(out.ptr, out.len, 0, NULL);
            cr_assert(st == STATUS_CORRUPT || json, "%s", out.ptr);
            cr_assert(st == STATUS_OK || err.offset <= out.len);
            json_decref(json);
            out.ptr[at] = old;
            arena_reset(&arena);
        }
    }
}

Test(record, cut_anywhere_is_refused)
{
    struct article a = sample(), b;
    AUTO_DONE(strbuf) out = STRBUF_INIT(10000);
    AUTO_DONE(arena) arena = ARENA_INIT;
    record_write(&a, &out);
    for (size_t len = 0; len < out.len; len++) {
        struct error err = ERROR_NONE;
        struct text cut = text_slice(strbuf_text(&out), 0, len);
        cr_assert_eq(record_read(&b, cut, &arena, &err), STATUS_CORRUPT);
    }
}

Test(record, digest_sees_every_field_but_the_origin)
{
    struct article a = sample(), b = sample();
    b.origin = (struct origin){.path = TEXT("-"), .offset = 1, .line = 1};
    cr_assert(same(a, b));

    struct text *const texts[] = {&b.id,      &b.url,      &b.title, &b.source,
                                  &b.section, &b.language, &b.body};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct text old = *texts[i];
        *texts[i] = text_from("other");
        cr_assert_not(same(a, b), "text %zu", i);
        *texts[i] = old;
    }
    b.published++;
    cr_assert_not(same(a, b));
    b = sample();
    b.author_count = 1;
    cr_assert_not(same(a, b));
    b = sample();
    b.tag_count = 0;
    cr_assert_not(same(a, b));
}

Test(record, digest_tells_apart_what_only_looks_the_same_when_joined)
{
    static const struct text one[] = {TEXT("ab")},
                             two[] = {TEXT("a"), TEXT("b")};
    struct article a = {.source = TEXT("ab")}, b = {.section = TEXT("ab")};
    cr_assert_not(same(a, b));
    a = (struct article){.authors = one, .author_count = 1};
    b = (struct article){.authors = two, .author_count = 2};
    cr_assert_not(same(a, b));
    b = (struct article){.tags = one, .tag_count = 1};
    cr_assert_not(same(a, b));
    a = (struct article){.title = TEXT("ab"), .body = TEXT("c")};
    b = (struct article){.title = TEXT("a"), .body = TEXT("bc")};
    cr_assert_not(same(a, b));
}

Test(record, id_terms_fit_into_a_term_whatever_the_id)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(1000);
    record_id_term(text_from("n-1"), &term);
    cr_assert_str_eq(strbuf_string(&term), "Qn-1");

    char id[5000];
    memset(id, 'a', sizeof id);
    record_id_term(text_make(id, 240), &term);
    cr_assert_eq(term.len, 241);
    record_id_term(text_make(id, 241), &term);
    cr_assert_eq(term.len, 65);
    record_id_term(text_make(id, sizeof id), &term);
    cr_assert_eq(term.len, 65);
    AUTO_DONE(strbuf) other = STRBUF_INIT(1000);
    id[4999] = 'b';
    record_id_term(text_make(id, sizeof id), &other);
    cr_assert_str_neq(strbuf_string(&term), strbuf_string(&other));
}
