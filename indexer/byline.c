#include "indexer/byline.h"

#include <string.h>
#include <strings.h>

/* Capitalised, but for the first: "von" begins names. "Di" and "da" are left
 * out, which begin names even so. */
static const char *const words[] = {"By ",   "Par ", "Von ", "Por ",
                                    "Door ", "Av ",  "Af ",  NULL};

struct text byline_name(struct text line)
{
    line = text_trim(line);
    for (size_t i = 0; words[i]; i++) {
        const size_t len = strlen(words[i]);
        if (line.len > len &&
            (text_starts_with(line, text_from(words[i])) ||
             (i == 0 && strncasecmp(line.ptr, words[i], len) == 0)))
            return text_trim(text_slice(line, len, line.len));
    }
    return line;
}

/* Two words or more, of which no small letter of ASCII begins the last two. */
static bool is_person(struct text name)
{
    struct text word, before = {NULL, 0}, last = before;
    while (text_split(&name, ' ', &word)) {
        if (word.len == 0)
            continue;
        before = last;
        last = word;
    }
    return before.len > 0 && (before.ptr[0] < 'a' || before.ptr[0] > 'z') &&
           (last.ptr[0] < 'a' || last.ptr[0] > 'z');
}

/* Parts `line` at its first conjunction that is between persons. */
static bool part_at_conjunction(struct text line, struct text sides[2])
{
    static const char *const conjunctions[] = {
        " and ", " und ", " et ", " & ", " y ", " e ", " en ", " och ", " og "};
    for (size_t i = 0; i < sizeof conjunctions / sizeof *conjunctions; i++) {
        const size_t len = strlen(conjunctions[i]);
        const char *at = line.len > 0
                             ? memmem(line.ptr, line.len, conjunctions[i], len)
                             : NULL;
        if (!at)
            continue;
        const size_t left = (size_t)(at - line.ptr);
        sides[0] = text_slice(line, 0, left);
        sides[1] = text_slice(line, left + len, line.len);
        struct text rest = sides[1], first;
        (void)text_split(&rest, ',', &first);
        if (is_person(sides[0]) && is_person(first))
            return true;
    }
    return false;
}

static size_t split_at(char separator, struct text t, struct text *out)
{
    size_t count = 0;
    struct text part;
    while (text_split(&t, separator, &part)) {
        part = text_trim(part);
        if (part.len > 0)
            out[count++] = part;
    }
    return count;
}

size_t byline_split(struct text line, struct text *out)
{
    struct text sides[2];
    line = byline_name(line);
    if (line.len > 0 && memchr(line.ptr, ';', line.len))
        return split_at(';', line, out);
    if (!part_at_conjunction(line, sides))
        return split_at('\0', line, out);
    size_t count = split_at(',', sides[0], out);
    const size_t first = count++;
    struct text part;
    for (size_t i = first; text_split(&sides[1], ',', &part);) {
        out[i] = text_trim(part);
        i += is_person(out[i]); /* else a place or agency */
        count = i;
    }
    return count;
}

size_t byline_count_max(struct text line)
{
    size_t count = 2;
    for (size_t i = 0; i < line.len; i++)
        count += line.ptr[i] == ',' || line.ptr[i] == ';';
    return count;
}
