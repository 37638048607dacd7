#include "indexer/identity.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void begin(void)
{
    arena_init(&arena);
}

static void end(void)
{
    arena_done(&arena);
}

TestSuite(identity, .init = begin, .fini = end);

static const struct text path = TEXT("/news/a.txt");

static struct text identify(struct article a, enum identity_file file)
{
    identity_assign(&a, file, path, &arena);
    return a.id;
}

static struct text of_line(struct article a)
{
    return identify(a, IDENTITY_MANY_A_FILE);
}

Test(identity, its_own_id_is_the_first_choice)
{
    const struct article a = {.id = TEXT("n-1"), .url = TEXT("http://x/1")};
    cr_assert(text_is(identify(a, IDENTITY_ONE_A_FILE), "n-1"));
    cr_assert(text_is(identify(a, IDENTITY_MANY_A_FILE), "n-1"));
}

Test(identity, then_comes_its_url)
{
    const struct article a = {.url = TEXT("http://x/1"), .title = TEXT("T")};
    cr_assert(text_is(identify(a, IDENTITY_ONE_A_FILE), "http://x/1"));
    cr_assert(text_is(identify(a, IDENTITY_MANY_A_FILE), "http://x/1"));
}

Test(identity, then_the_path_of_a_file_with_one_article)
{
    const struct article a = {.title = TEXT("T"), .body = TEXT("B")};
    cr_assert(text_is(identify(a, IDENTITY_ONE_A_FILE), "/news/a.txt"));
}

Test(identity, the_id_outlives_the_path_it_was_made_of)
{
    char name[] = "/news/b.txt";
    struct article a = {.title = TEXT("T")};
    identity_assign(&a, IDENTITY_ONE_A_FILE, text_from(name), &arena);
    memset(name, 'x', sizeof name - 1);
    cr_assert(text_is(a.id, "/news/b.txt"));
}

Test(identity, without_a_path_it_is_the_digest)
{
    struct article a = {.title = TEXT("T")};
    const struct text digest = of_line(a);
    identity_assign(&a, IDENTITY_ONE_A_FILE, text_make(NULL, 0), &arena);
    cr_assert(text_equal(a.id, digest));
}

Test(identity, a_digest_says_so_and_is_the_same_for_all_time)
{
    const struct article a = {.source = TEXT("Wire"),
                              .published = 1644259500,
                              .title = TEXT("Talks"),
                              .body = TEXT("They met.")};
    struct text id = of_line(a);
    cr_assert(text_is(id, "xxh3:0b422c7c7cf6ad87cb012dc4f6bca4b8"), "%.*s",
              TEXT_ARG(id));
}

Test(identity, the_digest_is_of_source_date_title_and_body)
{
    const struct article base = {.source = TEXT("S"),
                                 .published = 5,
                                 .title = TEXT("T"),
                                 .body = TEXT("B")};
    struct article others[4] = {base, base, base, base};
    others[0].source = text_from("S2");
    others[1].published = 6;
    others[2].title = text_from("T2");
    others[3].body = text_from("B2");
    for (size_t i = 0; i < 4; i++)
        cr_assert_not(text_equal(of_line(base), of_line(others[i])), "%zu", i);
}

Test(identity, the_digest_is_of_nothing_else)
{
    static const struct text names[] = {TEXT("Ann Lee")};
    const struct article plain = {.title = TEXT("T")};
    const struct article rich = {.title = TEXT("T"),
                                 .section = TEXT("World"),
                                 .language = TEXT("en"),
                                 .authors = names,
                                 .author_count = 1,
                                 .tags = names,
                                 .tag_count = 1,
                                 .origin = {TEXT("/x"), 100, 3}};
    cr_assert(text_equal(of_line(plain), of_line(rich)));
}

Test(identity, parts_do_not_run_together)
{
    const struct article a = {.source = TEXT("ab"), .title = TEXT("c")};
    const struct article b = {.source = TEXT("a"), .title = TEXT("bc")};
    const struct article c = {.title = TEXT("c"), .body = TEXT("")};
    const struct article d = {.title = TEXT(""), .body = TEXT("c")};
    cr_assert_not(text_equal(of_line(a), of_line(b)));
    cr_assert_not(text_equal(of_line(c), of_line(d)));
}

Test(identity, an_article_of_nothing_has_an_id)
{
    const struct article nothing = {.published = TIMESTAMP_UNKNOWN};
    cr_assert_eq(of_line(nothing).len, strlen("xxh3:") + 32);
}

Test(identity, a_path_that_is_not_utf8_becomes_text)
{
    static const struct {
        struct text path;
        const char *shown;
    } cases[] = {
        {TEXT(""), ""},
        {TEXT("/in/caf\xc3\xa9 100%.txt"), "/in/caf\xc3\xa9 100%.txt"},
        {TEXT("/in/caf\xe9.txt"), "/in/caf%E9.txt"},
        {TEXT("\xe2\x82/\xff"), "%E2%82/%FF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_assert(
            text_is(identity_path(cases[i].path, &arena), cases[i].shown));
    struct article a = {.title = TEXT("T")};
    identity_assign(&a, IDENTITY_ONE_A_FILE, text_from("/caf\xe9"), &arena);
    cr_assert(text_is(a.id, "/caf%E9"));
}
