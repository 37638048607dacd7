/* The one definition of a word, used for articles and for queries alike.
 *
 *     struct token token;
 *     analyzer_start(analyzer, text);
 *     while (analyzer_next(analyzer, &token))
 *         ...
 *
 * Life cycle: analyzer_new(), any number of texts, analyzer_free(). Not for
 * use by several threads at once. docs/analysis.md states the rules; a change
 * of what any text yields is a new ANALYZER_VERSION.
 *
 * An analyzer keeps every different word it has met as a lexeme, so that
 * folding, stemming and interning a repeated word is one lookup, and numbers
 * them densely by first occurrence: a segment's vocabulary is exactly the
 * lexemes of the analyzer that built it. */
#ifndef COMMON_ANALYZER_H
#define COMMON_ANALYZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

enum { ANALYZER_VERSION = 1 };

/* A word is cut at this many bytes, at a character's edge, so that it and its
 * prefixed terms fit in Xapian's 245. */
enum { ANALYZER_WORD_MAX = 200 };

enum { ANALYZER_AHEAD = 16 };

/* The texts and the lexeme itself stay where they are until analyzer_forget()
 * or analyzer_free(). Two lexemes differ in word or in stem. */
struct lexeme {
    struct text word;     /* folded: case, width, Latin diacritics */
    struct text stem;     /* stem of the unfolded word, then folded; empty of
                             words that begin with a digit and with language
                             none */
    struct text alt_stem; /* stem of `word` where that is another, else empty */
    uint32_t number;      /* dense from 0, by first occurrence */
    uint32_t place;       /* for who gathers lexemes in an array: its index
                             there, if that lexeme is there at all */
};

enum token_mark {
    TOKEN_CAPS = 1,      /* all capitals, two or more, in text that is not */
    TOKEN_SENTENCE = 2,  /* the first of its sentence */
    TOKEN_PARAGRAPH = 4, /* the first of its paragraph (and sentence) */
    TOKEN_JOINED = 8,    /* covid19 of covid-19: after its parts, at the
                            position of the first, `span` positions wide */
    TOKEN_DOTTED = 16,   /* written with dots: U.S. */
    TOKEN_BIGRAM = 32    /* two CJK characters; the next may overlap it */
};

struct token {
    struct lexeme *lexeme; /* `place` may be written */
    size_t offset, length; /* in bytes, of what was written */
    uint32_t position;     /* from 0, in this text */
    uint32_t span;         /* positions covered: 1, or a joined word's parts */
    unsigned marks;        /* enum token_mark */
};

struct analyzer;

/* `language` is a name or code that Xapian's stemmers know ("english", "en")
 * or "none"; otherwise STATUS_USAGE, with the known ones in the message. */
enum status analyzer_new(struct analyzer **out, const char *language,
                         struct error *err) NODISCARD;
void analyzer_free(struct analyzer *a);

/* The canonical name of its language ("english"); lives with the analyzer. */
const char *analyzer_language(const struct analyzer *a);

/* `t` must stay valid while it is read. Invalid UTF-8 separates words and is
 * counted. A text may be left unread. */
void analyzer_start(struct analyzer *a, struct text t);
bool analyzer_next(struct analyzer *a, struct token *out);

/* As reading up to `max` tokens, ANALYZER_AHEAD at most, but faster: the memory
 * of all their lexemes is fetched at the same time. Fewer only at the end. */
size_t analyzer_read(struct analyzer *a, struct token *out, size_t max);

/* As reading `count` tokens, but several times as fast: to find where in a text
 * a token stands whose number is known. False if there were not so many. The
 * marks of the tokens read afterwards say nothing of sentences. */
bool analyzer_skip(struct analyzer *a, uint32_t count);

/* Sequences of invalid UTF-8 met since analyzer_new(). */
uint64_t analyzer_invalid_count(const struct analyzer *a);

/* The lexemes met so far, 0 <= number < count. */
uint32_t analyzer_lexeme_count(const struct analyzer *a);
const struct lexeme *analyzer_lexeme(const struct analyzer *a, uint32_t number);

/* Memory held for the lexemes met so far, in bytes. */
size_t analyzer_memory(const struct analyzer *a);

/* Forgets all lexemes, so that numbers start at 0 again. Ends the text that is
 * being read. */
void analyzer_forget(struct analyzer *a);

/* The case-kept form of a lexeme that is marked TOKEN_CAPS: "US" for us.
 * Written into `out` (its content is replaced). */
struct strbuf;
void analyzer_caps_form(const struct lexeme *lexeme, struct strbuf *out);

/* Folds a whole value as words are folded, spaces and punctuation kept, runs
 * of white space one space: for exact terms such as XSOURCE:bbc news. */
void analyzer_fold_value(struct text value, struct strbuf *out);

DEFINE_AUTO(analyzer);

#endif
