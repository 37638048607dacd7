/* What a character is to the analyzer: a table for ASCII, utf8proc's Unicode
 * categories for the rest. docs/analysis.md says the same in words. */
#ifndef COMMON_CHARACTER_H
#define COMMON_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

enum character {
    CHARACTER_OTHER, /* separates words and means nothing else */
    /* Begin and continue a word: */
    CHARACTER_UPPER,
    CHARACTER_LOWER,
    CHARACTER_LETTER, /* without case, title case included */
    CHARACTER_DIGIT,  /* and super- and subscript ones */
    CHARACTER_CJK,    /* Han, kana, Hangul */
    /* Continue a word: */
    CHARACTER_MARK,
    CHARACTER_IGNORED, /* soft hyphens, zero-width characters: vanish */
    /* May join two parts of a word: */
    CHARACTER_APOSTROPHE,
    CHARACTER_HYPHEN,
    CHARACTER_COMMA,
    CHARACTER_AMPERSAND,
    /* Separate words and may end sentences and paragraphs: */
    CHARACTER_DOT,      /* the ASCII full stop, which may join, too */
    CHARACTER_STOP,     /* ! ? and the ellipsis */
    CHARACTER_CJK_STOP, /* needs no white space behind it */
    CHARACTER_CLOSER,   /* quotes and brackets that may follow a stop */
    CHARACTER_SPACE,
    CHARACTER_LINE_BREAK,
    CHARACTER_PARAGRAPH_BREAK,
    CHARACTER_INVALID /* not UTF-8 */
};

extern const uint8_t character_ascii[128];

/* For one that does not begin with an ASCII byte. */
enum character character_beyond_ascii(struct text t, size_t at, size_t *length);

/* The character at byte `at` (at < t.len), its length in bytes in *length. */
static inline enum character character_at(struct text t, size_t at,
                                          size_t *length)
{
    unsigned char byte = (unsigned char)t.ptr[at];
    if (byte >= 0x80)
        return character_beyond_ascii(t, at, length);
    *length = 1;
    return (enum character)character_ascii[byte];
}

/* The same for one code point of U+0080 or above. */
enum character character_of(uint32_t code_point);

/* Hangul vowels and finals, voiced sound marks: written as characters of their
 * own, but one character with the one before. */
bool character_extends_cjk(uint32_t code_point);

static inline bool character_begins_word(enum character c)
{
    return c >= CHARACTER_UPPER && c <= CHARACTER_CJK;
}

/* A letter or digit of a word that is not CJK. */
static inline bool character_is_alphanumeric(enum character c)
{
    return c >= CHARACTER_UPPER && c <= CHARACTER_DIGIT;
}

static inline bool character_is_letter(enum character c)
{
    return c >= CHARACTER_UPPER && c <= CHARACTER_LETTER;
}

#endif
