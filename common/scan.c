#include "common/scan.h"

bool scan_literal(struct text *line, const char *literal)
{
    struct text expected = text_from(literal);
    if (!text_starts_with(*line, expected))
        return false;
    *line = text_slice(*line, expected.len, line->len);
    return true;
}

bool scan_number(struct text *line, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;
    size_t i = 0;
    for (; i < line->len && line->ptr[i] >= '0' && line->ptr[i] <= '9'; i++)
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, line->ptr[i] - '0', &value))
            return false;
    if (i == 0 || (i > 1 && line->ptr[0] == '0') || value > max)
        return false;
    *line = text_slice(*line, i, line->len);
    *out = value;
    return true;
}
