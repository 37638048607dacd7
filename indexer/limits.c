#include "indexer/limits.h"

#include <string.h>

#include "common/scan.h"

/* "512", "64K", "16M", "2G" */
static bool read_amount(struct text t, uint64_t *out)
{
    static const char units[] = "KMG";
    uint64_t number;
    if (!scan_number(&t, UINT32_MAX, &number) || t.len > 1)
        return false;
    const char *unit = t.len > 0 ? memchr(units, t.ptr[0], 3) : NULL;
    if (t.len > 0 && !unit)
        return false;
    *out = unit ? number << 10 * (unit - units + 1) : number;
    return true;
}

struct limit {
    const char *name;
    uint64_t min, max, value;
};

enum { ARTICLE, PAGE, DEPTH, RATIO, MEMBERS, UNPACKED, LIMIT_COUNT };

static enum status read_pair(struct limit *limits, struct text pair,
                             struct error *err)
{
    struct text name, value = pair;
    uint64_t amount;
    (void)text_split(&value, '=', &name);
    for (struct limit *l = limits; l < limits + LIMIT_COUNT; l++) {
        if (!text_is(text_trim(name), l->name))
            continue;
        if (!read_amount(text_trim(value), &amount) || amount < l->min ||
            amount > l->max)
            return error_set(err, STATUS_USAGE,
                             "'--accept' needs a number from %llu to %llu for "
                             "'%s'",
                             (unsigned long long)l->min,
                             (unsigned long long)l->max, l->name);
        l->value = amount;
        return STATUS_OK;
    }
    return error_set(err, STATUS_USAGE,
                     "no limit is called '%.*s': known are article, page, "
                     "depth, ratio, members and unpacked",
                     TEXT_ARG(text_slice(name, 0, 40)));
}

enum status limits_parse(struct reader_limits *out, const char *pairs,
                         struct error *err)
{
    struct container_limits *c = &out->container;
    struct limit limits[LIMIT_COUNT] = {
        [ARTICLE] = {"article", 1, READER_ARTICLE_MAX, out->article},
        [PAGE] = {"page", 1, READER_ARTICLE_MAX, out->page},
        [DEPTH] = {"depth", 0, 16, c->depth},
        [RATIO] = {"ratio", 1, UINT32_MAX, c->ratio},
        [MEMBERS] = {"members", 0, UINT32_MAX, c->members},
        [UNPACKED] = {"unpacked", 0, UINT64_MAX, c->free_bytes}};
    struct text rest = text_from(pairs), pair;
    while (text_split(&rest, ',', &pair)) {
        enum status status = read_pair(limits, pair, err);
        if (status != STATUS_OK)
            return status;
    }
    out->article = (size_t)limits[ARTICLE].value;
    out->page = (size_t)limits[PAGE].value;
    *c = (struct container_limits){.depth = limits[DEPTH].value,
                                   .ratio = limits[RATIO].value,
                                   .members = limits[MEMBERS].value,
                                   .free_bytes = limits[UNPACKED].value};
    return STATUS_OK;
}
