/* Passes over words without looking at what they are, for who knows already
 * and wants to know where in a text they stand. */
#ifndef COMMON_WORD_SKIP_H
#define COMMON_WORD_SKIP_H

#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

/* Passes over `*left` words at most and counts them down; gives where the next
 * one begins, or text.len. Knows only runs of ASCII letters and digits: stops
 * before a word that is, or may be, another or joined to another, with some
 * left. `at` must be behind a word or at the start. */
size_t word_skip(struct text t, size_t at, uint32_t *left);

#endif
