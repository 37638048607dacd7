#include "tests/searcher/reference_article.h"

#include <stdlib.h>

#include "common/mem.h"

enum { GAP = 100 };

/* What the next part of the article goes on counting from. */
struct counts {
    uint32_t position, sentence, paragraph;
};

static void take_apart(struct reference_article *a, struct analyzer *analyzer,
                       struct text text, bool body, struct counts *counts)
{
    const uint32_t before = counts->position;
    struct token token;
    analyzer_start(analyzer, text);
    while (analyzer_next(analyzer, &token)) {
        counts->sentence += (token.marks & TOKEN_SENTENCE) != 0;
        counts->paragraph += (token.marks & TOKEN_PARAGRAPH) != 0;
        const uint32_t first = before + 1 + token.position;
        const uint32_t last = first + token.span - 1;
        if (last > counts->position)
            counts->position = last;
        MEM_GROW(a->tokens, a->count, a->capacity);
        a->tokens[a->count++] = (struct reference_token){
            .lexeme = token.lexeme,
            .offset = token.offset,
            .length = token.length,
            .first = first,
            .last = last,
            .sentence = counts->sentence,
            .paragraph = counts->paragraph,
            .body = body,
            .caps = token.marks & TOKEN_CAPS,
            .bigram = token.marks & TOKEN_BIGRAM,
        };
    }
}

void reference_article_init(struct reference_article *out,
                            struct analyzer *analyzer,
                            const struct article *article)
{
    struct counts counts = {0, 0, 0};
    *out = (struct reference_article){.article = article};
    take_apart(out, analyzer, article->title, false, &counts);
    counts.position += GAP;
    counts.sentence++;
    counts.paragraph++;
    out->body_first = counts.position + 1;
    take_apart(out, analyzer, article->body, true, &counts);
    out->body_words = counts.position + 1 - out->body_first;
}

void reference_article_done(struct reference_article *a)
{
    free(a->tokens);
}
