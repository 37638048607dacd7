#include "common/date_parser.h"

#include <string.h>

#include "common/date_names.h"
#include "common/date_rewrite.h"

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

/* Any that is not ASCII counts as one. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
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

static bool take_letter(struct cursor *c, char lower)
{
    return take(c, lower) || take(c, (char)(lower - 'a' + 'A'));
}

/* Blanks, commas and words that mean nothing. */
static bool skip_fillers(struct cursor *c)
{
    const char *start = c->at;
    for (;;) {
        while (skip_blanks(c) || take(c, ','))
            ;
        struct cursor behind = *c;
        if (!date_is_filler(take_word(&behind)))
            return c->at > start;
        take(&behind, '.');
        *c = behind;
    }
}

/* "p.m.", "PM", "am" behind a time of the hours from 1 to 12. */
static bool take_half_of_day(struct cursor *c, int *hour)
{
    struct cursor at = *c;
    skip_blanks(&at);
    bool after = take_letter(&at, 'p');
    if (!after && !take_letter(&at, 'a'))
        return false;
    take(&at, '.');
    if (!take_letter(&at, 'm') || (!at_end(&at) && is_letter(*at.at)))
        return false;
    take(&at, '.');
    if (*hour <= 12)
        *hour = *hour % 12 + (after ? 12 : 0);
    *c = at;
    return true;
}

/* Digits of a time behind its hour, if there are any. */
static bool take_minutes(struct cursor *c, struct date *d, bool basic)
{
    bool french = !basic && take_letter(c, 'h');
    bool apart = basic || french || take(c, ':') || take(c, '.');
    if (!apart || (french && count_digits(c) == 0))
        return true;
    if (!take_number(c, 2, &d->at.minute))
        return false;
    d->precision = DATE_MINUTE;
    return true;
}

static bool take_seconds(struct cursor *c, struct date *d)
{
    if (!take_number(c, 2, &d->at.second))
        return false;
    d->precision = DATE_SECOND;
    if (!take(c, '.') && !take(c, ','))
        return true;
    int fraction = count_digits(c);
    c->at += fraction;
    return fraction > 0;
}

/* HH, HH:MM, HH.MM, HHhMM, HH:MM:SS, HHMM or HHMMSS, and a fraction that is
 * dropped; 6 p.m., 6:45 PM. */
static bool take_time(struct cursor *c, struct date *d)
{
    int digits = count_digits(c);
    bool basic = digits == 4 || digits == 6;
    if (!basic && digits != 1 && digits != 2)
        return false;
    if (!take_number(c, basic ? 2 : digits, &d->at.hour))
        return false;
    d->precision = DATE_HOUR;
    if (!take_minutes(c, d, basic))
        return false;
    if ((digits == 6 ||
         (!basic && d->precision == DATE_MINUTE && take(c, ':'))) &&
        !take_seconds(c, d))
        return false;
    bool half = take_half_of_day(c, &d->at.hour);
    return half || d->precision > DATE_HOUR || digits == 2;
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

/* The day of the month that the first Sunday on or after `day` is. */
static int sunday_from(int year, int month, int day)
{
    const struct calendar c = {.year = year, .month = month, .day = day};
    int64_t days = timestamp_from_calendar(&c) / 86400;
    return day + (int)((3 - days % 7 + 7) % 7); /* day 0 was a Thursday */
}

/* Daylight saving time by the laws of 1966, 1986 and 2005. */
static bool is_american_summer(const struct calendar *c)
{
    bool late = c->year >= 2007, old = c->year < 1987;
    int first = late ? 3 : 4, last = late ? 11 : 10;
    int begins = late ? 8 : old ? 24 : 1, ends = late ? 1 : 25;
    if (c->year < 1967 || c->month < first || c->month > last)
        return false;
    int sunday =
        sunday_from(c->year, c->month, c->month == first ? begins : ends);
    bool before = c->day < sunday || (c->day == sunday && c->hour < 2);
    return c->month == first ? !before : c->month < last || before;
}

static bool find_zone(struct text name, struct date *d)
{
    bool summer = false;
    if (!date_zone(name, &d->zone, &summer))
        return false;
    if (summer && is_american_summer(&d->at))
        d->zone += 3600;
    return true;
}

/* The "+1" of "GMT+1", "UTC+01:00", if it is there. */
static bool take_difference(struct cursor *c, struct date *d)
{
    int hour = 0;
    int sign = d->zone != 0 ? 0 : take(c, '+') ? 1 : take(c, '-') ? -1 : 0;
    if (sign == 0 || count_digits(c) != 1)
        return sign == 0 || take_zone_offset(c, sign, &d->zone);
    d->zone = take_number(c, 1, &hour) ? sign * hour * 3600 : 0;
    return true;
}

/* An optional zone, and an optional comment such as "(UTC)" behind it. */
static bool take_zone(struct cursor *c, struct date *d)
{
    skip_fillers(c);
    if (at_end(c))
        return true;
    bool found;
    if (take(c, '+'))
        found = take_zone_offset(c, 1, &d->zone);
    else if (take(c, '-'))
        found = take_zone_offset(c, -1, &d->zone);
    else
        found = find_zone(take_word(c), d) && take_difference(c, d);
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

/* "7th", "1er", "7.", "1º" */
static void skip_ordinal(struct cursor *c)
{
    static const char *const ends[] = {"st",  "nd", "rd", "th", "er",
                                       "ème", "º",  "ª",  "."};
    struct text rest = text_make(c->at, (size_t)(c->end - c->at));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_starts_with(rest, text_from(ends[i]))) {
            c->at += strlen(ends[i]);
            return;
        }
}

/* 07.02.2022, of which the day and a dot are read already */
static bool take_month_year(struct cursor *c, struct date *d)
{
    int digits = count_digits(c);
    return digits >= 1 && digits <= 2 && take_number(c, digits, &d->at.month) &&
           take(c, '.') && take_year(c, &d->at.year);
}

/* 7 Feb 2022, 07-FEB-22, 7. Februar 2022, 7 de febrero de 2022, 07.02.2022 */
static bool take_day_month_year(struct cursor *c, struct date *d)
{
    int digits = count_digits(c);
    if (digits < 1 || digits > 2 || !take_number(c, digits, &d->at.day))
        return false;
    bool hyphens = take(c, '-');
    if (!hyphens)
        skip_ordinal(c);
    bool dotted = c->at[-1] == '.';
    if (!hyphens && !skip_fillers(c) && !dotted)
        return false;
    if (dotted && count_digits(c) > 0)
        return take_month_year(c, d);
    d->at.month = date_month(take_word(c));
    if (!hyphens)
        take(c, '.');
    bool apart = hyphens ? take(c, '-') : skip_fillers(c);
    return d->at.month > 0 && apart && take_year(c, &d->at.year);
}

/* February 7, 2022, of which the month is read already */
static bool take_day_year(struct cursor *c, struct date *d)
{
    take(c, '.');
    int digits = skip_blanks(c) ? count_digits(c) : 0;
    if (digits < 1 || digits > 2 || !take_number(c, digits, &d->at.day))
        return false;
    skip_ordinal(c);
    return take(c, ',') && skip_blanks(c) && take_number(c, 4, &d->at.year);
}

static bool take_named_month(struct cursor *c, struct date *d)
{
    enum { LEADING_MAX = 3 };
    for (int i = 0; i <= LEADING_MAX; i++) {
        struct text word = take_word(c);
        if (word.len == 0)
            return take_day_month_year(c, d);
        struct cursor behind = *c;
        d->at.month = date_month(word);
        if (d->at.month > 0 && take_day_year(&behind, d)) {
            *c = behind;
            return true;
        }
        if (!date_is_weekday(word) && !date_is_filler(word))
            return false;
        take(c, '.');
        take(c, ',');
        skip_blanks(c);
    }
    return false;
}

static bool parse_named_month(struct cursor c, struct date *d)
{
    *d = EMPTY_DATE;
    d->precision = DATE_DAY;
    if (!take_named_month(&c, d))
        return false;
    bool apart = skip_fillers(&c);
    if (at_end(&c))
        return true;
    return apart && take_time_and_zone(&c, d) && at_end(&c);
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
    char buffer[DATE_REWRITTEN_SIZE];
    struct text rewritten;
    if (parse_iso(c, out) || parse_named_month(c, out))
        return true;
    if (!date_rewrite(t, buffer, &rewritten))
        return false;
    c = cursor_of(rewritten);
    return parse_iso(c, out) || parse_named_month(c, out);
}
