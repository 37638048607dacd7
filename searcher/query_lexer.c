#include "searcher/query_lexer.h"

#include <stddef.h>

#include <utf8proc.h>

#include "common/strbuf.h"
#include "searcher/query_char.h"
#include "searcher/query_word.h"

enum { EN_DASH = 0x2013, EM_DASH = 0x2014 };

static bool is_control(int32_t c)
{
    if (c >= '\t' && c <= '\r')
        return false;
    return (c < 0x20) || (c >= 0x7f && c < 0xa0 && c != 0x85);
}

enum status query_lexer_start(struct query_lexer *out, struct text text,
                              struct error *err)
{
    if (text.len > QUERY_SIZE_MAX)
        return error_set_at(err, STATUS_QUERY, QUERY_SIZE_MAX,
                            "the query is longer than %d bytes",
                            QUERY_SIZE_MAX);
    for (size_t at = 0; at < text.len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + at,
                             (utf8proc_ssize_t)(text.len - at), &c);
        if (length <= 0)
            return error_set_at(err, STATUS_QUERY, at,
                                "the query is not valid UTF-8 here");
        if (is_control(c))
            return error_set_at(err, STATUS_QUERY, at,
                                "a control character (U+%04X) in the query",
                                (unsigned)c);
        at += (size_t)length;
    }
    *out = (struct query_lexer){.text = text};
    return STATUS_OK;
}

static int32_t char_at(const struct query_lexer *l, size_t at)
{
    size_t length;
    return query_char_at(l->text, at, &length);
}

static bool is_blank(int32_t c)
{
    return c == ' ' || c == QUERY_CHAR_INVISIBLE;
}

static void skip_blanks(struct query_lexer *l)
{
    size_t length;
    while (is_blank(query_char_at(l->text, l->at, &length)))
        l->at += length;
}

static bool ends_operand(int32_t c)
{
    return is_blank(c) || c == ')' || c == QUERY_CHAR_END;
}

/* From `at` to the first of white space, parenthesis, quote and end. */
static size_t word_end(const struct query_lexer *l, size_t at)
{
    size_t length;
    for (;; at += length) {
        int32_t c = query_char_at(l->text, at, &length);
        if (c == ' ' || c == '(' || c == ')' || c == '"' || c == QUERY_CHAR_END)
            return at;
    }
}

static void finish(struct query_lexer *l, struct query_token *out, size_t end)
{
    out->length = end - out->offset;
    l->at = end;
}

/* What closes stands apart from the next word, so that "der "Spiegel" sagt"
 * is not taken for two phrases around a word. */
static enum status check_apart(const struct query_lexer *l, const char *what,
                               struct error *err)
{
    int32_t c = char_at(l, l->at);
    if (ends_operand(c) || c == '(')
        return STATUS_OK;
    return error_set_at(err, STATUS_QUERY, l->at,
                        "expected white space after %s", what);
}

static struct text trim_blanks(struct text t)
{
    size_t length, from = 0, to = 0;
    while (is_blank(query_char_at(t, from, &length)))
        from += length;
    for (size_t at = from; at < t.len; at += length)
        if (!is_blank(query_char_at(t, at, &length)))
            to = at + length;
    return to > from ? text_slice(t, from, to - from) : text_make(NULL, 0);
}

/* `at` is that of the opening quote. */
static enum status lex_phrase(struct query_lexer *l, size_t at,
                              struct query_token *out, struct error *err)
{
    size_t length;
    query_char_at(l->text, at, &length);
    size_t from = at + length, to = from;
    int32_t c;
    while ((c = query_char_at(l->text, to, &length)) != '"') {
        if (c == QUERY_CHAR_END)
            return error_set_at(err, STATUS_QUERY, at,
                                "the quote that opens here is not closed: "
                                "expected another quote after the phrase");
        to += length;
    }
    out->kind = QUERY_TOKEN_PHRASE;
    out->text = trim_blanks(text_slice(l->text, from, to - from));
    if (out->text.len == 0)
        return error_set_at(err, STATUS_QUERY, at,
                            "an empty phrase: expected words between the "
                            "quotes");
    finish(l, out, to + length);
    return check_apart(l, "the closing quote", err);
}

static enum status lex_exact(struct query_lexer *l, struct query_token *out,
                             struct error *err)
{
    size_t length;
    query_char_at(l->text, l->at, &length);
    size_t at = l->at + length;
    int32_t c = char_at(l, at);
    if (c == '"')
        return lex_phrase(l, at, out, err);
    if (ends_operand(c) || c == '(' || c == '=')
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "expected a word or a phrase right after '='");
    size_t end = word_end(l, at);
    out->kind = QUERY_TOKEN_EXACT;
    out->text = trim_blanks(text_slice(l->text, at, end - at));
    finish(l, out, end);
    c = char_at(l, end);
    if (c == '(' || c == '"')
        return error_set_at(err, STATUS_QUERY, end,
                            "expected white space after the word");
    return l->literal ? STATUS_OK : query_word_check_exact(out, err);
}

static enum status lex_minus(struct query_lexer *l, struct query_token *out,
                             struct error *err)
{
    size_t length;
    query_char_at(l->text, l->at, &length);
    out->kind = QUERY_TOKEN_MINUS;
    finish(l, out, l->at + length);
    int32_t c = char_at(l, l->at);
    if (c == '-')
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "'--' means nothing here: one '-' before a word "
                            "excludes it");
    if (ends_operand(c))
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "expected a word, a phrase or '(' right after "
                            "'-'");
    return STATUS_OK;
}

/* A field's value stands right behind the colon. */
static enum status lex_field(struct query_lexer *l, struct query_token *out,
                             struct error *err)
{
    const char *name = fields[out->field].name;
    int32_t c = char_at(l, l->at);
    if (ends_operand(c))
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "expected a word, a phrase or '(' right after "
                            "'%s:'",
                            name);
    if (c == '-')
        return error_set_at(err, STATUS_QUERY, l->at,
                            "expected a word, a phrase or '(' after '%s:': "
                            "to exclude, write '-%s:'",
                            name, name);
    l->literal = fields[out->field].kind == FIELD_EXACT;
    return STATUS_OK;
}

/* Right behind a word: neither a quote nor, unless the word is an operator or
 * a function, a parenthesis. */
static enum status check_word_ends(const struct query_lexer *l,
                                   const struct query_token *token,
                                   bool literal, struct error *err)
{
    int32_t next = char_at(l, l->at);
    if (next == '"')
        return error_set_at(err, STATUS_QUERY, l->at,
                            "a quote within a word: expected white space "
                            "before it");
    if (next == '(' && literal)
        return error_set_at(err, STATUS_QUERY, l->at,
                            "a parenthesis within a value: put the value in "
                            "quotes");
    if (next == '(' && token->kind >= QUERY_TOKEN_DATE)
        return error_set_at(err, STATUS_QUERY, l->at,
                            "expected white space before '('");
    return STATUS_OK;
}

static enum status lex_word(struct query_lexer *l, struct query_token *out,
                            struct error *err)
{
    bool literal = l->literal;
    l->literal = false;
    size_t end = word_end(l, l->at);
    int32_t next = char_at(l, end);
    out->kind = QUERY_TOKEN_WORD;
    out->text = trim_blanks(text_slice(l->text, l->at, end - l->at));
    out->length = end - l->at;
    if (literal && text_is(out->text, "*"))
        out->kind = QUERY_TOKEN_ALL;
    if (!literal) {
        enum status status = query_word_classify(out, next == '(', err);
        if (status)
            return status;
    }
    finish(l, out, out->offset + out->length);
    if (out->kind == QUERY_TOKEN_FIELD)
        return lex_field(l, out, err);
    return check_word_ends(l, out, literal, err);
}

static enum status lex_close(struct query_lexer *l, struct query_token *out,
                             struct error *err)
{
    size_t length;
    query_char_at(l->text, l->at, &length);
    out->kind = QUERY_TOKEN_CLOSE;
    finish(l, out, l->at + length);
    return check_apart(l, "')'", err);
}

enum status query_lexer_next(struct query_lexer *l, struct query_token *out,
                             struct error *err)
{
    if (!l->literal)
        skip_blanks(l);
    *out = (struct query_token){.offset = l->at};
    size_t length;
    switch (query_char_at(l->text, l->at, &length)) {
    case QUERY_CHAR_END:
        out->kind = QUERY_TOKEN_END;
        return STATUS_OK;
    case '(':
        l->literal = false;
        out->kind = QUERY_TOKEN_OPEN;
        finish(l, out, l->at + length);
        return STATUS_OK;
    case ')':
        return lex_close(l, out, err);
    case '"':
        l->literal = false;
        return lex_phrase(l, l->at, out, err);
    case '=': {
        enum status status = lex_exact(l, out, err);
        l->literal = false;
        return status;
    }
    case '-':
        return lex_minus(l, out, err);
    case EN_DASH:
    case EM_DASH:
        return error_set_at(err, STATUS_QUERY, l->at,
                            "a dash means nothing here: expected '-' right "
                            "before a word to exclude it");
    default:
        return lex_word(l, out, err);
    }
}

void query_lexer_squeeze(struct text t, struct strbuf *out)
{
    bool blank = false;
    size_t length;
    for (size_t at = 0; at < t.len; at += length) {
        if (query_char_at(t, at, &length) == ' ') {
            blank = true;
            continue;
        }
        if (blank)
            strbuf_append_char(out, ' ');
        blank = false;
        strbuf_append(out, text_slice(t, at, length));
    }
}
