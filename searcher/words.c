#include "searcher/words.h"

#include <string.h>

#include "common/strbuf.h"

/* U.S. as opposed to u.s.; whether a text is all in capitals, which decides
 * in articles, says nothing of a query. */
static bool is_dotted_capitals(const struct token *token, struct text typed)
{
    if (!(token->marks & TOKEN_DOTTED))
        return false;
    struct text written = text_slice(typed, token->offset, token->length);
    for (size_t i = 0; i < written.len; i++)
        if (written.ptr[i] >= 'a' && written.ptr[i] <= 'z')
            return false;
    return true;
}

static struct word make_word(const struct token *token, struct text typed,
                             struct arena *arena)
{
    const struct lexeme *l = token->lexeme;
    struct word word = {
        .word = arena_text(arena, l->word),
        .stem = arena_text(arena, l->stem),
        .alt_stem = arena_text(arena, l->alt_stem),
    };
    if (is_dotted_capitals(token, typed)) {
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
