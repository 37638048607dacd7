#include "searcher/letters.h"

#include <string.h>

size_t letters_length(struct text word, size_t at)
{
    size_t len = 1;
    while (at + len < word.len &&
           ((unsigned char)word.ptr[at + len] & 0xc0) == 0x80)
        len++;
    return len;
}

void letters_read(struct letters *out, struct text word)
{
    out->count = 0;
    out->present = 0;
    for (size_t at = 0; at < word.len && out->count < LETTERS_MAX;) {
        const size_t len = letters_length(word, at);
        uint32_t code = 0;
        for (size_t i = 0; i < len; i++)
            code = code << 8 | (unsigned char)word.ptr[at + i];
        out->codes[out->count++] = code;
        out->present |= UINT64_C(1) << (code & 63);
        at += len;
    }
}

static size_t least(size_t a, size_t b, size_t c)
{
    const size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* An edit brings in at most one letter that is not in the other. */
static bool is_far(const struct letters *a, const struct letters *b,
                   size_t most)
{
    const size_t longer = a->count > b->count ? a->count : b->count;
    const size_t shorter = a->count + b->count - longer;
    return longer - shorter > most ||
           (size_t)__builtin_popcountll(a->present & ~b->present) > most ||
           (size_t)__builtin_popcountll(b->present & ~a->present) > most;
}

/* The last three rows of the table of Wagner and Fischer 1974. */
struct rows {
    size_t cells[3][LETTERS_MAX + 1];
};

/* Fills row `i`, and gives its smallest cell. */
static size_t fill_row(struct rows *rows, const struct letters *a,
                       const struct letters *b, size_t i,
                       enum letters_edits edits)
{
    size_t *row = rows->cells[i % 3];
    const size_t *above = rows->cells[(i + 2) % 3];
    const size_t *before = rows->cells[(i + 1) % 3];
    size_t best = row[0] = i;
    for (size_t j = 1; j <= b->count; j++) {
        const bool same = a->codes[i - 1] == b->codes[j - 1];
        row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + !same);
        if (edits == LETTERS_SWAPS && i > 1 && j > 1 &&
            a->codes[i - 1] == b->codes[j - 2] &&
            a->codes[i - 2] == b->codes[j - 1] && before[j - 2] + 1 < row[j])
            row[j] = before[j - 2] + 1;
        best = row[j] < best ? row[j] : best;
    }
    return best;
}

size_t letters_distance(const struct letters *a, const struct letters *b,
                        size_t most, enum letters_edits edits)
{
    struct rows rows;
    if (is_far(a, b, most))
        return most + 1;
    for (size_t j = 0; j <= b->count; j++)
        rows.cells[0][j] = j;
    size_t last = 0;
    for (size_t i = 1; i <= a->count; i++) {
        const size_t best = fill_row(&rows, a, b, i, edits);
        /* A swap reaches over a row. */
        if (best > most && last > most)
            return most + 1;
        last = best;
    }
    return rows.cells[a->count % 3][b->count];
}
