/* Writes a segment's token stream (common/tokens.h).
 *
 *     tokens_writer_article(w);            docids from 1, in this order
 *     tokens_writer_add(w, &token) ...     the title's tokens
 *     tokens_writer_body(w);
 *     tokens_writer_add(w, &token) ...     the body's tokens
 *
 * The ids of the words are such that frequent ones have small ones, which take
 * fewer bytes: how frequent they are is learnt from a sample, the first
 * TOKENS_SAMPLE bytes, which are kept and written when it is complete.
 *
 * Life cycle: tokens_writer_new(), articles, tokens_writer_finish(); a free
 * without finish leaves no file. Holds 4 bytes an article, and 4 a lexeme of
 * the sample. Write errors stick and are reported at the end. */
#ifndef INDEXER_SEGMENT_TOKENS_WRITER_H
#define INDEXER_SEGMENT_TOKENS_WRITER_H

#include "common/analyzer.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/manifest.h"

enum { TOKENS_SAMPLE = 2 << 20 }; /* bytes, and what its last article has */

struct tokens_writer;

enum status tokens_writer_new(struct tokens_writer **out, const char *path,
                              struct error *err) NODISCARD;
void tokens_writer_free(struct tokens_writer *w);
DEFINE_AUTO(tokens_writer);

/* Ends the article before, if any, and begins the next, which may stay
 * without tokens. */
void tokens_writer_article(struct tokens_writer *w);
void tokens_writer_body(struct tokens_writer *w);

/* A token as the analyzer gives it, in its order. */
void tokens_writer_add(struct tokens_writer *w, const struct token *token);

/* The file is in place and durable. Fills in size and digest of `out`. */
enum status tokens_writer_finish(struct tokens_writer *w,
                                 struct manifest_file *out, struct error *err)
    NODISCARD;

/* The id of the lexeme with this number; known after finish. Ids are as dense
 * as the numbers. */
uint32_t tokens_writer_id(const struct tokens_writer *w, uint32_t number);

#endif
