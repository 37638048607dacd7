#include "indexer/json_repair.h"

#include <stdbool.h>
#include <stdint.h>

#include "common/utf8.h"

enum { ESCAPE_SIZE = 6 }; /* \u0000 */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code unit of the \u escape that `t` begins with; -1 if it is none. */
static int32_t escaped_unit(struct text t)
{
    if (t.len < ESCAPE_SIZE || t.ptr[0] != '\\' || t.ptr[1] != 'u')
        return -1;
    int32_t unit = 0;
    for (size_t i = 2; i < ESCAPE_SIZE; i++) {
        int digit = hex_value(t.ptr[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool is_high(int32_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(int32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

/* Takes the escape that `t` begins with; its length. */
static size_t repair_escape(struct text t, struct strbuf *out, size_t *repaired)
{
    int32_t unit = escaped_unit(t);
    size_t len = unit >= 0 ? ESCAPE_SIZE : t.len < 2 ? t.len : 2;
    if (is_high(unit) && is_low(escaped_unit(text_slice(t, len, t.len))))
        len += ESCAPE_SIZE;
    else if (unit == 0 || is_high(unit) || is_low(unit)) {
        strbuf_append_string(out, unit == 0 ? " " : "\\ufffd");
        ++*repaired;
        return len;
    }
    if (len == 2 && utf8_character(text_slice(t, 1, t.len)) != 1)
        len = 1;
    strbuf_append(out, text_slice(t, 0, len));
    return len;
}

static void repair_control(char c, struct strbuf *out)
{
    strbuf_append_string(out, c == '\n' ? "\\n" : c == '\t' ? "\\t" : " ");
}

size_t json_repair(struct text json, struct strbuf *out)
{
    size_t repaired = 0;
    bool in_string = false;
    while (json.len > 0) {
        unsigned char c = (unsigned char)json.ptr[0];
        size_t len = utf8_character(json);
        if (c == '\\' && in_string) {
            len = repair_escape(json, out, &repaired);
        } else if (len == 0) {
            strbuf_append_string(out, UTF8_REPLACEMENT);
            repaired++;
            len = 1;
        } else if (c < 0x20 && (in_string || c == '\0')) {
            repair_control((char)c, out);
            repaired++;
        } else {
            strbuf_append(out, text_slice(json, 0, len));
            in_string ^= c == '"';
        }
        json = text_slice(json, len, json.len);
    }
    return repaired;
}
