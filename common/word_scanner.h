/* Where a word ends, and its form. Knows nothing of positions, of hyphens
 * (which join whole words), or of what a word means. */
#ifndef COMMON_WORD_SCANNER_H
#define COMMON_WORD_SCANNER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/language.h"
#include "common/lexicon.h"
#include "common/text.h"

struct scanned_word {
    struct word_form form; /* cut at ANALYZER_WORD_MAX bytes */
    bool form_full;        /* a character did not fit: none may follow */
    size_t offset, end;    /* of what was written, in bytes */
    size_t next;           /* where the gap begins: behind a possessive */
    size_t letters;        /* of any script */
    size_t capitals;       /* of these */
    size_t digits;
    bool dotted; /* U.S. */
};

/* A character_is_alphanumeric() must begin at byte `at`. */
void word_scan(struct text t, size_t at, enum language_apostrophe apostrophe,
               struct scanned_word *out);

/* Where the CJK character that begins at `at`, with the marks that belong to
 * it, ends; `at` if none begins there. */
size_t word_scan_cjk(struct text t, size_t at);

/* If a hyphen stands at `at` and another part of a word follows it, where that
 * part begins; else 0. */
size_t word_after_hyphen(struct text t, size_t at);

/* Appends valid UTF-8, cutting at a character's edge. */
void word_form_append(struct word_form *form, bool *full, struct text t);

#endif
