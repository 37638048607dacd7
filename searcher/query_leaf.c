#include "searcher/query_leaf.h"

#include <string.h>

#include <utf8proc.h>

#include "common/strbuf.h"
#include "searcher/query_build.h"
#include "searcher/query_char.h"
#include "searcher/query_word.h"

/* Words of a body; an article has at most some hundred MB. */
enum { LENGTH_MAX = 1000000000, WILDCARD_LETTERS_MIN = 2 };

static const enum query_kind leaf_kinds[] = {
    [QUERY_TOKEN_WORD] = QUERY_WORD,
    [QUERY_TOKEN_EXACT] = QUERY_WORD,
    [QUERY_TOKEN_PHRASE] = QUERY_PHRASE,
    [QUERY_TOKEN_ALL] = QUERY_ALL,
    [QUERY_TOKEN_WILDCARD] = QUERY_WILDCARD,
    [QUERY_TOKEN_FUZZY] = QUERY_FUZZY,
    [QUERY_TOKEN_DATE] = QUERY_DATE,
    [QUERY_TOKEN_SINCE] = QUERY_DATE,
    [QUERY_TOKEN_UNTIL] = QUERY_DATE,
    [QUERY_TOKEN_LENGTH] = QUERY_LENGTH,
};

bool query_leaf_is(enum query_token_kind kind)
{
    switch (kind) {
    case QUERY_TOKEN_WORD:
    case QUERY_TOKEN_EXACT:
    case QUERY_TOKEN_PHRASE:
    case QUERY_TOKEN_ALL:
    case QUERY_TOKEN_WILDCARD:
    case QUERY_TOKEN_FUZZY:
    case QUERY_TOKEN_DATE:
    case QUERY_TOKEN_SINCE:
    case QUERY_TOKEN_UNTIL:
    case QUERY_TOKEN_LENGTH:
        return true;
    default:
        return false;
    }
}

/* --- words --------------------------------------------------------------- */

static void make_phrase(struct query_node *node, struct arena *arena,
                        struct text typed)
{
    AUTO_DONE(strbuf) words = STRBUF_INIT(QUERY_SIZE_MAX);
    query_lexer_squeeze(typed, &words);
    node->text = arena_text(arena, strbuf_text(&words));
    node->quoted = memchr(words.ptr, ' ', words.len) == NULL;
    node->kind = node->quoted ? QUERY_WORD : QUERY_PHRASE;
}

static bool is_word_category(utf8proc_category_t category)
{
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static enum status check_wildcard(const struct query_token *token,
                                  struct error *err)
{
    size_t letters = 0, length;
    for (size_t at = 0; at < token->text.len; at += length) {
        int32_t c = query_char_at(token->text, at, &length);
        bool letter = c >= 0 && is_word_category(utf8proc_category(c));
        letters += letter;
        if (at == 0 && !letter)
            return error_set_at(err, STATUS_QUERY, token->offset,
                                "expected a letter before the wildcard");
    }
    if (letters >= WILDCARD_LETTERS_MIN)
        return STATUS_OK;
    return error_set_at(err, STATUS_QUERY, token->offset,
                        "a wildcard of one letter: expected at least %d",
                        WILDCARD_LETTERS_MIN);
}

static enum status make_word(struct query_node *node, struct arena *arena,
                             const struct query_token *token, struct error *err)
{
    bool literal = fields[node->field].kind == FIELD_EXACT;
    node->text = token->text;
    node->quoted = token->kind == QUERY_TOKEN_EXACT;
    if (token->kind == QUERY_TOKEN_PHRASE) {
        make_phrase(node, arena, token->text);
        if (!literal && query_char_in(token->text, '*'))
            return error_set_at(err, STATUS_QUERY, token->offset,
                                "a wildcard within quotes, which mean as "
                                "written: leave '*' out");
        return STATUS_OK;
    }
    if (literal) {
        node->kind = QUERY_WORD;
        return STATUS_OK;
    }
    if (token->kind == QUERY_TOKEN_WILDCARD)
        return check_wildcard(token, err);
    if (token->kind == QUERY_TOKEN_FUZZY) {
        node->text = text_slice(token->text, 0, query_word_tilde(token->text));
        node->number = token->number;
    }
    return STATUS_OK;
}

/* --- limits -------------------------------------------------------------- */

/* In plain ASCII; anything else as '?', which no limit has. */
static struct text plain(struct arena *arena, struct text typed)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(typed.len);
    size_t length;
    for (size_t at = 0; at < typed.len; at += length) {
        int32_t c = query_char_at(typed, at, &length);
        if (c != QUERY_CHAR_INVISIBLE)
            strbuf_append_char(&out, (char)(c < 0x80 ? c : '?'));
    }
    return arena_text(arena, strbuf_text(&out));
}

/* Parts at "..": true if there is one. */
static bool split_range(struct text range, struct text *first,
                        struct text *last)
{
    *first = *last = range;
    for (size_t at = 0; at + 1 < range.len; at++)
        if (range.ptr[at] == '.' && range.ptr[at + 1] == '.') {
            *first = text_slice(range, 0, at);
            *last = text_slice(range, at + 2, range.len);
            return true;
        }
    return false;
}

/* At most LENGTH_MAX; false if it is no number. */
static bool read_number(struct text digits, uint32_t *out)
{
    uint32_t n = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
        n = n * 10 + (uint32_t)(digits.ptr[i] - '0');
        if (n > LENGTH_MAX / 10 && i + 1 < digits.len)
            return false;
    }
    *out = n;
    return digits.len > 0 && n <= LENGTH_MAX;
}

/* 2022, 2022-02, 2022-02-07 */
static bool is_calendar_date(struct text t)
{
    static const char form[] = "0000-00-00";
    if (t.len != 4 && t.len != 7 && t.len != 10)
        return false;
    for (size_t i = 0; i < t.len; i++)
        if (form[i] == '-' ? t.ptr[i] != '-' : t.ptr[i] < '0' || t.ptr[i] > '9')
            return false;
    uint32_t month = 1, day = 1;
    if (t.len >= 7 && !read_number(text_slice(t, 5, 2), &month))
        return false;
    if (t.len == 10 && !read_number(text_slice(t, 8, 2), &day))
        return false;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* 7d, 2w, 3m, 1y */
static bool is_age(struct text t)
{
    uint32_t n;
    return t.len >= 2 && memchr("dwmy", t.ptr[t.len - 1], 4) && t.len <= 6 &&
           read_number(text_slice(t, 0, t.len - 1), &n);
}

static bool is_date(struct text t)
{
    return is_calendar_date(t) || is_age(t) || text_is(t, "today") ||
           text_is(t, "yesterday");
}

static enum status make_date(struct query_node *node, struct arena *arena,
                             const struct query_token *token, struct error *err)
{
    struct text typed = plain(arena, token->text);
    struct text first = typed, last = typed;
    bool ok;
    if (token->kind == QUERY_TOKEN_DATE && text_is(typed, QUERY_UNDATED)) {
        node->text = node->last = typed;
        return STATUS_OK;
    }
    if (token->kind == QUERY_TOKEN_DATE && split_range(typed, &first, &last))
        ok = first.len + last.len > 0 && (first.len == 0 || is_date(first)) &&
             (last.len == 0 || is_date(last));
    else
        ok = is_date(typed);
    if (!ok)
        return error_set_at(err, STATUS_QUERY, token->offset,
                            "expected a date such as 2022, 2022-02, "
                            "2022-02-07, 7d, today or yesterday%s",
                            token->kind == QUERY_TOKEN_DATE
                                ? ", two with '..' between them, or unknown"
                                : "");
    if (token->kind != QUERY_TOKEN_UNTIL)
        node->text = first;
    if (token->kind != QUERY_TOKEN_SINCE)
        node->last = last;
    return STATUS_OK;
}

/* >500, <=500 */
static bool read_comparison(struct text t, uint32_t *first, uint32_t *last)
{
    bool greater = t.ptr[0] == '>';
    bool equal = t.len > 1 && t.ptr[1] == '=';
    uint32_t n;
    if (!read_number(text_slice(t, equal ? 2 : 1, t.len), &n))
        return false;
    if (!greater && !equal && n == 0)
        return false;
    if (greater)
        *first = equal ? n : n + 1;
    else
        *last = equal ? n : n - 1;
    return true;
}

static enum status make_length(struct query_node *node, struct arena *arena,
                               const struct query_token *token,
                               struct error *err)
{
    struct text typed = plain(arena, token->text), first, last;
    uint32_t from = 0, to = UINT32_MAX;
    bool ok;
    if (typed.ptr[0] == '<' || typed.ptr[0] == '>')
        ok = read_comparison(typed, &from, &to);
    else if (split_range(typed, &first, &last))
        ok = first.len + last.len > 0 &&
             (first.len == 0 || read_number(first, &from)) &&
             (last.len == 0 || read_number(last, &to)) && from <= to;
    else if ((ok = read_number(typed, &from)))
        to = from;
    node->number = from;
    node->number_last = to;
    if (ok)
        return STATUS_OK;
    return error_set_at(err, STATUS_QUERY, token->offset,
                        "expected numbers of words, the smaller one first, "
                        "such as length:200..800, length>500 or length<=100");
}

static enum status check_field(const struct query_token *token,
                               enum field field, struct error *err)
{
    if (field == FIELD_ANY)
        return STATUS_OK;
    if (token->kind == QUERY_TOKEN_ALL)
        return error_set_at(err, STATUS_QUERY, token->offset,
                            "'*' means every article: expected a word or a "
                            "phrase within '%s:'",
                            fields[field].name);
    return error_set_at(err, STATUS_QUERY, token->offset,
                        "dates and lengths are the article's: expected a word "
                        "or a phrase within '%s:'",
                        fields[field].name);
}

enum status query_leaf_make(struct query_node **out, struct arena *arena,
                            const struct query_token *token, enum field field,
                            struct error *err)
{
    struct query_node *node = query_build_node(arena, leaf_kinds[token->kind]);
    node->field = field;
    node->offset = token->offset;
    node->length = token->length;
    enum status status;
    switch (node->kind) {
    case QUERY_ALL:
        status = check_field(token, field, err);
        break;
    case QUERY_DATE:
        status = check_field(token, field, err);
        if (!status)
            status = make_date(node, arena, token, err);
        break;
    case QUERY_LENGTH:
        status = check_field(token, field, err);
        if (!status)
            status = make_length(node, arena, token, err);
        break;
    default:
        status = make_word(node, arena, token, err);
    }
    if (!status)
        *out = node;
    return status;
}
