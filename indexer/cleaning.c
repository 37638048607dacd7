#include "indexer/cleaning.h"

#include <stdint.h>
#include <string.h>

/* GCC's and Clang's vectors: a comparison gives 0 or -1 in each byte. */
typedef unsigned char sixteen __attribute__((vector_size(16)));

/* Whether none of sixteen bytes is below 0x20, is 0x7f, or is 0xc2 (with which
 * C1 characters begin); \n is one of them only where it is not kept. */
static bool is_clean(const char *bytes, unsigned char line_end)
{
    sixteen v;
    uint64_t halves[2];
    memcpy(&v, bytes, sizeof v);
    const sixteen dirty =
        (sixteen)(((v < 0x20) & (v != line_end)) | (v == 0x7f) | (v == 0xc2));
    memcpy(halves, &dirty, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

static bool is_c1(struct text t, size_t at)
{
    return (unsigned char)t.ptr[at] == 0xc2 && at + 1 < t.len &&
           ((unsigned char)t.ptr[at + 1] & 0xe0) == 0x80;
}

/* What stands for the control character `c`; '\0' for nothing, as \n follows.
 */
static char replacement(struct text t, size_t at, enum cleaning how)
{
    char c = t.ptr[at];
    if (how == CLEANING_LINE)
        return ' ';
    if (c == '\r')
        return at + 1 < t.len && t.ptr[at + 1] == '\n' ? '\0' : '\n';
    return c == '\n' || c == '\t' ? c : ' ';
}

struct text cleaning_copy(struct text t, enum cleaning how, struct arena *arena,
                          bool *nul)
{
    if (how == CLEANING_LINE)
        t = text_trim(t);
    const unsigned char line_end = how == CLEANING_BLOCK ? '\n' : 0x7f;
    char *out = arena_alloc(arena, t.len + 1), *to = out;
    for (size_t at = 0; at < t.len;) {
        if (t.len - at >= sizeof(sixteen) && is_clean(t.ptr + at, line_end)) {
            memcpy(to, t.ptr + at, sizeof(sixteen));
            to += sizeof(sixteen);
            at += sizeof(sixteen);
            continue;
        }
        unsigned char c = (unsigned char)t.ptr[at];
        if (is_c1(t, at)) {
            bool kept = to > out && (unsigned char)to[-1] >= 0x80;
            if (kept)
                memcpy(to, t.ptr + at, 2);
            else
                *to = ' ';
            to += kept ? 2 : 1;
            at += 2;
            continue;
        }
        if (c == '\0')
            *nul = true;
        char kept = c < 0x20 || c == 0x7f ? replacement(t, at, how) : (char)c;
        if (kept != '\0')
            *to++ = kept;
        at++;
    }
    *to = '\0';
    struct text cleaned = {out, (size_t)(to - out)};
    return how == CLEANING_LINE ? text_trim(cleaned) : cleaned;
}

struct text cleaning_without_c1(struct text t, struct arena *arena)
{
    const char *c2 = t.len > 0 ? memchr(t.ptr, 0xc2, t.len) : NULL;
    while (c2 && !is_c1(t, (size_t)(c2 - t.ptr)))
        c2 = memchr(c2 + 1, 0xc2, (size_t)(t.ptr + t.len - c2) - 1);
    if (!c2)
        return t;
    char *out = arena_alloc(arena, t.len + 1), *to = out;
    for (size_t at = 0; at < t.len; at++) {
        bool c1 = is_c1(t, at);
        *to++ = c1 ? ' ' : t.ptr[at];
        at += c1;
    }
    *to = '\0';
    return text_make(out, (size_t)(to - out));
}
