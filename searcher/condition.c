#include "searcher/condition.h"

#include <assert.h>
#include <string.h>

#include "common/strbuf.h"

const struct condition *condition_word(struct arena *arena,
                                       const struct matcher *matchers,
                                       size_t count)
{
    struct condition *c = arena_zeroed(arena, 1, sizeof *c);
    struct matcher *copies = arena_zeroed(arena, count, sizeof *copies);
    for (size_t i = 0; i < count; i++) {
        copies[i].kind = matchers[i].kind;
        copies[i].text = arena_text(arena, matchers[i].text);
    }
    c->kind = CONDITION_WORD;
    c->matchers = copies;
    c->matcher_count = count;
    return c;
}

const struct condition *condition_group(struct arena *arena,
                                        enum condition_kind kind, uint32_t n,
                                        const struct condition *const *children,
                                        size_t count)
{
    assert(kind != CONDITION_WORD && count > 0);
    assert(count == 1 || kind < CONDITION_ATLEAST);
    struct condition *c = arena_zeroed(arena, 1, sizeof *c);
    const struct condition **copies =
        arena_zeroed(arena, count, sizeof *copies);
    memcpy(copies, children, count * sizeof *copies);
    c->kind = kind;
    c->n = n;
    c->children = copies;
    c->child_count = count;
    return c;
}

size_t condition_words(const struct condition *c)
{
    size_t count = c->kind == CONDITION_WORD;
    for (size_t i = 0; i < c->child_count; i++)
        count += condition_words(c->children[i]);
    return count;
}

static void print_word(const struct condition *c, struct strbuf *out)
{
    static const char *const names[] = {[MATCHER_WORD] = "word",
                                        [MATCHER_STEM] = "stem",
                                        [MATCHER_CAPS] = "caps",
                                        [MATCHER_PREFIX] = "prefix"};
    strbuf_append_char(out, '{');
    for (size_t i = 0; i < c->matcher_count; i++) {
        strbuf_append_string(out, i ? " " : "");
        strbuf_append_string(out, names[c->matchers[i].kind]);
        strbuf_append_char(out, ':');
        strbuf_append(out, c->matchers[i].text);
    }
    strbuf_append_char(out, '}');
}

void condition_print(const struct condition *c, struct strbuf *out)
{
    static const char *const names[] = {[CONDITION_PHRASE] = "PHRASE",
                                        [CONDITION_BEFORE] = "BEFORE",
                                        [CONDITION_NEAR] = "NEAR",
                                        [CONDITION_SENTENCE] = "SENTENCE",
                                        [CONDITION_PARAGRAPH] = "PARAGRAPH",
                                        [CONDITION_AND] = "AND",
                                        [CONDITION_OR] = "OR",
                                        [CONDITION_ATLEAST] = "ATLEAST",
                                        [CONDITION_TITLE] = "TITLE",
                                        [CONDITION_BODY] = "BODY",
                                        [CONDITION_LEAD] = "LEAD"};
    if (c->kind == CONDITION_WORD) {
        print_word(c, out);
        return;
    }
    strbuf_append_char(out, '(');
    strbuf_append_string(out, names[c->kind]);
    if (c->n > 0)
        strbuf_append_format(out, "/%u", (unsigned)c->n);
    for (size_t i = 0; i < c->child_count; i++) {
        strbuf_append_char(out, ' ');
        condition_print(c->children[i], out);
    }
    strbuf_append_char(out, ')');
}
