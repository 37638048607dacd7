#include "common/date_rewrite.h"

#include <stdio.h>
#include <string.h>

#include "common/date_names.h"

enum { WORDS_MAX = 6, REST_MAX = 40 };

/* One to four digits off the beginning; -1 if there are none. */
static int take_digits(struct text *t, size_t *count)
{
    int number = 0;
    *count = 0;
    while (*count < t->len && *count < 5 && t->ptr[*count] >= '0' &&
           t->ptr[*count] <= '9')
        number = number * 10 + (t->ptr[(*count)++] - '0');
    *t = text_slice(*t, *count, t->len);
    return *count >= 1 && *count <= 4 ? number : -1;
}

static bool take(struct text *t, const char *mark)
{
    if (!text_starts_with(*t, text_from(mark)))
        return false;
    *t = text_slice(*t, strlen(mark), t->len);
    return true;
}

static bool write(char *buffer, struct text *out, const int ymd[3],
                  struct text rest)
{
    rest = text_trim(rest);
    if (rest.len > REST_MAX)
        return false;
    const int len =
        snprintf(buffer, DATE_REWRITTEN_SIZE, "%04d-%02d-%02d%s%.*s", ymd[0],
                 ymd[1], ymd[2], rest.len > 0 ? " " : "", TEXT_ARG(rest));
    *out = text_make(buffer, (size_t)len);
    return true;
}

/* Which of the two is the day shows only where the other cannot be. */
static bool order(int *day, int *month)
{
    const int first = *day, second = *month;
    *day = first > 12 ? first : second;
    *month = first > 12 ? second : first;
    return *month <= 12 && (first > 12 || second > 12 || first == second);
}

static bool rewrite_numbers(struct text t, char *buffer, struct text *out)
{
    static const char *const marks[][3] = {
        {"/", "/", ""}, {"-", "-", ""}, {".", ".", ""}, {"年", "月", "日"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct text rest = t;
        size_t digits[3];
        int n[3];
        n[0] = take_digits(&rest, &digits[0]);
        if (n[0] < 0 || !take(&rest, marks[i][0]))
            continue;
        n[1] = take_digits(&rest, &digits[1]);
        if (n[1] < 0 || !take(&rest, marks[i][1]))
            return false;
        n[2] = take_digits(&rest, &digits[2]);
        if (n[2] < 0 || digits[1] > 2 || !take(&rest, marks[i][2]))
            return false;
        take(&rest, ",");
        if (digits[0] == 4)
            return digits[2] <= 2 && write(buffer, out, n, rest);
        if (digits[0] > 2 || digits[2] != 4 || !order(&n[0], &n[1]))
            return false;
        return write(buffer, out, (const int[]){n[2], n[1], n[0]}, rest);
    }
    return false;
}

static bool is_year(struct text word)
{
    size_t count;
    return word.len == 4 && take_digits(&word, &count) >= 0 && count == 4;
}

/* [Mon] Feb 7 18:45:00 [+0000] 2022 */
static bool rewrite_ctime(struct text t, char *buffer, struct text *out)
{
    struct text words[WORDS_MAX], word;
    size_t count = 0, first = 0;
    while (text_split(&t, ' ', &word)) {
        if (word.len == 0)
            continue;
        if (count == WORDS_MAX)
            return false;
        words[count++] = word;
    }
    if (count > 0 && date_is_weekday(words[0]))
        first = 1;
    if (count < first + 4 || count > first + 5 ||
        date_month(words[first]) == 0 || words[first + 1].len > 2 ||
        !is_year(words[count - 1]) || !text_contains(words[first + 2], ":"))
        return false;
    const struct text none = {"", 0};
    const struct text zone = count == first + 5 ? words[first + 3] : none;
    const int len = snprintf(
        buffer, DATE_REWRITTEN_SIZE, "%.*s %.*s %.*s %.*s %.*s",
        TEXT_ARG(words[first + 1]), TEXT_ARG(words[first]),
        TEXT_ARG(words[count - 1]), TEXT_ARG(words[first + 2]), TEXT_ARG(zone));
    if (len < 0 || len >= DATE_REWRITTEN_SIZE)
        return false;
    *out = text_trim(text_make(buffer, (size_t)len));
    return true;
}

bool date_rewrite(struct text t, char buffer[DATE_REWRITTEN_SIZE],
                  struct text *out)
{
    return rewrite_numbers(t, buffer, out) || rewrite_ctime(t, buffer, out);
}
