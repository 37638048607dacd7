#include "indexer/json_repair.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "common/json_escape.h"
#include "common/utf8.h"
#include "indexer/charset.h"

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

/* --- outside of strings ----------------------------------------------------
 */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* A word that is none of JSON, and what it means; the length of the word. */
static size_t foreign_word(struct text t, const char **meaning)
{
    static const char *const words[][2] = {{"NaN", "null"},
                                           {"-NaN", "null"},
                                           {"Infinity", "null"},
                                           {"-Infinity", "null"},
                                           {"None", "null"},
                                           {"undefined", "null"},
                                           {"True", "true"},
                                           {"False", "false"},
                                           {"ObjectId(", ""},
                                           {"ISODate(", ""},
                                           {"NumberLong(", ""},
                                           {"NumberInt(", ""},
                                           {")", ""}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t len = strlen(words[i][0]);
        if (t.ptr[0] != words[i][0][0] ||
            !text_starts_with(t, text_from(words[i][0])) ||
            (is_word(words[i][0][len - 1]) && t.len > len &&
             is_word(t.ptr[len])))
            continue;
        *meaning = words[i][1];
        return len;
    }
    return 0;
}

static size_t comment(struct text t)
{
    const char *end = NULL;
    if (text_starts_with(t, text_from("//")))
        end = memchr(t.ptr, '\n', t.len);
    else if (text_starts_with(t, text_from("/*"))) {
        end = memmem(t.ptr + 2, t.len - 2, "*/", 2);
        end = end ? end + 2 : NULL;
    } else
        return 0;
    return end ? (size_t)(end - t.ptr) : t.len;
}

static bool is_last_comma(struct text t)
{
    if (t.ptr[0] != ',')
        return false;
    t = text_trim(text_slice(t, 1, t.len));
    return t.len > 0 && (t.ptr[0] == '}' || t.ptr[0] == ']');
}

/* Takes what is no JSON and says what it means or nothing; its length, 0 if it
 * is JSON. */
static size_t mend(struct text t, struct strbuf *out)
{
    const char *meaning = "";
    size_t len = comment(t);
    if (len == 0 && is_last_comma(t))
        len = 1;
    if (len == 0)
        len = foreign_word(t, &meaning);
    if (len > 0)
        strbuf_append_string(out, meaning);
    return len;
}

/* --- all of it --------------------------------------------------------------
 */

/* What `json` begins with, within a string; its length. */
static size_t repair_character(struct text json, bool in_string,
                               struct strbuf *out, size_t *replaced)
{
    const unsigned char c = (unsigned char)json.ptr[0];
    const size_t len = utf8_character(json);
    if (c == '\\' && in_string)
        return repair_escape(json, out, replaced);
    if (len == 0) {
        strbuf_append_string(out, UTF8_REPLACEMENT);
        ++*replaced;
        return 1;
    }
    if (c < 0x20 && (in_string || c == '\0')) {
        repair_control((char)c, out);
        ++*replaced;
        return len;
    }
    strbuf_append(out, text_slice(json, 0, len));
    return len;
}

static bool repair_utf8(struct text json, struct strbuf *out, size_t *replaced)
{
    bool in_string = false, mended = false;
    while (json.len > 0) {
        size_t len = in_string ? 0 : mend(json, out);
        mended |= len > 0;
        if (len == 0) {
            in_string ^= json.ptr[0] == '"';
            len = repair_character(json, in_string, out, replaced);
        }
        json = text_slice(json, len, json.len);
    }
    return mended || *replaced > 0;
}

bool json_repair(struct text json, struct strbuf *out,
                 struct json_repairs *repairs)
{
    AUTO_DONE(strbuf) decoded = STRBUF_INIT(3 * json.len);
    *repairs =
        (struct json_repairs){.decoded = charset_guess(json) == CHARSET_1252};
    if (repairs->decoded) {
        charset_decode(json, CHARSET_1252, &decoded);
        json = strbuf_text(&decoded);
    }
    return repair_utf8(json, out, &repairs->replaced) || repairs->decoded;
}
