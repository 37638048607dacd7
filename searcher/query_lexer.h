/* The words of the query language: splits a query into tokens, each with its
 * place, and refuses what is none of them.
 *
 * Characters are read as their plain forms: curly, low and angled quotes are
 * quotes, non-breaking and other Unicode spaces are spaces, full-width
 * characters are narrow, hyphens and the minus sign are '-'. A token's text is
 * as typed.
 *
 *     query_lexer_start(&lexer, text, err)
 *     query_lexer_next(&lexer, &token, err) until QUERY_TOKEN_END
 *
 * The lexer owns nothing; tokens borrow from the text. */
#ifndef SEARCHER_QUERY_LEXER_H
#define SEARCHER_QUERY_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/fields.h"
#include "common/text.h"

enum { QUERY_SIZE_MAX = 1024 * 1024 };

enum query_token_kind {
    QUERY_TOKEN_END,
    QUERY_TOKEN_WORD,
    QUERY_TOKEN_EXACT,  /* =word; text without the = */
    QUERY_TOKEN_PHRASE, /* text between the quotes, trimmed, never empty */
    QUERY_TOKEN_ALL,    /* * */
    QUERY_TOKEN_FIELD,  /* title: with its value right behind it */
    QUERY_TOKEN_MINUS,  /* - with its operand right behind it */
    QUERY_TOKEN_NOT,
    QUERY_TOKEN_AND,
    QUERY_TOKEN_OR,
    QUERY_TOKEN_OPEN,
    QUERY_TOKEN_CLOSE,
    QUERY_TOKEN_WILDCARD,  /* sanction*, wom?n */
    QUERY_TOKEN_FUZZY,     /* zelensky~2, all of it; number = distance */
    QUERY_TOKEN_NEAR,      /* w/5; number */
    QUERY_TOKEN_PRE,       /* pre/3; number */
    QUERY_TOKEN_SENTENCE,  /* w/s */
    QUERY_TOKEN_PARAGRAPH, /* w/p */
    QUERY_TOKEN_ATLEAST,   /* atleast3 right before (; number */
    QUERY_TOKEN_CAPS,      /* caps right before ( */
    QUERY_TOKEN_FIRST,     /* first/20 or lead right before (; number */
    QUERY_TOKEN_DATE,      /* date:2022-02; text = the value; limits follow */
    QUERY_TOKEN_SINCE,     /* since:7d */
    QUERY_TOKEN_UNTIL,     /* until:yesterday */
    QUERY_TOKEN_LENGTH     /* length:200..800, length>500: text from : or > */
};

struct query_token {
    enum query_token_kind kind;
    enum field field;      /* of QUERY_TOKEN_FIELD */
    uint32_t number;       /* where the kind says so */
    struct text text;      /* of what has words, as typed; else empty */
    size_t offset, length; /* of the whole token */
};

struct query_lexer {
    struct text text;
    size_t at;
    bool literal; /* the next word is the value of an exact field */
};

/* Checks the whole text for its size, for UTF-8 and for control characters. */
enum status query_lexer_start(struct query_lexer *out, struct text text,
                              struct error *err) NODISCARD;

/* After QUERY_TOKEN_END it yields that again; after an error it must not be
 * asked again. */
enum status query_lexer_next(struct query_lexer *l, struct query_token *out,
                             struct error *err) NODISCARD;

/* Appends `t` with every run of white space as one blank. */
struct strbuf;
void query_lexer_squeeze(struct text t, struct strbuf *out);

#endif
