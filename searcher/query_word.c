#include "searcher/query_word.h"

#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "common/fields.h"
#include "common/strbuf.h"
#include "searcher/query_char.h"

enum { NUMBER_MAX = 10000, LEAD_WORDS = 50, SHOWN_MAX = 40 };

/* Keywords, operators and names are ASCII and shorter than this. */
struct ascii {
    char string[24];
};

/* The word in plain lower-case ASCII, other characters as '?', cut where it is
 * too long to be any of the names that it is compared with. */
static struct ascii ascii_lower(struct text word)
{
    struct ascii out = {""};
    size_t used = 0, length;
    for (size_t at = 0; at < word.len; at += length) {
        int32_t c = query_char_at(word, at, &length);
        if (c == QUERY_CHAR_INVISIBLE)
            continue;
        if (used + 1 == sizeof out.string)
            break;
        if (c >= 0x80)
            c = '?';
        out.string[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
    return out;
}

static bool in_capitals(struct text word)
{
    size_t length;
    for (size_t at = 0; at < word.len; at += length) {
        int32_t c = query_char_at(word, at, &length);
        if (c >= 'a' && c <= 'z')
            return false;
    }
    return true;
}

/* What of a word is shown in a message. */
static struct text shown(struct text word)
{
    if (word.len <= SHOWN_MAX)
        return word;
    size_t len = SHOWN_MAX;
    while (len > 0 && ((unsigned char)word.ptr[len] & 0xc0) == 0x80)
        len--;
    return text_slice(word, 0, len);
}

/* Digits up to the end of `string`, 1 to NUMBER_MAX; 0 for anything else. */
static uint32_t number(const char *string)
{
    uint32_t n = 0;
    if (*string == '\0')
        return 0;
    for (; *string; string++) {
        if (*string < '0' || *string > '9')
            return 0;
        n = n * 10 + (uint32_t)(*string - '0');
        if (n > NUMBER_MAX)
            return 0;
    }
    return n;
}

/* The part of `string` behind `prefix`, or NULL. */
static const char *after(const char *string, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(string, prefix, len) == 0 ? string + len : NULL;
}

static bool is_name_char(struct text word, size_t at)
{
    utf8proc_int32_t c;
    if (utf8proc_iterate((const utf8proc_uint8_t *)word.ptr + at,
                         (utf8proc_ssize_t)(word.len - at), &c) <= 0)
        return false;
    utf8proc_category_t category = utf8proc_category(c);
    return c == '_' || (category >= UTF8PROC_CATEGORY_LU &&
                        category <= UTF8PROC_CATEGORY_LO);
}

/* The bytes of letters that stand before a ':', which begins at that byte and
 * is `*colon` bytes long; 0 if the word is not of that form. */
static size_t name_before_colon(struct text word, size_t *colon)
{
    size_t at = 0, length;
    for (; at < word.len; at += length) {
        if (query_char_at(word, at, &length) == ':') {
            *colon = length;
            return at;
        }
        if (!is_name_char(word, at))
            return 0;
    }
    return 0;
}

static enum status unknown_field(const struct query_token *token,
                                 struct text name, struct error *err)
{
    AUTO_DONE(strbuf) known = STRBUF_INIT(128);
    for (int f = FIELD_ANY + 1; f < FIELD_COUNT; f++)
        strbuf_append_format(&known, "%s, ", fields[f].name);
    return error_set_at(err, STATUS_QUERY, token->offset,
                        "unknown field '%.*s': known are %sdate, since, until "
                        "and length; with quotes around it ':' is text",
                        TEXT_ARG(shown(name)), strbuf_string(&known));
}

static enum status limit_value(struct query_token *out, size_t from,
                               const char *example, struct error *err)
{
    struct text value = text_slice(out->text, from, out->text.len - from);
    if (value.len == 0)
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "expected a value right after '%.*s', such as %s",
                            TEXT_ARG(out->text), example);
    out->text = value;
    return STATUS_OK;
}

static const struct {
    const char *name;
    enum query_token_kind kind;
    const char *example;
} limits[] = {
    {"date", QUERY_TOKEN_DATE, "2022-02-07"},
    {"since", QUERY_TOKEN_SINCE, "2022-02-07"},
    {"until", QUERY_TOKEN_UNTIL, "2022-02-07"},
    {"length", QUERY_TOKEN_LENGTH, "200..800"},
};

/* name:value and length>500. Leaves a word without a colon, a time (12:30)
 * and an address (http://) as they are. */
static enum status classify_name(struct query_token *out, struct error *err)
{
    size_t colon;
    size_t len = name_before_colon(out->text, &colon);
    struct text name = text_slice(out->text, 0, len);
    struct ascii lower = ascii_lower(len > 0 ? name : out->text);
    const char *bound = after(lower.string, "length");
    if (len == 0 && bound && (*bound == '<' || *bound == '>')) {
        out->kind = QUERY_TOKEN_LENGTH;
        return limit_value(out, strlen("length"), "200..800", err);
    }
    if (len == 0)
        return STATUS_OK;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (strcmp(lower.string, limits[i].name) == 0) {
            out->kind = limits[i].kind;
            return limit_value(out, len + colon, limits[i].example, err);
        }
    enum field field = field_by_name(text_from(lower.string));
    if (field != FIELD_COUNT) {
        out->kind = QUERY_TOKEN_FIELD;
        out->field = field;
        out->text = name;
        out->length = len + colon;
        return STATUS_OK;
    }
    size_t length;
    if (query_char_at(out->text, len + colon, &length) == '/')
        return STATUS_OK;
    return unknown_field(out, name, err);
}

static bool classify_keyword(struct query_token *out, const char *lower)
{
    if (!in_capitals(out->text))
        return false;
    if (strcmp(lower, "and") == 0)
        out->kind = QUERY_TOKEN_AND;
    else if (strcmp(lower, "or") == 0)
        out->kind = QUERY_TOKEN_OR;
    else if (strcmp(lower, "not") == 0)
        out->kind = QUERY_TOKEN_NOT;
    else
        return false;
    return true;
}

static enum status classify_function(struct query_token *out, const char *lower,
                                     bool opens, struct error *err)
{
    const char *n;
    if (opens && strcmp(lower, "caps") == 0) {
        out->kind = QUERY_TOKEN_CAPS;
    } else if (opens && strcmp(lower, "lead") == 0) {
        out->kind = QUERY_TOKEN_FIRST;
        out->number = LEAD_WORDS;
    } else if ((n = after(lower, "atleast")) && *n >= '0' && *n <= '9') {
        out->kind = QUERY_TOKEN_ATLEAST;
        out->number = number(n);
    } else if ((n = after(lower, "first/")) && *n >= '0' && *n <= '9') {
        out->kind = QUERY_TOKEN_FIRST;
        out->number = number(n);
    } else if (opens) {
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "'%.*s(' is not known: expected white space "
                            "before '(', or atleast3(, caps(, first/20( or "
                            "lead(",
                            TEXT_ARG(shown(out->text)));
    }
    if (out->kind == QUERY_TOKEN_WORD || out->kind == QUERY_TOKEN_CAPS)
        return STATUS_OK;
    if (!opens)
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "expected '(' right after '%s'", lower);
    if (out->number == 0)
        return error_set_at(err, STATUS_QUERY, out->offset,
                            "'%s' needs a number from 1 to %d", lower,
                            NUMBER_MAX);
    return STATUS_OK;
}

static enum status classify_proximity(struct query_token *out,
                                      const char *lower, struct error *err)
{
    const char *within = after(lower, "w/"), *before = after(lower, "pre/");
    if (!within && !before) {
        const char *n;
        if (((n = after(lower, "near/")) || (n = after(lower, "adj/"))) &&
            number(n))
            return error_set_at(err, STATUS_QUERY, out->offset,
                                "'%s' is not known: write w/%s (near) or "
                                "pre/%s (in this order)",
                                lower, n, n);
        return STATUS_OK;
    }
    if (within && strcmp(within, "s") == 0) {
        out->kind = QUERY_TOKEN_SENTENCE;
        return STATUS_OK;
    }
    if (within && strcmp(within, "p") == 0) {
        out->kind = QUERY_TOKEN_PARAGRAPH;
        return STATUS_OK;
    }
    out->kind = within ? QUERY_TOKEN_NEAR : QUERY_TOKEN_PRE;
    out->number = number(within ? within : before);
    if (out->number > 0)
        return STATUS_OK;
    return error_set_at(err, STATUS_QUERY, out->offset,
                        "'%s' is not known: expected w/N or pre/N with N from "
                        "1 to %d, w/s (same sentence) or w/p (same paragraph)",
                        lower, NUMBER_MAX);
}

static enum status check_foreign(const struct query_token *token,
                                 const char *lower, struct error *err)
{
    const char *ours = NULL;
    if (strcmp(lower, "|") == 0 || strcmp(lower, "||") == 0)
        ours = "OR";
    else if (strcmp(lower, "&&") == 0)
        ours = "AND";
    if (!ours)
        return STATUS_OK;
    return error_set_at(err, STATUS_QUERY, token->offset,
                        "'%s' is not an operator here: expected %s", lower,
                        ours);
}

static bool has_wildcard(struct text word)
{
    return query_char_in(word, '*') || query_char_in(word, '?');
}

size_t query_word_tilde(struct text word)
{
    size_t found = 0, length;
    for (size_t at = 0; at < word.len; at += length) {
        int32_t c = query_char_at(word, at, &length);
        if (c == '~')
            found = at;
        else if (c < '0' || c > '9')
            found = 0;
    }
    return found;
}

static enum status classify_pattern(struct query_token *out, struct error *err)
{
    struct text word = out->text;
    size_t at = query_word_tilde(word);
    bool wild = has_wildcard(word);
    if (at > 0) {
        struct ascii suffix = ascii_lower(text_slice(word, at, word.len - at));
        out->kind = QUERY_TOKEN_FUZZY;
        out->number = suffix.string[1] ? number(suffix.string + 1) : 1;
        if (wild || out->number < 1 || out->number > 2)
            return error_set_at(err, STATUS_QUERY, out->offset + at,
                                wild ? "a word has either a wildcard or '~'"
                                     : "expected ~, ~1 or ~2");
    } else if (strcmp(ascii_lower(word).string, "*") == 0) {
        out->kind = QUERY_TOKEN_ALL;
    } else if (wild) {
        out->kind = QUERY_TOKEN_WILDCARD;
    }
    return STATUS_OK;
}

static bool is_address(struct text word)
{
    size_t length;
    int32_t last = 0;
    for (size_t at = 0; at < word.len; at += length) {
        int32_t c = query_char_at(word, at, &length);
        if (last == ':' && c == '/')
            return true;
        last = c;
    }
    return false;
}

enum status query_word_classify(struct query_token *out, bool opens,
                                struct error *err)
{
    struct ascii lower = ascii_lower(out->text);
    if (classify_keyword(out, lower.string))
        return STATUS_OK;
    enum status status = classify_name(out, err);
    if (status || out->kind != QUERY_TOKEN_WORD)
        return status;
    status = classify_function(out, lower.string, opens, err);
    if (status || out->kind != QUERY_TOKEN_WORD)
        return status;
    status = classify_proximity(out, lower.string, err);
    if (status || out->kind != QUERY_TOKEN_WORD)
        return status;
    status = check_foreign(out, lower.string, err);
    if (status || is_address(out->text))
        return status;
    return classify_pattern(out, err);
}

enum status query_word_check_exact(const struct query_token *token,
                                   struct error *err)
{
    struct query_token word = *token;
    word.kind = QUERY_TOKEN_WORD;
    enum status status = classify_name(&word, err);
    if (status)
        return status;
    if (word.kind != QUERY_TOKEN_WORD)
        return error_set_at(err, STATUS_QUERY, token->offset,
                            "'=' stands right before a word or a phrase, "
                            "behind the field: '%.*s:='",
                            TEXT_ARG(shown(word.text)));
    if (query_char_in(token->text, '*') ||
        (query_char_in(token->text, '?') && !is_address(token->text)))
        return error_set_at(err, STATUS_QUERY, token->offset,
                            "a wildcard cannot stand behind '=', which means "
                            "as written");
    return STATUS_OK;
}
