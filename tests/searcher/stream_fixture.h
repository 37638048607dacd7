/* A segment's token stream and vocabulary made from articles written like
 *
 *     ^nord stream | gas . prices covid 19 +covid19/2 // end
 *
 * where `|` begins the body, `.` a sentence, `//` a paragraph, `^` marks a word
 * in capitals and `+word/n` is a joined word over the last n positions. A
 * word's stem is the word without a final s; a word that begins with q has the
 * alt_stem "alt". */
#ifndef TESTS_SEARCHER_STREAM_FIXTURE_H
#define TESTS_SEARCHER_STREAM_FIXTURE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/arena.h"
#include "common/mem.h"
#include "indexer/segment/tokens_writer.h"
#include "indexer/segment/vocabulary_writer.h"
#include "searcher/condition.h"
#include "searcher/evaluator.h"

#include "tests/support/tempdir.h"

struct stream_fixture {
    char *folder;
    struct arena arena;
    struct lexeme **lexemes;
    size_t count, capacity;
    size_t fillers;
    struct tokens_writer *writer;
    struct tokens *tokens;
    struct vocabulary *vocabulary;
};

static inline struct text fixture_stem(struct text word)
{
    if (word.len > 1 && word.ptr[word.len - 1] == 's')
        word.len--;
    return word;
}

static inline struct text fixture_alt_stem(struct text word)
{
    return word.ptr[0] == 'q' ? text_from("alt") : text_make(NULL, 0);
}

static inline struct lexeme *fixture_add_lexeme(struct stream_fixture *f,
                                                struct text word)
{
    struct lexeme *l = arena_zeroed(&f->arena, 1, sizeof *l);
    l->word = arena_text(&f->arena, word);
    l->stem = fixture_stem(l->word);
    l->alt_stem = fixture_alt_stem(l->word);
    l->number = (uint32_t)f->count;
    MEM_GROW(f->lexemes, f->count, f->capacity);
    return f->lexemes[f->count++] = l;
}

/* `fillers` words that no article has take the first ids. */
static inline void fixture_init(struct stream_fixture *f, size_t fillers)
{
    struct error err = ERROR_NONE;
    *f = (struct stream_fixture){
        .folder = tempdir_make(), .arena = ARENA_INIT, .fillers = fillers};
    for (size_t i = 0; i < fillers; i++) {
        char word[32];
        snprintf(word, sizeof word, "f%zu", i);
        fixture_add_lexeme(f, text_from(word));
    }
    cr_assert_eq(
        tokens_writer_new(&f->writer, tempdir_file(f->folder, "tokens"), &err),
        STATUS_OK, "%s", err.message);
}

static inline void fixture_done(struct stream_fixture *f)
{
    tokens_writer_free(f->writer);
    tokens_free(f->tokens);
    vocabulary_free(f->vocabulary);
    arena_done(&f->arena);
    free(f->lexemes);
    tempdir_remove(f->folder);
}

static inline struct lexeme *fixture_lexeme(struct stream_fixture *f,
                                            struct text word)
{
    for (size_t i = f->fillers; i < f->count; i++)
        if (text_equal(f->lexemes[i]->word, word))
            return f->lexemes[i];
    return fixture_add_lexeme(f, word);
}

static inline void fixture_article(struct stream_fixture *f, const char *text)
{
    struct text rest = text_from(text), part;
    uint32_t position = 0;
    unsigned marks = TOKEN_PARAGRAPH | TOKEN_SENTENCE;
    tokens_writer_article(f->writer);
    while (text_split(&rest, ' ', &part)) {
        if (part.len == 0)
            continue;
        if (text_is(part, "|")) {
            tokens_writer_body(f->writer);
            position = 0;
            marks = TOKEN_PARAGRAPH | TOKEN_SENTENCE;
            continue;
        }
        if (text_is(part, ".") || text_is(part, "//")) {
            marks |= part.len == 1 ? TOKEN_SENTENCE
                                   : TOKEN_SENTENCE | TOKEN_PARAGRAPH;
            continue;
        }
        struct token token = {.position = position, .span = 1};
        if (part.ptr[0] == '^')
            marks |= TOKEN_CAPS;
        if (part.ptr[0] == '+') {
            marks |= TOKEN_JOINED;
            token.span = (uint32_t)(part.ptr[part.len - 1] - '0');
            token.position -= token.span;
            part.len -= 2;
        } else {
            position++;
        }
        if (part.ptr[0] == '^' || part.ptr[0] == '+')
            part = text_slice(part, 1, part.len);
        token.lexeme = fixture_lexeme(f, part);
        token.marks = marks;
        tokens_writer_add(f->writer, &token);
        marks = 0;
    }
}

static inline const struct lexeme *fixture_number(const void *context,
                                                  uint32_t number)
{
    return ((const struct stream_fixture *)context)->lexemes[number];
}

static inline struct evaluator_segment fixture_open(struct stream_fixture *f)
{
    struct error err = ERROR_NONE;
    struct manifest_file file = {.size = 0};
    uint32_t *ids = arena_zeroed(&f->arena, f->count, sizeof *ids);
    struct vocabulary_request request = {
        .path = tempdir_file(f->folder, "vocabulary"),
        .lexeme = fixture_number,
        .context = f,
        .count = (uint32_t)f->count,
        .ids = ids};
    if (tokens_writer_finish(f->writer, &file, &err) != STATUS_OK)
        cr_assert(false, "%s", err.message);
    for (uint32_t i = 0; i < f->count; i++)
        ids[i] = tokens_writer_id(f->writer, i);
    if (vocabulary_writer_save(&request, &file, &err) != STATUS_OK ||
        vocabulary_open(&f->vocabulary, request.path, &err) != STATUS_OK ||
        tokens_open(&f->tokens, tempdir_file(f->folder, "tokens"), &err) !=
            STATUS_OK)
        cr_assert(false, "%s", err.message);
    return (struct evaluator_segment){f->tokens, f->vocabulary, NULL};
}

/* --- conditions as condition_print() prints them ------------------------ */

static inline struct text fixture_take(struct text *rest, const char *stops)
{
    size_t len = 0;
    while (len < rest->len && !strchr(stops, rest->ptr[len]))
        len++;
    struct text taken = text_slice(*rest, 0, len);
    *rest = text_slice(*rest, len, rest->len);
    return taken;
}

static inline enum matcher_kind fixture_matcher_kind(struct text name)
{
    static const char *const names[] = {"word", "stem", "caps", "prefix"};
    for (size_t i = 0; i < 4; i++)
        if (text_is(name, names[i]))
            return (enum matcher_kind)i;
    cr_assert(false, "no matcher '%.*s'", TEXT_ARG(name));
    return MATCHER_WORD;
}

static inline enum condition_kind fixture_condition_kind(struct text name)
{
    static const char *const names[] = {
        "",    "PHRASE", "BEFORE",  "NEAR",  "SENTENCE", "PARAGRAPH",
        "AND", "OR",     "ATLEAST", "TITLE", "BODY",     "LEAD"};
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (text_is(name, names[i]))
            return (enum condition_kind)i;
    cr_assert(false, "no condition '%.*s'", TEXT_ARG(name));
    return CONDITION_WORD;
}

static inline const struct condition *fixture_read(struct arena *arena,
                                                   struct text *rest)
{
    const char open = rest->ptr[0];
    *rest = text_slice(*rest, 1, rest->len);
    if (open == '{') {
        struct matcher matchers[16];
        size_t count = 0;
        while (rest->ptr[0] != '}') {
            matchers[count].kind =
                fixture_matcher_kind(fixture_take(rest, ":"));
            *rest = text_slice(*rest, 1, rest->len);
            matchers[count++].text = fixture_take(rest, " }");
            if (rest->ptr[0] == ' ')
                *rest = text_slice(*rest, 1, rest->len);
        }
        *rest = text_slice(*rest, 1, rest->len);
        return condition_word(arena, matchers, count);
    }
    cr_assert_eq(open, '(');
    const enum condition_kind kind =
        fixture_condition_kind(fixture_take(rest, "/ "));
    uint32_t n = 0;
    if (rest->ptr[0] == '/')
        n = (uint32_t)strtoul(fixture_take(rest, " ").ptr + 1, NULL, 10);
    const struct condition *children[16];
    size_t count = 0;
    while (rest->ptr[0] == ' ') {
        *rest = text_slice(*rest, 1, rest->len);
        children[count++] = fixture_read(arena, rest);
    }
    *rest = text_slice(*rest, 1, rest->len);
    return condition_group(arena, kind, n, children, count);
}

static inline const struct condition *fixture_condition(struct arena *arena,
                                                        const char *text)
{
    struct text rest = text_from(text);
    const struct condition *c = fixture_read(arena, &rest);
    cr_assert_eq(rest.len, 0, "left over: %s", rest.ptr);
    return c;
}

#endif
