#include "indexer/date_in_text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/date_names.h"
#include "common/strbuf.h"
#include "common/timestamp.h"

enum { LINE_MAX_BYTES = 300, WORDS_MAX = 48, WINDOW_MAX = 9, TIME_WORDS = 4 };

struct words {
    struct text list[WORDS_MAX];
    bool month[WORDS_MAX];
    bool day[WORDS_MAX]; /* a whole date in numbers, as YYYY-MM-DD */
    size_t count;
    char room[WORDS_MAX][12]; /* of these */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- words ---------------------------------------------------------------- */

/* Signs between the parts of a line are blanks; what Chinese, Japanese and
 * Korean write between numbers is what others do. */
static void plain_line(struct text line, struct strbuf *out)
{
    static const char *const signs[][2] = {
        {"年", "-"}, {"月", "-"}, {"日", " "}, {"년", "-"},       {"월", "-"},
        {"일", " "}, {"時", ":"}, {"时", ":"}, {"点", ":"},       {"시", ":"},
        {"分", " "}, {"분", " "}, {"–", " "},  {"—", " "},        {"·", " "},
        {"•", " "},  {"，", " "}, {"：", " "}, {"\xc2\xa0", " "}, {"|", " "},
        {"(", " "},  {")", " "},  {"\t", " "}, {"\n", " "},       {"［", " "},
        {"］", " "}, {"[", " "},  {"]", " "}};
    for (size_t at = 0; at < line.len;) {
        size_t i = 0;
        const size_t count = sizeof signs / sizeof *signs;
        struct text rest = text_slice(line, at, line.len);
        while (i < count && !text_starts_with(rest, text_from(signs[i][0])))
            i++;
        if (i < count) {
            bool number = out->len > 0 && is_digit(out->ptr[out->len - 1]);
            strbuf_append_string(out, number ? signs[i][1] : " ");
            at += strlen(signs[i][0]);
            /* 2022년 2월 10일 */
            while (number && signs[i][1][0] != ' ' && at < line.len &&
                   line.ptr[at] == ' ')
                at++;
        } else {
            strbuf_append_char(out, line.ptr[at++]);
        }
    }
}

/* "10/02/2022" and the like: three numbers, and what is between the first
 * two. */
static bool read_numbers(struct text word, int n[3], char *sign)
{
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t digits = 0;
        n[i] = 0;
        while (at < word.len && is_digit(word.ptr[at]) && digits++ < 4)
            n[i] = n[i] * 10 + (word.ptr[at++] - '0');
        bool last = i == 2;
        if (digits == 0 || (!last && at == word.len))
            return false;
        if (i == 0)
            *sign = word.ptr[at];
        if (!last && (word.ptr[at] != *sign || !strchr("/.-", *sign)))
            return false;
        at += !last;
    }
    return at == word.len || (at + 1 == word.len && word.ptr[at] == *sign);
}

enum order { DAY_FIRST, MONTH_FIRST, ORDER_UNKNOWN };

static enum order order_of(struct text language, struct text line)
{
    static const char *const american[] = {" AM",  " PM",  "a.m.", "p.m.",
                                           " EST", " EDT", " CST", " PST",
                                           " ET",  NULL};
    if (text_is(language, "en-US") || text_is(language, "en_US"))
        return MONTH_FIRST;
    bool english =
        language.len == 0 ||
        (language.len >= 2 && strncasecmp(language.ptr, "en", 2) == 0);
    if (!english || text_is(language, "en-GB") || text_is(language, "en_GB"))
        return DAY_FIRST;
    for (size_t i = 0; american[i]; i++)
        if (text_contains(line, american[i]))
            return MONTH_FIRST;
    return ORDER_UNKNOWN;
}

/* In the order of year, month and day. */
static bool arrange(int n[3], char sign, enum order order)
{
    if (n[0] >= 1000)
        return n[2] < 100;
    if (n[2] < 1000 && sign != '.')
        return false;
    if (n[2] < 100)
        n[2] += n[2] < 50 ? 2000 : 1900;
    if (sign == '.' || n[0] > 12)
        order = DAY_FIRST;
    else if (n[1] > 12)
        order = MONTH_FIRST;
    else if (order == ORDER_UNKNOWN && n[0] != n[1])
        return false;
    int day = order == MONTH_FIRST ? n[1] : n[0];
    int month = order == MONTH_FIRST ? n[0] : n[1];
    n[0] = n[2];
    n[1] = month;
    n[2] = day;
    return true;
}

static bool is_month(struct text word)
{
    while (word.len > 0 && strchr(",.", word.ptr[word.len - 1]))
        word.len--;
    return date_month(word) > 0;
}

static void add_word(struct words *w, struct text word, enum order order)
{
    int n[3];
    char sign = 0;
    if (w->count == WORDS_MAX)
        return;
    struct text bare = word;
    while (bare.len > 0 && strchr(",;:", bare.ptr[bare.len - 1]))
        bare.len--;
    bool day = read_numbers(bare, n, &sign) && arrange(n, sign, order) &&
               n[0] < 10000 && n[1] < 100 && n[2] < 100;
    w->day[w->count] = day;
    w->month[w->count] = !day && is_month(word);
    if (day)
        snprintf(w->room[w->count], sizeof w->room[0], "%04u-%02u-%02u",
                 (unsigned)n[0] % 10000, (unsigned)n[1] % 100,
                 (unsigned)n[2] % 100);
    bool label = bare.len > 0 && word.ptr[word.len - 1] == ':';
    w->list[w->count] = day     ? text_from(w->room[w->count])
                        : label ? bare
                                : word;
    w->count++;
}

static void split_words(struct words *w, struct text line, enum order order)
{
    struct text word;
    while (text_split(&line, ' ', &word)) {
        bool sign = word.len == 1 && strchr("-/,@*", word.ptr[0]);
        bool after_day = w->count > 0 && w->day[w->count - 1];
        if (word.len > 0 && !sign && !(after_day && date_is_filler(word)) &&
            !(after_day && text_is(word, "klo")))
            add_word(w, word, order);
    }
}

/* --- dates ---------------------------------------------------------------- */

static struct text without_comma(struct text word)
{
    while (word.len > 0 && strchr(",;", word.ptr[word.len - 1]))
        word.len--;
    return word;
}

static void join(const struct words *w, size_t from, size_t count,
                 struct strbuf *out)
{
    for (size_t i = from; i < from + count; i++) {
        strbuf_append_string(out, out->len > 0 ? " " : "");
        strbuf_append(out, i + 1 < from + count ? w->list[i]
                                                : without_comma(w->list[i]));
    }
}

/* A number alone, or a month of a year, is no date. */
static bool has_day(const struct words *w, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++)
        if (w->day[i] || (count > 2 && w->month[i]))
            return true;
    return false;
}

static bool is_date(const struct strbuf *written)
{
    timestamp moment;
    return timestamp_parse(text_make(written->ptr, written->len), &moment);
}

/* The longest date that begins with word `from`; how many words, or 0. */
static size_t date_at(const struct words *w, size_t from, struct strbuf *out)
{
    size_t most = w->count - from < WINDOW_MAX ? w->count - from : WINDOW_MAX;
    for (size_t count = most; count > 0; count--) {
        strbuf_reset(out);
        if (!has_day(w, from, count))
            continue;
        join(w, from, count, out);
        if (is_date(out))
            return count;
    }
    return 0;
}

/* "18:45 GMT, 10 February 2022" */
static size_t add_time_before(const struct words *w, size_t at,
                              struct strbuf *out)
{
    size_t most = at < TIME_WORDS ? at : TIME_WORDS;
    size_t len = out->len;
    if (memchr(out->ptr, ':', out->len))
        return 0;
    for (size_t count = most; count > 0; count--) {
        struct text first = w->list[at - count];
        if (first.len > 0 && is_digit(first.ptr[0]) &&
            memchr(first.ptr, ':', first.len)) {
            join(w, at - count, count, out);
            if (is_date(out))
                return count;
        }
        strbuf_truncate(out, len);
    }
    return 0;
}

static bool says_updated(const struct words *w, size_t at)
{
    static const char *const words[] = {
        "updat",   "modif",        "aktuali",    "mis",    "actualiz",
        "aggiorn", "atualiz",      "bijgewerkt", "oppdat", "edit",
        "revis",   "aktualizacja", "обновлено",  "güncel", "更新",
        "수정",    "stand",        "uppdat",     "opdat",  "gewijzigd",
        "páivit",  "päivit"};
    for (size_t i = at; i-- > 0 && at - i <= 4;)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            const size_t len = strlen(words[k]);
            if (w->list[i].len >= len &&
                strncasecmp(w->list[i].ptr, words[k], len) == 0)
                return true;
        }
    return false;
}

bool date_in_text_find(struct text line, struct text language,
                       struct date_in_text *out)
{
    struct words w = {.count = 0};
    AUTO_DONE(strbuf) plain = STRBUF_INIT(2 * LINE_MAX_BYTES);
    AUTO_DONE(strbuf) written = STRBUF_INIT(2 * LINE_MAX_BYTES);
    bool found = false;
    if (line.len == 0 || line.len > LINE_MAX_BYTES)
        return false;
    plain_line(line, &plain);
    split_words(&w, strbuf_text(&plain), order_of(language, line));
    size_t rest = w.count, count;
    for (size_t at = 0; at<w.count; at += count> 0 ? count : 1) {
        count = date_at(&w, at, &written);
        if (count == 0)
            continue;
        size_t before = add_time_before(&w, at, &written);
        rest -= count + before;
        bool updated = says_updated(&w, at);
        if ((!found || (out->updated && !updated)) &&
            written.len < DATE_IN_TEXT_SIZE) {
            found = true;
            out->updated = updated;
            snprintf(out->written, sizeof out->written, "%.*s",
                     TEXT_ARG(strbuf_text(&written)));
        }
    }
    out->rest = rest;
    return found;
}
