#include "common/date_parser.h"

#include <string.h>

#define EMPTY_DATE                                                             \
    (struct date)                                                              \
    {                                                                          \
        .at = {.month = 1, .day = 1 }                                          \
    }

struct cursor {
    const char *at, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool at_end(const struct cursor *c)
{
    return c->at == c->end;
}

static bool take(struct cursor *c, char wanted)
{
    if (at_end(c) || *c->at != wanted)
        return false;
    c->at++;
    return true;
}

static bool skip_blanks(struct cursor *c)
{
    const char *start = c->at;
    while (!at_end(c) && (*c->at == ' ' || *c->at == '\t'))
        c->at++;
    return c->at > start;
}

static int count_digits(const struct cursor *c)
{
    const char *p = c->at;
    while (p < c->end && is_digit(*p))
        p++;
    return p - c->at > 99 ? 99 : (int)(p - c->at);
}

/* Exactly `count` digits, whatever follows. */
static bool take_number(struct cursor *c, int count, int *out)
{
    if (count_digits(c) < count)
        return false;
    *out = 0;
    for (int i = 0; i < count; i++)
        *out = *out * 10 + (*c->at++ - '0');
    return true;
}

static struct text take_word(struct cursor *c)
{
    const char *start = c->at;
    while (!at_end(c) && is_letter(*c->at))
        c->at++;
    return text_make(start, (size_t)(c->at - start));
}

static bool begins_ignoring_case(struct text word, const char *name)
{
    for (size_t i = 0; i < word.len; i++)
        if ((word.ptr[i] | 0x20) != (name[i] | 0x20))
            return false;
    return true;
}

/* The number from 1 of the name that `word` abbreviates to three letters or
 * more; 0 if there is none. */
static int find_name(struct text word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (word.len >= 3 && word.len <= strlen(names[i]) &&
            begins_ignoring_case(word, names[i]))
            return i + 1;
    return 0;
}

static int find_month(struct text word)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    return find_name(word, names, 12);
}

static int find_weekday(struct text word)
{
    static const char *const names[] = {"monday",   "tuesday", "wednesday",
                                        "thursday", "friday",  "saturday",
                                        "sunday"};
    return find_name(word, names, 7);
}

/* HH, HH:MM, HH:MM:SS, HHMM or HHMMSS, and a fraction that is dropped. */
static bool take_time(struct cursor *c, struct date *d)
{
    int digits = count_digits(c);
    bool basic = digits == 4 || digits == 6;
    if (!basic && digits != 1 && digits != 2)
        return false;
    if (!take_number(c, basic ? 2 : digits, &d->at.hour))
        return false;
    d->precision = DATE_HOUR;
    if (basic || take(c, ':')) {
        if (!take_number(c, 2, &d->at.minute))
            return false;
        d->precision = DATE_MINUTE;
        if (digits == 6 || (!basic && take(c, ':'))) {
            if (!take_number(c, 2, &d->at.second))
                return false;
            d->precision = DATE_SECOND;
        }
    } else if (digits == 1) {
        return false;
    }
    if (d->precision == DATE_SECOND && (take(c, '.') || take(c, ','))) {
        int fraction = count_digits(c);
        c->at += fraction;
        return fraction > 0;
    }
    return true;
}

static bool take_zone_offset(struct cursor *c, int sign, int *out)
{
    int hours = 0, minutes = 0;
    if (!take_number(c, 2, &hours))
        return false;
    if (take(c, ':') || count_digits(c) > 0)
        if (!take_number(c, 2, &minutes))
            return false;
    if (hours > 23 || minutes > 59)
        return false;
    *out = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool find_zone(struct text name, int *out)
{
    static const struct {
        char name[5];
        signed char hours;
    } zones[] = {
        {"z", 0},    {"ut", 0},   {"utc", 0},  {"gmt", 0},   {"wet", 0},
        {"bst", 1},  {"west", 1}, {"cet", 1},  {"cest", 2},  {"eet", 2},
        {"eest", 3}, {"msk", 3},  {"jst", 9},  {"aest", 10}, {"aedt", 11},
        {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},  {"mst", -7},
        {"mdt", -6}, {"pst", -8}, {"pdt", -7},
    };
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (name.len == strlen(zones[i].name) &&
            begins_ignoring_case(name, zones[i].name)) {
            *out = zones[i].hours * 3600;
            return true;
        }
    return false;
}

/* An optional zone, and an optional comment such as "(UTC)" behind it. */
static bool take_zone(struct cursor *c, struct date *d)
{
    skip_blanks(c);
    if (at_end(c))
        return true;
    bool found;
    if (take(c, '+'))
        found = take_zone_offset(c, 1, &d->zone);
    else if (take(c, '-'))
        found = take_zone_offset(c, -1, &d->zone);
    else
        found = find_zone(take_word(c), &d->zone);
    if (!found)
        return false;
    d->has_zone = true;
    skip_blanks(c);
    if (take(c, '(')) {
        take_word(c);
        if (!take(c, ')'))
            return false;
    }
    return true;
}

static bool take_time_and_zone(struct cursor *c, struct date *d)
{
    return take_time(c, d) && take_zone(c, d);
}

/* YYYY, YYYY-MM, YYYY-MM-DD or YYYYMMDD, then perhaps T or a blank and a
 * time; fourteen digits are a date and a time without anything between. */
static bool parse_iso(struct cursor c, struct date *d)
{
    *d = EMPTY_DATE;
    int digits = count_digits(&c);
    bool basic = digits == 8 || digits == 14;
    if ((!basic && digits != 4) || !take_number(&c, 4, &d->at.year))
        return false;
    if (basic || take(&c, '-')) {
        if (!take_number(&c, 2, &d->at.month))
            return false;
        d->precision = DATE_MONTH;
        if (basic || take(&c, '-')) {
            if (!take_number(&c, 2, &d->at.day))
                return false;
            d->precision = DATE_DAY;
        }
    }
    if (at_end(&c))
        return true;
    if (d->precision != DATE_DAY)
        return false;
    bool apart =
        digits == 14 || take(&c, 'T') || take(&c, 't') || skip_blanks(&c);
    return apart && take_time_and_zone(&c, d) && at_end(&c);
}

/* Two digits are a year from 1950 to 2049, as RFC 2822 has it. */
static bool take_year(struct cursor *c, int *out)
{
    int digits = count_digits(c);
    if ((digits != 2 && digits != 4) || !take_number(c, digits, out))
        return false;
    if (digits == 2)
        *out += *out < 50 ? 2000 : 1900;
    return true;
}

/* 7 Feb 2022, 07-FEB-22 or 7 February 2022 */
static bool take_day_month_year(struct cursor *c, struct date *d)
{
    int digits = count_digits(c);
    if (digits > 2 || !take_number(c, digits, &d->at.day))
        return false;
    bool hyphens = take(c, '-');
    if (!hyphens && !skip_blanks(c))
        return false;
    d->at.month = find_month(take_word(c));
    bool apart = hyphens ? take(c, '-') : skip_blanks(c);
    return d->at.month > 0 && apart && take_year(c, &d->at.year);
}

/* February 7, 2022, of which the month is read already */
static bool take_day_year(struct cursor *c, struct date *d)
{
    take(c, '.');
    int digits = skip_blanks(c) ? count_digits(c) : 0;
    if (digits < 1 || digits > 2 || !take_number(c, digits, &d->at.day))
        return false;
    return take(c, ',') && skip_blanks(c) && take_number(c, 4, &d->at.year);
}

static bool parse_named_month(struct cursor c, struct date *d)
{
    struct text word = take_word(&c);
    *d = EMPTY_DATE;
    d->precision = DATE_DAY;
    if (find_weekday(word) > 0) {
        take(&c, ',');
        skip_blanks(&c);
        word = take_word(&c);
    }
    d->at.month = find_month(word);
    if (word.len > 0 && d->at.month == 0)
        return false;
    if (!(word.len > 0 ? take_day_year(&c, d) : take_day_month_year(&c, d)))
        return false;
    if (at_end(&c))
        return true;
    return skip_blanks(&c) && take_time_and_zone(&c, d) && at_end(&c);
}

static struct cursor cursor_of(struct text t)
{
    return (struct cursor){t.ptr, t.len > 0 ? t.ptr + t.len : t.ptr};
}

bool date_parse_iso(struct text t, struct date *out)
{
    return parse_iso(cursor_of(t), out);
}

bool date_parse(struct text t, struct date *out)
{
    struct cursor c = cursor_of(t);
    return parse_iso(c, out) || parse_named_month(c, out);
}
