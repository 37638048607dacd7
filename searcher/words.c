#include "searcher/words.h"

#include <string.h>

#include <utf8proc.h>

#include "common/strbuf.h"
#include "common/utf8.h"
#include "searcher/query_char.h"

enum { PATTERN_MAX = 1 << 20 };

/* Whether it has two capitals or more, and no other letters. That a text is all
 * in capitals, which decides in articles, says nothing of a query. */
static bool is_in_capitals(struct text written)
{
    size_t capitals = 0, length;
    for (size_t at = 0; at < written.len; at += length) {
        utf8proc_category_t category = utf8proc_category(
            (utf8proc_int32_t)utf8_decode(written, at, &length));
        if (category >= UTF8PROC_CATEGORY_LL &&
            category <= UTF8PROC_CATEGORY_LO)
            return false;
        capitals += category == UTF8PROC_CATEGORY_LU;
    }
    return capitals >= 2;
}

static struct word make_word(const struct token *token, struct text typed,
                             struct arena *arena)
{
    const struct lexeme *l = token->lexeme;
    struct word word = {
        .word = arena_text(arena, l->word),
        .stem = arena_text(arena, l->stem),
        .alt_stem = arena_text(arena, l->alt_stem),
        .dotted = token->marks & TOKEN_DOTTED,
    };
    if (is_in_capitals(text_slice(typed, token->offset, token->length))) {
        AUTO_DONE(strbuf) caps = STRBUF_INIT(4 * ANALYZER_WORD_MAX);
        analyzer_caps_form(l, &caps);
        word.caps = arena_text(arena, strbuf_text(&caps));
    }
    return word;
}

static struct word *push(struct words *words, size_t *capacity,
                         struct arena *arena)
{
    if (words->count == *capacity) {
        size_t wider = *capacity ? *capacity * 2 : 4;
        struct word *parts = arena_zeroed(arena, wider, sizeof *parts);
        if (words->count > 0)
            memcpy(parts, words->parts, words->count * sizeof *parts);
        words->parts = parts;
        *capacity = wider;
    }
    return (struct word *)&words->parts[words->count++];
}

struct words words_analyze(struct analyzer *analyzer, struct text typed,
                           struct arena *arena)
{
    struct words words = {0};
    size_t capacity = 0;
    size_t joined_parts = 0;
    struct token token;
    analyzer_start(analyzer, typed);
    while (analyzer_next(analyzer, &token)) {
        if (token.marks & TOKEN_JOINED) {
            struct word *joined = arena_zeroed(arena, 1, sizeof *joined);
            *joined = make_word(&token, typed, arena);
            words.joined = joined;
            joined_parts = token.span;
        } else {
            *push(&words, &capacity, arena) = make_word(&token, typed, arena);
        }
    }
    if (joined_parts != words.count)
        words.joined = NULL;
    return words;
}

/* --- patterns ------------------------------------------------------------- */

/* What is analysed in the place of a wildcard: letters of Linear A, which no
 * archive has, and which neither case nor accents change. */
#define ANY_LETTERS "\xf0\x90\x98\x80"
#define ONE_LETTER  "\xf0\x90\x98\x81"

static void append_letters(struct text typed, struct strbuf *out)
{
    size_t length;
    for (size_t at = 0; at < typed.len; at += length) {
        int32_t c = query_char_at(typed, at, &length);
        if (c == '*')
            strbuf_append_string(out, ANY_LETTERS);
        else if (c == '?')
            strbuf_append_string(out, ONE_LETTER);
        else
            strbuf_append(out, text_slice(typed, at, length));
    }
}

static struct text wildcards_again(struct text word, struct arena *arena)
{
    static const struct text any = TEXT(ANY_LETTERS), one = TEXT(ONE_LETTER);
    AUTO_DONE(strbuf) out = STRBUF_INIT(PATTERN_MAX);
    for (size_t at = 0; at < word.len;) {
        struct text rest = text_slice(word, at, word.len);
        bool is_any = text_starts_with(rest, any);
        if (is_any || text_starts_with(rest, one)) {
            strbuf_append_char(&out, is_any ? '*' : '?');
            at += one.len;
        } else {
            strbuf_append_char(&out, word.ptr[at++]);
        }
    }
    return arena_text(arena, strbuf_text(&out));
}

/* Dates and scores have no joined form, whatever the wildcard stands for. */
static bool is_number(struct text pattern)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (!strchr("0123456789*?", pattern.ptr[i]))
            return false;
    return true;
}

bool words_pattern(struct text *out, struct analyzer *analyzer,
                   struct text typed, struct arena *arena)
{
    AUTO_DONE(strbuf) letters = STRBUF_INIT(4 * PATTERN_MAX);
    append_letters(typed, &letters);
    struct words words = words_analyze(analyzer, strbuf_text(&letters), arena);
    if (words.count != 1 && !words.joined)
        return false;
    struct text pattern = wildcards_again(
        words.count == 1 ? words.parts[0].word : words.joined->word, arena);
    if (words.count > 1 && is_number(pattern))
        return false;
    *out = pattern;
    return true;
}
