/* What one article contributes to the index: its words with their counts, its
 * other terms, its values and its stored record; independent of how tables
 * are written. The table of terms and values is in docs/archive-format.md.
 *
 * Life cycle: document_builder_new(), then for each article
 * document_begin(), document_token() for every token of title and body,
 * document_end(), which gives the document; it is valid until the next begin.
 */
#ifndef INDEXER_DOCUMENT_H
#define INDEXER_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "common/analyzer.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/fields.h"
#include "common/text.h"

/* How often a lexeme is mentioned in title and body together, in the title,
 * and in capitals. */
struct word_count {
    const struct lexeme *lexeme;
    uint32_t total, title, caps;
    uint32_t number; /* the lexeme's, here so that it need not be looked at */
};

struct document_term {
    struct text term;
    uint32_t count; /* 0: boolean */
};

struct document {
    const struct word_count *words; /* each lexeme once, by first occurrence */
    size_t word_count;
    const struct document_term *terms; /* each once */
    size_t term_count;
    struct text values[SLOT_COUNT]; /* empty: none in that slot */
    struct text data;
    struct text deflated; /* not empty: the data, by a deflater, instead */
};

enum document_part { DOCUMENT_TITLE, DOCUMENT_BODY };

struct document_builder;

/* `language` as for analyzer_new(). */
enum status document_builder_new(struct document_builder **out,
                                 const char *language, struct error *err)
    NODISCARD;
void document_builder_free(struct document_builder *b);
DEFINE_AUTO(document_builder);

void document_begin(struct document_builder *b);
void document_token(struct document_builder *b, const struct token *token,
                    enum document_part part);

/* The record was made and deflated elsewhere; borrowed. */
void document_deflated(struct document_builder *b, struct text deflated);
const struct document *document_end(struct document_builder *b,
                                    const struct article *article,
                                    const struct ingest *ingest,
                                    const struct digest *content);

#endif
