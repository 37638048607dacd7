#include "common/json_plain.h"

#include <stdint.h>
#include <string.h>

#include "common/eight.h"

/* GCC's and Clang's vectors: a comparison gives 0 or -1 in each byte. */
typedef signed char sixteen __attribute__((vector_size(16)));

/* Of the first 16 bytes, as many as come before a special one. */
static size_t plain_of_sixteen(const char *bytes)
{
    sixteen v;
    uint64_t halves[2];
    memcpy(&v, bytes, sizeof v);
    /* Signed, bytes beyond ASCII are below the blank, too. */
    const sixteen special = (v < ' ') | (v == '"') | (v == '\\') | (v == 0x7f);
    memcpy(halves, &special, sizeof halves);
    size_t first = eight_before(le64toh(halves[0]));
    return first < 8 ? first : 8 + eight_before(le64toh(halves[1]));
}

size_t json_plain_length(struct text t, size_t at)
{
    const size_t from = at;
    while (t.len - at >= sizeof(sixteen)) {
        size_t plain = plain_of_sixteen(t.ptr + at);
        at += plain;
        if (plain < sizeof(sixteen))
            return at - from;
    }
    while (at < t.len) {
        uint64_t special =
            eight_special_in_json(eight_load(t.ptr + at, t.len - at));
        at += eight_before(special);
        if (special)
            break;
    }
    return (at < t.len ? at : t.len) - from;
}
