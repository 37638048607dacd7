/* The line on a terminal that says how far a run is: articles, megabytes and
 * articles a second. Nothing where stderr is no terminal.
 *
 * Life cycle: progress_init(), progress_update() as often as one likes,
 * progress_clear() before anything else is printed, and at the end. */
#ifndef INDEXER_PROGRESS_H
#define INDEXER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *stream;
    bool wanted, shown;
    double began_s, last_s;
};

enum progress_wish { PROGRESS_NEVER, PROGRESS_ON_TERMINAL };

void progress_init(struct progress *p, FILE *stream, enum progress_wish wish);
void progress_update(struct progress *p, uint64_t articles, uint64_t bytes);
void progress_clear(struct progress *p);

#endif
