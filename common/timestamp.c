#include "common/timestamp.h"

#include <stdio.h>
#include <string.h>

#include "common/date_parser.h"

enum {
    MINUTE_SECONDS = 60,
    HOUR_SECONDS = 3600,
    DAY_SECONDS = 86400,
    YEAR_MAX = 9999
};

/* 1600-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
#define TIMESTAMP_MIN INT64_C(-11676096000)
#define TIMESTAMP_MAX INT64_C(253402300799)

/* What struct calendar's int years can hold; moments beyond are clamped. */
#define CALENDAR_LIMIT (INT64_C(2147483000) * 366 / 367 * 365 * DAY_SECONDS)

/* The two conversions are Howard Hinnant's, from his public description
 * "chrono-Compatible Low-Level Date Algorithms" (days_from_civil and
 * civil_from_days): years begin in March, so that the leap day is the last of
 * its year, and are counted in eras of 400 years of 146097 days. */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, struct calendar *out)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    out->day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    out->month =
        (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
}

struct calendar timestamp_calendar(timestamp t)
{
    if (t > CALENDAR_LIMIT)
        t = CALENDAR_LIMIT;
    if (t < -CALENDAR_LIMIT)
        t = -CALENDAR_LIMIT;
    int64_t days = t / DAY_SECONDS;
    int second = (int)(t % DAY_SECONDS);
    if (second < 0) {
        days--;
        second += DAY_SECONDS;
    }
    struct calendar c = {
        .hour = second / HOUR_SECONDS,
        .minute = second / MINUTE_SECONDS % 60,
        .second = second % 60,
    };
    civil_from_days(days, &c);
    return c;
}

timestamp timestamp_from_calendar(const struct calendar *c)
{
    int64_t seconds = (int64_t)c->hour * HOUR_SECONDS +
                      (int64_t)c->minute * MINUTE_SECONDS + c->second;
    return days_from_civil(c->year, c->month, c->day) * DAY_SECONDS + seconds;
}

static void put_two(char *at, int number)
{
    at[0] = (char)('0' + number / 10);
    at[1] = (char)('0' + number % 10);
}

/* printf() takes ten times as long. */
static void put_calendar(const struct calendar *c, char out[TIMESTAMP_SIZE])
{
    static const char empty[] = "0000-00-00T00:00:00Z";
    memcpy(out, empty, sizeof empty);
    put_two(out, c->year / 100);
    put_two(out + 2, c->year % 100);
    put_two(out + 5, c->month);
    put_two(out + 8, c->day);
    put_two(out + 11, c->hour);
    put_two(out + 14, c->minute);
    put_two(out + 17, c->second);
}

void timestamp_format(timestamp t, char *out, size_t size)
{
    if (t == TIMESTAMP_UNKNOWN) {
        snprintf(out, size, "%s", "");
        return;
    }
    struct calendar c = timestamp_calendar(t);
    if (c.year >= 0 && c.year <= 9999 && size >= TIMESTAMP_SIZE) {
        put_calendar(&c, out);
        return;
    }
    snprintf(out, size, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month,
             c.day, c.hour, c.minute, c.second);
}

static int month_days(int year, int month)
{
    static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (leap && month == 2);
}

static bool is_in_calendar(const struct date *d)
{
    const struct calendar *c = &d->at;
    bool midnight = c->hour == 24 && c->minute == 0 && c->second == 0;
    return c->year >= TIMESTAMP_YEAR_MIN && c->year <= YEAR_MAX &&
           c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= month_days(c->year, c->month) &&
           (c->hour <= 23 || midnight) && c->minute <= 59 && c->second <= 60;
}

/* A leap second counts as the one before it, so that it stays in its day. */
static bool start_of(struct date *d, timestamp *out)
{
    if (!is_in_calendar(d))
        return false;
    if (d->at.second == 60)
        d->at.second = 59;
    timestamp t = timestamp_from_calendar(&d->at) - d->zone;
    if (t < TIMESTAMP_MIN || t > TIMESTAMP_MAX)
        return false;
    *out = t;
    return true;
}

static bool is_digits(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] < '0' || t.ptr[i] > '9')
            return false;
    return true;
}

static bool has_nonzero(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] != '0')
            return true;
    return false;
}

/* What a number of so many digits since 1970 counts. */
static int64_t units_per_second(size_t digits)
{
    return digits <= 11   ? 1
           : digits <= 13 ? 1000
           : digits == 16 ? 1000000
           : digits == 19 ? 1000000000
                          : 0;
}

/* Since 1970. A fraction is cut, towards the past. */
static bool parse_number(struct text t, timestamp *out)
{
    enum { DIGITS_MIN = 9 };
    struct text fraction = {NULL, 0};
    bool negative = t.len > 0 && t.ptr[0] == '-';
    t = text_slice(t, negative, t.len);
    const char *point = t.len ? memchr(t.ptr, '.', t.len) : NULL;
    if (point) {
        size_t len = (size_t)(point - t.ptr);
        fraction = text_slice(t, len + 1, t.len);
        t.len = len;
    }
    bool digits = is_digits(t) && is_digits(fraction);
    int64_t unit = units_per_second(t.len);
    if (!digits || t.len < DIGITS_MIN || unit == 0 ||
        (t.len == 19 && t.ptr[0] == '9') || (point && fraction.len == 0))
        return false;
    int64_t n = 0;
    for (size_t i = 0; i < t.len; i++)
        n = n * 10 + (t.ptr[i] - '0');
    bool rest = n % unit != 0 || has_nonzero(fraction);
    timestamp moment = negative ? -(n / unit) - rest : n / unit;
    if (moment < TIMESTAMP_MIN || moment > TIMESTAMP_MAX)
        return false;
    *out = moment;
    return true;
}

bool timestamp_parse_zoned(struct text t, timestamp *out, bool *zoned)
{
    struct date d = {.has_zone = true};
    t = text_trim(t);
    if (!parse_number(t, out) && !(date_parse(t, &d) && start_of(&d, out)))
        return false;
    *zoned = d.has_zone;
    return true;
}

bool timestamp_parse(struct text t, timestamp *out)
{
    bool zoned;
    return timestamp_parse_zoned(t, out, &zoned);
}

static timestamp seconds_covered(const struct date *d)
{
    static const int lengths[] = {[DATE_DAY] = DAY_SECONDS,
                                  [DATE_HOUR] = HOUR_SECONDS,
                                  [DATE_MINUTE] = MINUTE_SECONDS,
                                  [DATE_SECOND] = 1};
    if (d->precision >= DATE_DAY)
        return lengths[d->precision];
    bool year = d->precision == DATE_YEAR || d->at.month == 12;
    struct calendar next = {.year = d->at.year + year,
                            .month = year ? 1 : d->at.month + 1,
                            .day = 1};
    return timestamp_from_calendar(&next) - timestamp_from_calendar(&d->at);
}

bool timestamp_parse_range(struct text t, timestamp *first, timestamp *last)
{
    struct date d;
    timestamp start;
    if (!date_parse_iso(text_trim(t), &d) || !start_of(&d, &start))
        return false;
    *first = start;
    *last = start + seconds_covered(&d) - 1;
    return true;
}
