#include "common/word_skip.h"

#include "common/eight.h"

/* What of eight bytes matters here; each marks a byte. */
struct eight {
    uint64_t starts;  /* begins a word */
    uint64_t strange; /* beyond ASCII, or joined, perhaps, to the word before */
    uint64_t word_before, joiner_before; /* for the next eight */
};

/* ' - & , . between two words may make them one. */
static struct eight look(uint64_t bytes, const struct eight *previous)
{
    uint64_t words = eight_in_range(bytes | EIGHT(0x20), 'a', 'z') |
                     eight_in_range(bytes, '0', '9');
    uint64_t joiners =
        eight_in_range(bytes, '&', '\'') | eight_in_range(bytes, ',', '.');
    uint64_t behind_word = words << 8 | previous->word_before;
    joiners &= behind_word;
    return (struct eight){
        .starts = words & ~behind_word,
        .strange = ((joiners << 8 | previous->joiner_before) & words) |
                   eight_beyond_ascii(bytes),
        .word_before = words >> 56,
        .joiner_before = joiners >> 56,
    };
}

static size_t last_byte(uint64_t marked)
{
    return (size_t)(63 - __builtin_clzll(marked)) / 8;
}

size_t word_skip(struct text t, size_t at, uint32_t *left)
{
    size_t from = at, last_start = t.len;
    struct eight e = {0};
    for (; at < t.len; at += 8) {
        e = look(eight_load(t.ptr + at, t.len - at), &e);
        uint64_t known = e.strange ? (e.strange & -e.strange) - 1 : UINT64_MAX;
        uint64_t starts = e.starts & known;
        size_t count = eight_count(starts);
        if (count > *left) {
            for (; *left > 0; --*left)
                starts &= starts - 1;
            return at + eight_before(starts);
        }
        *left -= (uint32_t)count;
        if (count > 0)
            last_start = at + last_byte(starts);
        if (e.strange && last_start == t.len)
            return from;
        if (e.strange) {
            ++*left;
            return last_start;
        }
    }
    return t.len;
}
