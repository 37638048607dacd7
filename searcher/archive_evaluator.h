/* An evaluator over all segments of an archive. */
#ifndef SEARCHER_ARCHIVE_EVALUATOR_H
#define SEARCHER_ARCHIVE_EVALUATOR_H

#include "common/archive.h"
#include "searcher/evaluator.h"

/* Both must outlive it. */
struct evaluator *archive_evaluator(const struct archive *archive,
                                    const struct condition *condition);

#endif
