#include "common/gap_scanner.h"

#include <stdint.h>
#include <string.h>

#include "common/eight.h"

enum { INDENT_SPACES = 2 };

enum stop {
    STOP_NONE,
    STOP_SEEN, /* ends a sentence if white space follows */
    STOP_ENDED
};

struct scan {
    enum text_layout layout;
    enum stop stop;
    size_t stops; /* full stops and the like so far */
    size_t indent;
    bool line_start; /* nothing but white space since a line break */
    bool paragraph;
};

static void end_line_start(struct scan *s)
{
    if (s->line_start && s->indent >= INDENT_SPACES)
        s->paragraph = true;
    s->line_start = false;
}

static void take_space(struct scan *s, char byte)
{
    if (s->stop == STOP_SEEN)
        s->stop = STOP_ENDED;
    if (s->line_start && byte != '\r')
        s->indent += byte == '\t' ? INDENT_SPACES : 1;
}

static void take_line_break(struct scan *s)
{
    if (s->stop == STOP_SEEN)
        s->stop = STOP_ENDED;
    if (s->line_start || s->layout == LAYOUT_LINES)
        s->paragraph = true;
    s->line_start = true;
    s->indent = 0;
}

static void take_stop(struct scan *s, enum stop stop)
{
    s->stops++;
    if (s->stop != STOP_ENDED)
        s->stop = stop;
    end_line_start(s);
}

/* Anything that is no word; `byte` is its first. */
static void take(struct scan *s, enum character c, char byte)
{
    switch (c) {
    case CHARACTER_SPACE:
        take_space(s, byte);
        break;
    case CHARACTER_LINE_BREAK:
        take_line_break(s);
        break;
    case CHARACTER_PARAGRAPH_BREAK:
        take_line_break(s);
        s->paragraph = true;
        break;
    case CHARACTER_DOT:
    case CHARACTER_STOP:
        take_stop(s, STOP_SEEN);
        break;
    case CHARACTER_CJK_STOP:
        take_stop(s, STOP_ENDED);
        break;
    case CHARACTER_IGNORED:
        break;
    case CHARACTER_APOSTROPHE:
    case CHARACTER_CLOSER:
        end_line_start(s);
        break;
    default:
        if (s->stop == STOP_SEEN)
            s->stop = STOP_NONE;
        end_line_start(s);
        break;
    }
}

void gap_scan(struct text t, size_t at, enum text_layout layout,
              struct gap *out)
{
    struct scan s = {.layout = layout};
    size_t from = at, length = 0;
    out->first = CHARACTER_OTHER;
    out->invalid = 0;
    for (; at < t.len; at += length) {
        enum character c = character_at(t, at, &length);
        if (character_begins_word(c)) {
            out->first = c;
            break;
        }
        out->invalid += c == CHARACTER_INVALID;
        take(&s, c, t.ptr[at]);
    }
    end_line_start(&s);
    bool sentence = s.stop == STOP_ENDED && out->first != CHARACTER_LOWER;
    out->next = at;
    out->kind = s.paragraph ? GAP_PARAGRAPH
                : sentence  ? GAP_SENTENCE
                            : GAP_PLAIN;
    out->lone_dot = s.stops == 1 && t.ptr[from] == '.';
}

enum text_layout gap_layout(struct text t)
{
    size_t line = 0;
    while (t.len - line > WRAPPED_LINE_MAX) {
        const char *end = memrchr(t.ptr + line, '\n', WRAPPED_LINE_MAX + 1);
        if (!end)
            return LAYOUT_LINES;
        line = (size_t)(end - t.ptr) + 1;
    }
    return LAYOUT_WRAPPED;
}

bool gap_all_capitals(struct text t)
{
    size_t capitals = 0, small = 0, length;
    for (size_t at = 0; at < t.len; at += length) {
        if (small * 7 > (capitals + t.len - at) * 3)
            return false; /* whatever the rest is */
        uint64_t eight = eight_load(t.ptr + at, t.len - at);
        unsigned char byte = (unsigned char)t.ptr[at];
        length = 1;
        if (!eight_beyond_ascii(eight)) {
            capitals += eight_count(eight_in_range(eight, 'A', 'Z'));
            small += eight_count(eight_in_range(eight, 'a', 'z'));
            length = t.len - at < sizeof eight ? t.len - at : sizeof eight;
        } else if (byte < 0x80 || (byte >= 0xc0 && byte < 0xe0)) {
            enum character c = character_at(t, at, &length);
            capitals += c == CHARACTER_UPPER;
            small += c == CHARACTER_LOWER;
        }
    }
    return capitals > 0 && capitals * 10 >= (capitals + small) * 7;
}
