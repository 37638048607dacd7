/* Where the CPU time of all threads goes, by samples: every few milliseconds of
 * it, what the running thread is at (stage.h). Nothing is done before start or
 * after stop. */
#ifndef INDEXER_STAGE_SAMPLES_H
#define INDEXER_STAGE_SAMPLES_H

#include <stdint.h>

#include "common/stage.h"
#include "common/strbuf.h"

struct stage_samples {
    uint64_t count[STAGES];
};

/* Takes SIGPROF and ITIMER_PROF of the process. Where that cannot be had, there
 * are no samples. */
void stage_samples_start(void);
void stage_samples_stop(struct stage_samples *out);

/* A line a stage, with its share of `cpu_s`; appended. */
void stage_samples_print(const struct stage_samples *s, double cpu_s,
                         struct strbuf *out);

#endif
