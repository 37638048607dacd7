/* Where the words of a query stand in an article, decided by trying: every
 * word is compared with every token, and every occurrence of one operand with
 * every occurrence of the other. */
#ifndef TESTS_SEARCHER_REFERENCE_TEXT_H
#define TESTS_SEARCHER_REFERENCE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/analyzer.h"
#include "common/text.h"
#include "searcher/query.h"
#include "tests/searcher/reference_article.h"

enum { REFERENCE_PARTS_MAX = 64, REFERENCE_WORD_MAX = 256 };

struct reference_part {
    const struct lexeme *lexeme; /* of the analyzer */
    bool caps, dotted;           /* US, U.S. */
};

/* What was typed as one word or phrase. */
struct reference_typed {
    struct reference_part parts[REFERENCE_PARTS_MAX], joined;
    size_t count;
    bool has_joined; /* the whole of it is one hyphenated word */
    bool exact, capitals;
    bool character; /* a single one of a script of pairs */
};

struct reference_typed reference_typed(struct analyzer *analyzer,
                                       const struct query_node *node);

/* A wildcard, or a word with ~, as words are in an index. */
struct reference_pattern {
    enum query_kind kind;
    uint32_t distance;
    uint32_t characters[REFERENCE_WORD_MAX];
    size_t count; /* 0: it is not one word */
};

struct reference_pattern reference_pattern(struct analyzer *analyzer,
                                           const struct query_node *node);

/* Whether it stands for a word, which is folded. */
bool reference_pattern_fits(const struct reference_pattern *pattern,
                            struct text word);

/* Whether `word` is the typed one, or a pair with it. */
bool reference_has_character(const struct reference_typed *typed,
                             struct text word);

/* Title and body, as opposed to the other fields. */
bool reference_is_text(const struct query_node *node);

/* Whether there is a word in it, or in one of the parts of it that are needed.
 */
bool reference_has_words(struct analyzer *analyzer,
                         const struct query_node *node);

/* One way in which a part of a query stands in an article: the tokens that it
 * takes, ascending. */
enum { REFERENCE_TOKENS_MAX = 24 };
struct reference_way {
    size_t tokens[REFERENCE_TOKENS_MAX];
    size_t count;
};

struct reference_ways {
    struct reference_way *ways; /* each once */
    size_t count, capacity;
    bool too_many; /* to try them all */
};

/* Words, their kin, phrases, ORs of such, and conditions on positions. The
 * ways are the caller's to free(). */
struct reference_ways reference_ways(struct analyzer *analyzer,
                                     const struct query_node *node,
                                     const struct reference_article *a);

#endif
