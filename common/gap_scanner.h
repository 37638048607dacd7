/* What stands between two words, and whether a sentence or a paragraph ends
 * there. docs/analysis.md states the rules. */
#ifndef COMMON_GAP_SCANNER_H
#define COMMON_GAP_SCANNER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/character.h"
#include "common/text.h"

/* How a text shows its paragraphs. */
enum text_layout {
    LAYOUT_LINES,  /* every line break ends one: some line is long */
    LAYOUT_WRAPPED /* a blank line or an indented one does */
};

enum { WRAPPED_LINE_MAX = 120 }; /* bytes */

enum gap_break { GAP_PLAIN, GAP_SENTENCE, GAP_PARAGRAPH };

struct gap {
    size_t next;          /* the next word; text.len if there is none */
    enum character first; /* what it begins with */
    enum gap_break kind;
    bool lone_dot;  /* GAP_SENTENCE only because of one dot, right behind the
                       word: an abbreviation would undo it */
    size_t invalid; /* sequences that are no UTF-8 */
};

/* Begins at byte `at`, behind a word or at the start. */
void gap_scan(struct text t, size_t at, enum text_layout layout,
              struct gap *out);

enum text_layout gap_layout(struct text t);

/* Whether of the letters that have case, below U+0800, seven tenths or more
 * are capitals: a headline in capitals says nothing by them. */
bool gap_all_capitals(struct text t);

#endif
