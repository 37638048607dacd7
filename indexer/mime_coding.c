#include "indexer/mime_coding.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* The length of blanks and the line end at `at`; 0 if there is none. */
static size_t line_end(struct text t, size_t at)
{
    size_t end = at;
    while (end < t.len &&
           (t.ptr[end] == ' ' || t.ptr[end] == '\t' || t.ptr[end] == '\r'))
        end++;
    return end < t.len && t.ptr[end] == '\n' ? end + 1 - at : 0;
}

void mime_decode_quoted(struct text t, enum mime_place place,
                        struct strbuf *out)
{
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        int high = c == '=' && i + 2 < t.len ? hex_digit(t.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(t.ptr[i + 2]) : -1;
        size_t soft = c == '=' ? line_end(t, i + 1) : 0;
        if (low >= 0) {
            strbuf_append_char(out, (char)(high * 16 + low));
            i += 2;
        } else if (soft > 0) {
            i += soft;
        } else {
            strbuf_append_char(out,
                               place == MIME_IN_HEADER && c == '_' ? ' ' : c);
        }
    }
}

static int base64_digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrs"
                                 "tuvwxyz0123456789+/";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* Behind padding at the start of `t`, if a whole line of digits comes; else at
 * the end. A footer that a mailing list put there is no such line. */
static struct text behind_padding(struct text t)
{
    struct text line;
    while (t.len > 0 && (t.ptr[0] == '=' || t.ptr[0] == '\r' ||
                         t.ptr[0] == '\n' || t.ptr[0] == ' '))
        t = text_slice(t, 1, t.len);
    struct text rest = t;
    (void)text_split(&rest, '\n', &line);
    line = text_trim(line);
    size_t digits = 0;
    while (digits < line.len &&
           (base64_digit(line.ptr[digits]) >= 0 || line.ptr[digits] == '='))
        digits++;
    return digits > 0 && digits == line.len && digits % 4 == 0
               ? t
               : text_slice(t, t.len, 0);
}

void mime_decode_base64(struct text t, struct strbuf *out)
{
    unsigned bits = 0, count = 0;
    while (t.len > 0) {
        char c = t.ptr[0];
        int digit = base64_digit(c);
        if (c == '=') {
            t = behind_padding(t);
            bits = count = 0;
            continue;
        }
        t = text_slice(t, 1, t.len);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            strbuf_append_char(out, (char)(bits >> count & 0xff));
        }
    }
}

static size_t count_quotes(struct text line)
{
    size_t count = 0;
    while (count < line.len && line.ptr[count] == '>')
        count++;
    return count;
}

void mime_decode_flowed(struct text t, enum mime_blank blank,
                        struct strbuf *out)
{
    struct text line;
    size_t quotes = 0;
    bool flows = false;
    while (text_split(&t, '\n', &line)) {
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        size_t depth = count_quotes(line);
        struct text words = text_slice(line, depth, line.len);
        if (words.len > 0 && words.ptr[0] == ' ') /* stuffed */
            words = text_slice(words, 1, words.len);
        bool signature = text_is(words, "-- ");
        if (flows && (depth != quotes || signature))
            strbuf_append_char(out, '\n');
        if (!flows || depth != quotes || signature)
            for (size_t i = 0; i < depth; i++)
                strbuf_append_string(out, i + 1 < depth ? ">" : "> ");
        quotes = depth;
        flows = !signature && words.len > 0 && words.ptr[words.len - 1] == ' ';
        words.len -= flows && blank == MIME_DROP_BLANK;
        strbuf_append(out, words);
        if (!flows && t.ptr)
            strbuf_append_char(out, '\n');
    }
}
