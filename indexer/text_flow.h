/* Writes running text word by word: runs of blanks are one, and of the gaps
 * that markup asks for between two words the widest counts. None stands at the
 * beginning or the end.
 *
 *     struct text_flow flow = {.out = &out};
 *     text_flow_words(&flow, text);
 *     text_flow_widen(&flow, GAP_PARAGRAPH);
 *     text_flow_words(&flow, more); */
#ifndef INDEXER_TEXT_FLOW_H
#define INDEXER_TEXT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH };

struct text_flow {
    struct strbuf *out;
    enum gap gap; /* between the last word and the next */
    bool begun;   /* a word was written */
};

/* The length of a blank at `at`, no-break spaces among them; else 0. */
size_t text_flow_blank(struct text t, size_t at);

void text_flow_widen(struct text_flow *flow, enum gap gap);
void text_flow_words(struct text_flow *flow, struct text t);

/* Each line of `t` as one. */
void text_flow_lines(struct text_flow *flow, struct text t);

/* As it stands, with its blanks. */
void text_flow_verbatim(struct text_flow *flow, struct text t);

#endif
