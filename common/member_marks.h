/* Where in a buffer of decoded bytes the members of a gzip file begin, and
 * where each of them is in the file. Part of the input.
 *
 * Life cycle: zeroed, marks in ascending order, member_marks_done(). */
#ifndef COMMON_MEMBER_MARKS_H
#define COMMON_MEMBER_MARKS_H

#include <stddef.h>
#include <stdint.h>

struct member_mark {
    size_t at;       /* in the buffer */
    uint64_t offset; /* in the file */
};

struct member_marks {
    struct member_mark *marks; /* of members that are not delivered yet */
    size_t count, capacity;
    uint64_t delivered; /* offset of the one that is being delivered */
};

void member_marks_done(struct member_marks *m);
void member_marks_add(struct member_marks *m, size_t at, uint64_t offset);

/* That `at` is where the next byte to be delivered is: members that begin there
 * or before are being delivered. */
void member_marks_pass(struct member_marks *m, size_t at);

/* That the buffer's first `size` bytes were taken out; members that begin in
 * them have been passed. */
void member_marks_shift(struct member_marks *m, size_t size);

/* Where the next member begins; `end` if there is none yet. */
size_t member_marks_next(const struct member_marks *m, size_t end);

#endif
