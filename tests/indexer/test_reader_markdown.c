#include "indexer/reader.h"

#include <criterion/criterion.h>
#include <string.h>

#include "common/strbuf.h"

static struct error err;
static struct arena arena = ARENA_INIT;

static struct reader *open_text(struct text bytes)
{
    struct reader *reader = NULL;
    cr_assert_eq(reader_open_input(&reader, input_from_memory(bytes, "x.md"),
                                   reader_format_by_name("markdown"), &err),
                 STATUS_OK);
    return reader;
}

static void add_list(struct strbuf *out, const char *name,
                     const struct text *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_append_format(out, "%s%.*s", i == 0 ? name : "+",
                             TEXT_ARG(values[i]));
}

/* "title @author+author #tag+tag $section | body ! warning" */
static void describe(struct strbuf *out, struct text file)
{
    AUTO(reader) reader = open_text(file);
    struct article a;
    if (reader_next(reader, &arena, &a, &err) != STATUS_OK) {
        strbuf_append_string(out, err.message);
        return;
    }
    strbuf_append(out, a.title);
    add_list(out, " @", a.authors, a.author_count);
    add_list(out, " #", a.tags, a.tag_count);
    add_list(out, " $", &a.section, a.section.len > 0);
    add_list(out, " | ", &a.body, a.body.len > 0);
    if (reader->warning[0])
        strbuf_append_format(out, " ! %s", reader->warning);
    cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_END);
}

struct example {
    const char *file, *article;
};

static void expect(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
        describe(&out, text_from(examples[i].file));
        cr_assert_str_eq(strbuf_string(&out), examples[i].article, "%zu: %s", i,
                         examples[i].file);
    }
}

Test(reader_markdown, front_matter_is_yaml)
{
    static const struct example examples[] = {
        {"---\ntitle: A # not this\nauthor: Ann Lee\n---\nB", "A @Ann Lee | B"},
        {"---\ntitle: >-\n  Bridge\n  reopens\nauthors:\n- name: John Roe\n"
         "  mail: j@a\n- Ann Lee\n---\nB",
         "Bridge reopens @John Roe+Ann Lee | B"},
        {"---\ntitle: |\n  Bridge\n  ---\n  reopens\nauthor: {name: "
         "Jo}\n---\nB",
         "Bridge --- reopens @Jo | B"},
        {"---\ntitle: \"a \\\"b\\\" \\u00fc\"\ntags: [a,\n  'it''s', \"c, "
         "d\"]\n"
         "---\nB",
         "a \"b\" ü #a+it's+c, d | B"},
        {"---\ntitle: A\nkeywords: x, y\ncategories: [C, D]\nparams:\n"
         "  deep: {title: no}\n---\nB",
         "A #x+y $C, D | B"},
        {"---\ntitle: A\ntags:\ncategories: [C, D]\n---\nB",
         "A #C+D $C, D | B"},
        {"---\ntitle: &t A\nauthors: &w [Jo, *t]\nbyline: *w\n---\nB",
         "A @Jo+A | B"},
        {"\xef\xbb\xbf---\r\ntitle: A\r\ntags:\r\n  - x\r\n...\r\nB\r\n",
         "A #x | B"},
        {"---\ntitle: ~\nauthor: null\n---\n# H\n\nB", "H | B"},
        {"---\nid: 007\ntitle: no\ntags: [no, 1.50]\n---\nB",
         "no #no+1.50 | B"},
        {"---\nheadline: A\n---\n# H", "A | H"},
        {"---\nTitle: A\n---\n# H", "A | H"},
        {"---\n---\nB", " | B"},
    };
    expect(examples, sizeof examples / sizeof *examples);
}

Test(reader_markdown, what_is_not_valid_yaml_is_read_as_it_stands)
{
#define INVALID "front matter is not valid YAML: "
    static const struct example examples[] = {
        {"---\ntags: [a, 'b']\ntitle: Sanctions: what next\nauthor: Jo\n---\nB",
         "Sanctions: what next @Jo #a+b | B ! 'x.md' line 3: " INVALID
         "mapping values are not allowed in this context"},
        {"---\ntitle: A\n'author': @jo\ntags:\n\t- a\n---\nB",
         "A @@jo #- a | B ! 'x.md' line 3: " INVALID
         "found character that cannot start any token"},
        {"---\ntitle: \"A\" b\n---\nB",
         "\"A\" b | B ! 'x.md' line 2: " INVALID "did not find expected key"},
        {"---\ntitle: A\nx: \x01\n---\nB",
         "A | B ! 'x.md' line 3: " INVALID
         "control characters are not allowed"},
        {"---\ntitle: A\ntags: *gone\n---\nB",
         "A #*gone | B ! 'x.md' line 3: " INVALID
         "an alias without its anchor"},
        {"---\ntitle: A\n? [a]\n: b\n---\nB",
         "A ? [a] : b | B ! 'x.md' line 3: " INVALID "a key that is no word"},
        {"---\ntitle: A\nx: &x [*x]\n---\nB",
         "A | B ! 'x.md' line 3: " INVALID "an alias without its anchor"},
    };
    expect(examples, sizeof examples / sizeof *examples);
}

Test(reader_markdown, what_is_no_front_matter_is_text)
{
    static const struct example examples[] = {
        {"---\ntitle: A\n\nB", " | title: A\n\nB"},
        {"---\nOne.\n\n---\nTwo.", " | One.\n\nTwo."},
        {" ---\ntitle: A\n---\nB", "title: A | B"},
        {"---\n- a\n---\nB", " | a\n\nB"},
        {"----\ntitle: A\n----\nB", "title: A | B"},
        {"---\n", "'x.md': neither title nor body"},
        {"---\n---", "'x.md': neither title nor body"},
    };
    expect(examples, sizeof examples / sizeof *examples);
}

/* Each line ten times the one before it. */
static void add_alias_bomb(struct strbuf *out)
{
    strbuf_append_string(out, "a0: &a0 lol\n");
    for (int i = 1; i < 20; i++) {
        strbuf_append_format(out, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++)
            strbuf_append_format(out, "*a%d, ", i - 1);
        strbuf_append_string(out, "]\n");
    }
}

static void expect_bounded(const struct strbuf *bomb, const char *fault)
{
    AUTO_DONE(strbuf) file = STRBUF_INIT(1 << 20);
    AUTO_DONE(strbuf) out = STRBUF_INIT(1 << 20);
    strbuf_append_format(&file, "---\ntitle: A\n%s\n---\nB",
                         strbuf_string(bomb));
    describe(&out, strbuf_text(&file));
    cr_assert(text_starts_with(strbuf_text(&out), text_from("A | B !")));
    cr_assert(strstr(strbuf_string(&out), fault), "%s", strbuf_string(&out));
}

Test(reader_markdown, bombs_are_bounded)
{
    AUTO_DONE(strbuf) aliases = STRBUF_INIT(1 << 20);
    AUTO_DONE(strbuf) brackets = STRBUF_INIT(1 << 20);
    add_alias_bomb(&aliases);
    strbuf_append_format(&brackets, "x: %.60s",
                         "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");
    expect_bounded(&aliases, "aliases stand for too much");
    expect_bounded(&brackets, "nested too deep");
}

Test(reader_markdown, marks_are_no_text)
{
    static const struct example examples[] = {
        {"# T\n\nA _b_ **c** `d*e` 2 * 3 a_b_c \\*x\\* &amp; &eacute;",
         "T | A b c d*e 2 * 3 a_b_c *x* & é"},
        {"T\n===\n\nSub\n---\n\nA\nb  \nc\\\nd", "T | Sub\n\nA b\nc\nd"},
        {"[a][1] [b](<u v> \"t\") [c] <https://a.example/x>\n\n[1]: http://u",
         " | a b [c] https://a.example/x"},
        {"A\n\n![alt](a.png)\n\n[![alt](a.png)](b)\n\nB ![i](x) C",
         " | A\n\nB C"},
        {"A\n\n- b\n- c\n  - d\n\n    e\n- f\n\nG\n\n* * *\n\n> q\n> r\n> > s",
         " | A\n\nb\nc\nd\n\ne\nf\n\nG\n\nq r\n\ns"},
        {"24. Februar.\n\n28. April.\n\n1) a\n2) 3. b\n\n0. c",
         " | 24. Februar.\n28. April.\n\n1) a\n2) 3. b\n\n0. c"},
        {"A\n\n```c\nint  a;\n\n  b *c*\n```\n    d\n\n    e\n\n```\n\n```\nF",
         " | A\n\nint  a;\n\n  b *c*\n\nd\n\ne\n\nF"},
        {"| A | *B* |\n|---|:-:|\n| c d | 1 |\n| e | |\n\nx | y\n---|---\nz | "
         "2",
         " | A B\nc d 1\ne\n\nx y\nz 2"},
        {"a | b\nc | d", " | a | b c | d"},
        {"A<br>b <b>c</b>d <!-- no --> cp <file> <your-name> <x y=\"1\">e",
         " | A\nb cd cp <file> <your-name> e"},
        {"<div class=\"x\">\n<p>One &amp; "
         "<b>two</b></p><p>Three</p>\n</div>\n\n"
         "<!-- no -->\n\n<script>\nno()\n\nno()\n</script>\n\nB",
         " | One & two\n\nThree\n\nB"},
        {"    code first\n      b", " | code first\n  b"},
    };
    expect(examples, sizeof examples / sizeof *examples);
}

Test(reader_markdown, a_heading_at_the_beginning_is_or_repeats_the_title)
{
    static const struct example examples[] = {
        {"![x](y)\n\n## T *u*\n\nB", "T u | B"},
        {"---\ntitle: T  u\n---\n\n# T *u*\n\nB", "T  u | B"},
        {"---\ntitle: T *u*\n---\n# T *u*\n\nB", "T *u* | B"},
        {"---\ntitle: T\n---\n# T u\n\nB", "T | T u\n\nB"},
        {"---\ntitle: T\n---\nA\n\n# T\n\nB", "T | A\n\nT\n\nB"},
        {"---\ntitle: T\n---\n# T", "T"},
        {"# T\n# U", "T | U"},
        {"A\n\n# T", " | A\n\nT"},
    };
    expect(examples, sizeof examples / sizeof *examples);
}

/* Without blanks. */
static void append_dense(struct strbuf *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] != ' ' && t.ptr[i] != '\n')
            strbuf_append_char(out, t.ptr[i]);
}

Test(reader_markdown, a_long_text_is_read_in_parts_and_loses_nothing)
{
    enum { WORDS = 100000, SIZE = 4 << 20 };
    static const char *const ends[] = {" ", "\n", "\n\n"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        AUTO_DONE(strbuf) file = STRBUF_INIT(SIZE);
        for (int n = 0; n < WORDS; n++)
            strbuf_append_format(&file, "ü%d%s", n, ends[i]);
        AUTO(reader) reader = open_text(strbuf_text(&file));
        struct article a;
        cr_assert_eq(reader_next(reader, &arena, &a, &err), STATUS_OK);
        AUTO_DONE(strbuf) before = STRBUF_INIT(SIZE);
        AUTO_DONE(strbuf) after = STRBUF_INIT(SIZE);
        append_dense(&before, strbuf_text(&file));
        append_dense(&after, a.body);
        cr_assert(text_equal(strbuf_text(&before), strbuf_text(&after)));
    }
}
