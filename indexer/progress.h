/* How far a long stage is. On a terminal a bar with articles a second,
 * megabytes a second and the time left; elsewhere a line a minute if messages
 * are verbose, and nothing else. Never anything when they are quiet.
 *
 * Life cycle: progress_init(), progress_stage() for each stage,
 * progress_update() as often as one likes, progress_clear() before anything
 * else is printed, and at the end. */
#ifndef INDEXER_PROGRESS_H
#define INDEXER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/message.h"

enum progress_form { PROGRESS_NONE, PROGRESS_BAR, PROGRESS_LINES };

struct progress {
    struct messages *messages;
    enum progress_form form;
    const char *stage;                  /* what is done: "read" */
    uint64_t total_bytes;               /* 0: not known */
    bool shown;                         /* something is on the terminal */
    double began_s, last_s, interval_s; /* interval_s: between two showings */
};

/* `messages` says where to, and how much. */
void progress_init(struct progress *p, struct messages *messages);

/* `stage` is a participle for people and must live as long. */
void progress_stage(struct progress *p, const char *stage,
                    uint64_t total_bytes);

/* Of the stage, so far. */
void progress_update(struct progress *p, uint64_t articles, uint64_t bytes);
void progress_clear(struct progress *p);

/* The line or bar, for progress_update(): `seconds` of the stage have passed,
 * and there are so many columns. Appended. */
struct strbuf;
struct progress_state {
    const char *stage;
    uint64_t articles, bytes, total_bytes;
    double seconds;
    size_t columns; /* 0: a line without a bar */
};
void progress_print(const struct progress_state *state, struct strbuf *out);

#endif
