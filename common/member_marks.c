#include "common/member_marks.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

void member_marks_done(struct member_marks *m)
{
    free(m->marks);
    *m = (struct member_marks){NULL, 0, 0, 0};
}

void member_marks_add(struct member_marks *m, size_t at, uint64_t offset)
{
    MEM_GROW(m->marks, m->count, m->capacity);
    m->marks[m->count++] = (struct member_mark){at, offset};
}

void member_marks_pass(struct member_marks *m, size_t at)
{
    size_t passed = 0;
    while (passed < m->count && m->marks[passed].at <= at)
        m->delivered = m->marks[passed++].offset;
    m->count -= passed;
    if (passed > 0)
        memmove(m->marks, m->marks + passed, m->count * sizeof *m->marks);
}

void member_marks_shift(struct member_marks *m, size_t size)
{
    for (size_t i = 0; i < m->count; i++)
        m->marks[i].at -= size;
}

size_t member_marks_next(const struct member_marks *m, size_t end)
{
    return m->count > 0 ? m->marks[0].at : end;
}
