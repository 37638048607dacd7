#include "searcher/passage.h"

#include <string.h>

#include "common/eight.h"

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

size_t passage_characters(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += !is_continuation(t.ptr[i]);
    return count;
}

/* A step over a character, of four bytes at most whatever the bytes are. */
static size_t step_forward(struct text t, size_t at)
{
    size_t last = at + 4 < t.len ? at + 4 : t.len;
    do
        at++;
    while (at < last && is_continuation(t.ptr[at]));
    return at;
}

/* Where `most` characters end, or the text that ends at `limit`; they are
 * counted. */
static size_t step_far(struct text t, size_t at, size_t limit, size_t most,
                       size_t *count)
{
    *count = 0;
    while (at < limit && *count < most) {
        bool ascii = limit - at >= 8 && most - *count >= 8 &&
                     !eight_beyond_ascii(eight_load(t.ptr + at, 8));
        at = ascii ? at + 8 : step_forward(t, at);
        *count += ascii ? 8 : 1;
    }
    return at;
}

static size_t step_back(struct text t, size_t at)
{
    size_t first = at > 4 ? at - 4 : 0;
    do
        at--;
    while (at > first && is_continuation(t.ptr[at]));
    return at;
}

/* Whether one of the strings stands right before `at`; gives where. */
static bool ends_with_one_of(struct text t, size_t at,
                             const char *const *strings, size_t *start)
{
    for (; *strings; strings++) {
        size_t len = strlen(*strings);
        if (len <= at && memcmp(t.ptr + at - len, *strings, len) == 0) {
            *start = at - len;
            return true;
        }
    }
    return false;
}

/* The dot at `dot` follows an initial (U.S., J. Smith) or a title. */
static bool is_abbreviation(struct text t, size_t dot)
{
    static const char *const titles[] = {"Mr",  "Mrs", "Ms",  "Dr",   "St",
                                         "Gen", "Gov", "Sen", "Rep",  "Lt",
                                         "Col", "Sgt", "Jr",  "Prof", NULL};
    size_t start = dot, title;
    while (start > 0 && is_letter(t.ptr[start - 1]))
        start--;
    if (dot - start == 1)
        return true;
    return ends_with_one_of(t, dot, titles, &title) && title == start;
}

static bool ends_sentence(struct text t, size_t at)
{
    static const char *const closers[] = {
        "\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb", NULL};
    static const char *const stops[] = {".", "!", "?", "\xe2\x80\xa6", NULL};
    while (ends_with_one_of(t, at, closers, &at))
        continue;
    size_t stop;
    if (!ends_with_one_of(t, at, stops, &stop))
        return false;
    return t.ptr[stop] != '.' || !is_abbreviation(t, stop);
}

/* A line break before an empty or an indented line starts a paragraph. */
static bool starts_paragraph(struct text t, size_t from, size_t to)
{
    const char *line_end = memchr(t.ptr + from, '\n', to - from);
    return line_end && line_end < t.ptr + to - 1;
}

/* Nothing begins in the middle of ASCII letters. */
static bool is_within_word(struct text t, size_t at)
{
    return at > 0 && !is_blank(t.ptr[at - 1]) &&
           !is_continuation(t.ptr[at - 1]);
}

static bool starts_sentence(struct text t, size_t at)
{
    static const char *const wide_stops[] = {"\xe3\x80\x82", "\xef\xbc\x81",
                                             "\xef\xbc\x9f", NULL};
    size_t before = at;
    while (before > 0 && is_blank(t.ptr[before - 1]))
        before--;
    if (before == 0)
        return true;
    size_t stop;
    if (is_within_word(t, at))
        return false;
    if (ends_with_one_of(t, before, wide_stops, &stop))
        return true;
    if (before == at)
        return false;
    if (starts_paragraph(t, before, at))
        return true;
    bool small = at < t.len && t.ptr[at] >= 'a' && t.ptr[at] <= 'z';
    return !small && ends_sentence(t, before);
}

static bool starts_word(struct text t, size_t at)
{
    return at == 0 || (is_blank(t.ptr[at - 1]) && !is_blank(t.ptr[at]));
}

/* Without a sentence near: some way back, then on to a word. Text without
 * blanks is cut at any character. */
static size_t word_start(struct text t, size_t core, size_t lowest, size_t back)
{
    size_t earliest = core;
    for (; earliest > lowest && back > 0; back--)
        earliest = step_back(t, earliest);
    for (size_t at = earliest; at < core; at = step_forward(t, at))
        if (starts_word(t, at))
            return at;
    return starts_word(t, core) ? core : earliest;
}

/* `slack` characters are to spare; `unused` of them the text behind the core
 * is too short for. */
static size_t find_start(struct text t, size_t core, size_t lowest,
                         size_t slack, size_t unused)
{
    bool found = false;
    size_t start = core, at = core;
    size_t most = slack * 2 / 3 > unused ? slack * 2 / 3 : unused;
    for (size_t back = 0; back <= most; back++) {
        if (!is_blank(t.ptr[at]) && !is_within_word(t, at) &&
            starts_sentence(t, at)) {
            start = at;
            found = true;
        }
        if (at <= lowest || (found && back >= unused))
            break;
        at = step_back(t, at);
    }
    if (found)
        return start;
    size_t back = slack / 3 > unused ? slack / 3 : unused;
    return word_start(t, core, lowest, back);
}

static size_t without_blanks(struct text t, size_t from, size_t to)
{
    while (to > from && is_blank(t.ptr[to - 1]))
        to--;
    return to;
}

/* The last end of a sentence in the second half, else of a word. */
static size_t find_end(struct text t, struct range most, size_t core, bool *cut)
{
    size_t half = most.from + (most.to - most.from) / 2;
    size_t least = core <= most.to ? core : half;
    size_t next = most.to; /* where a sentence may begin */
    while (next < t.len && is_blank(t.ptr[next]))
        next++;
    *cut = false;
    if (next == t.len)
        return without_blanks(t, most.from, most.to);
    for (; next > least && next > half; next = step_back(t, next))
        if (!is_within_word(t, next) && starts_sentence(t, next))
            return without_blanks(t, most.from, next);
    *cut = true;
    for (size_t at = most.to; at > least; at--)
        if (is_blank(t.ptr[at]) && !is_blank(t.ptr[at - 1]))
            return at;
    return most.to;
}

struct passage passage_around(struct text t, struct range core,
                              struct range limits, size_t characters)
{
    size_t inside, behind, all;
    step_far(t, core.from, core.to, characters, &inside);
    size_t slack = characters - inside;
    step_far(t, core.to, limits.to, slack, &behind);
    struct passage p = {.bytes = {.from = find_start(t, core.from, limits.from,
                                                     slack, slack - behind)}};
    p.cut_before = !starts_sentence(t, p.bytes.from);

    size_t to = step_far(t, p.bytes.from, limits.to, characters, &all);
    if (to > limits.to)
        to = limits.to;
    p.bytes.to =
        find_end(t, (struct range){p.bytes.from, to}, core.to, &p.cut_after);
    return p;
}
