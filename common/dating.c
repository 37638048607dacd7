#include "common/dating.h"

static const char *const names[DATING_COUNT] = {
    [DATING_EXPLICIT] = "explicit", [DATING_METADATA] = "metadata",
    [DATING_URL] = "url",           [DATING_TEXT] = "text",
    [DATING_FILE] = "file",         [DATING_CRAWL] = "crawl",
};

const char *dating_name(enum dating dating)
{
    return names[dating];
}

enum dating dating_by_name(struct text name)
{
    enum dating found = DATING_EXPLICIT;
    while (found < DATING_COUNT && !text_is(name, names[found]))
        found++;
    return found;
}

bool dating_is_publication(enum dating dating)
{
    return dating < DATING_FILE;
}

bool dating_has_seen(const struct article *a)
{
    return a->published == TIMESTAMP_UNKNOWN &&
           !dating_is_publication(a->dating);
}

enum dating_verdict dating_read(struct article *a, struct text written,
                                enum dating dating, timestamp newest)
{
    timestamp moment;
    bool zoned;
    bool dated = a->published != TIMESTAMP_UNKNOWN;
    if (text_trim(written).len == 0 || (dated && a->dating <= dating))
        return DATING_NOT_NEEDED;
    if (!timestamp_parse_zoned(written, &moment, &zoned))
        return DATING_NO_DATE;
    if (moment > newest)
        return DATING_TOO_LATE;
    if (!dating_is_publication(dating)) {
        dating_see(a, moment, dating, newest);
        return DATING_TAKEN;
    }
    a->published = moment;
    a->dating = dating;
    a->zone_unknown = !zoned;
    return DATING_TAKEN;
}

static bool is_believed(timestamp moment, timestamp newest)
{
    return moment != TIMESTAMP_UNKNOWN && moment <= newest &&
           timestamp_calendar(moment).year >= TIMESTAMP_YEAR_MIN;
}

void dating_see(struct article *a, timestamp moment, enum dating dating,
                timestamp newest)
{
    if (a->published != TIMESTAMP_UNKNOWN || dating_has_seen(a) ||
        !is_believed(moment, newest))
        return;
    a->seen = moment;
    a->dating = dating;
}
