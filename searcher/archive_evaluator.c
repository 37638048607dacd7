#include "searcher/archive_evaluator.h"

#include <stdlib.h>

#include "common/mem.h"

struct evaluator *archive_evaluator(const struct archive *archive,
                                    const struct condition *condition)
{
    size_t count = archive_manifest(archive)->segment_count;
    struct evaluator_segment *segments = mem_zeroed(count, sizeof *segments);
    for (size_t i = 0; i < count; i++)
        segments[i] = (struct evaluator_segment){archive_tokens(archive, i),
                                                 archive_vocabulary(archive, i),
                                                 archive_stems(archive, i)};
    struct evaluator *e = evaluator_new(condition, segments, count);
    free(segments);
    return e;
}
