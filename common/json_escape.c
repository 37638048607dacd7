#include "common/json_escape.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int32_t json_escape_unit(struct text t, size_t at)
{
    int32_t unit = 0;
    if (t.len < JSON_ESCAPE_DIGITS || at > t.len - JSON_ESCAPE_DIGITS)
        return JSON_ESCAPE_NONE;
    for (size_t i = at; i < at + JSON_ESCAPE_DIGITS; i++) {
        int digit = hex_value(t.ptr[i]);
        if (digit < 0)
            return JSON_ESCAPE_NONE;
        unit = unit * 16 + digit;
    }
    return unit;
}

bool json_escape_is_high(int32_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool json_escape_is_low(int32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}
