#include "indexer/json_repair.h"

#include <stdbool.h>
#include <stdint.h>

#include "common/json_escape.h"
#include "common/utf8.h"

enum { ESCAPE_SIZE = 6 }; /* \u0000 */

/* The code unit of the \u escape that `t` begins with. */
static int32_t escaped_unit(struct text t)
{
    return text_starts_with(t, text_from("\\u")) ? json_escape_unit(t, 2)
                                                 : JSON_ESCAPE_NONE;
}

/* Takes the escape that `t` begins with; its length. */
static size_t repair_escape(struct text t, struct strbuf *out, size_t *repaired)
{
    int32_t unit = escaped_unit(t);
    size_t len = unit >= 0 ? ESCAPE_SIZE : t.len < 2 ? t.len : 2;
    if (json_escape_is_high(unit) &&
        json_escape_is_low(escaped_unit(text_slice(t, len, t.len))))
        len += ESCAPE_SIZE;
    else if (unit == 0 || json_escape_is_high(unit) ||
             json_escape_is_low(unit)) {
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
