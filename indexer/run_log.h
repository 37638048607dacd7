/* ARCHIVE/runs.jsonl: a line of JSON a run, the one file of an archive that is
 * appended to. */
#ifndef INDEXER_RUN_LOG_H
#define INDEXER_RUN_LOG_H

#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

/* Needs the lock. `line` has no newline. The line is there whole or not at
 * all; half a line of a run that was killed within it is ended first. */
enum status run_log_append(const char *archive, struct text line,
                           struct error *err) NODISCARD;

#endif
