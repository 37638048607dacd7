/* The token stream of a segment: for each article the sequence of its words as
 * ids into the vocabulary, with marks; read through mmap. The format is
 * described at the top of tokens.c.
 *
 * Positions: the title's words count from 1; the body's first word stands at
 * the title's last position (0 without title) + TOKENS_GAP + 1. A joined word
 * (covid19 of covid-19) stands at its parts' positions and takes none itself.
 *
 *     struct token_cursor cursor;
 *     if (tokens_article(tokens, docid, &cursor))
 *         while (token_cursor_next(&cursor, &word))
 *             ... */
#ifndef COMMON_TOKENS_H
#define COMMON_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"

enum {
    TOKENS_GAP = 100,
    TOKENS_ARTICLE_MAX = 1 << 30 /* bytes; no article's text comes near it */
};

struct tokens;

/* STATUS_STALE if the file is missing, STATUS_CORRUPT if its header or size is
 * wrong. */
enum status tokens_open(struct tokens **out, const char *path,
                        struct error *err) NODISCARD;
void tokens_free(struct tokens *t);
DEFINE_AUTO(tokens);

uint32_t tokens_articles(const struct tokens *t); /* docids 1 to this */

/* One word of an article. */
struct stream_word {
    uint32_t id;        /* in the vocabulary */
    uint32_t position;  /* see above */
    uint32_t span;      /* 1, or the positions that a joined word covers */
    uint32_t sentence;  /* counted from 0 over title and body; the title is at
                           least one of its own */
    uint32_t paragraph; /* the same for paragraphs */
    bool body, caps;
};

struct token_cursor {
    const uint8_t *at, *end;
    struct stream_word last;
    uint32_t next_position;
    uint32_t field_start; /* position of the title's or body's first word */
    bool started;
};

/* False if the docid is out of range, or its place in the file is damaged. */
bool tokens_article(const struct tokens *t, uint32_t docid,
                    struct token_cursor *out) NODISCARD;

/* The same for who asks about a few articles, such as a program that answers
 * one query: the first that are asked for are read into the arena, which takes
 * a small part of the time of mapping a page for each. */
bool tokens_read(struct tokens *t, uint32_t docid, struct arena *arena,
                 struct token_cursor *out) NODISCARD;

/* Has the beginning of an article fetched into the processor's caches. */
void tokens_expect(const struct tokens *t, uint32_t docid);

/* False at the end, and at the first byte that is no token stream, where `at`
 * is not `end`: damage never reads outside the article. */
bool token_cursor_next(struct token_cursor *cursor, struct stream_word *out);

/* --- the format, for those who write or scan it themselves --------------- */

#define TOKENS_HEADER "morgue tokens 1\n"
enum { TOKENS_HEADER_SIZE = 16, TOKENS_OFFSET_SIZE = 5 };

/* Codes below TOKENS_FIRST_WORD are marks, id + TOKENS_FIRST_WORD a word. */
enum token_code {
    TOKENS_SENTENCE,  /* the next word begins a sentence */
    TOKENS_PARAGRAPH, /* the next word begins a paragraph */
    TOKENS_BODY,      /* the next word is the body's first */
    TOKENS_CAPS,      /* the next word is in capitals */
    TOKENS_JOINED,    /* then a varint, its span: the next word covers the last
                         `span` positions */
    TOKENS_FIRST_WORD = 8
};

#endif
