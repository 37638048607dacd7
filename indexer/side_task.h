/* Work that a thread of its own does while its starter goes on.
 *
 * Life cycle: side_task_start(), side_task_wait() always. What the task touches
 * is its own in between. SIGINT and SIGTERM are left to other threads. */
#ifndef INDEXER_SIDE_TASK_H
#define INDEXER_SIDE_TASK_H

#include <pthread.h>
#include <stdbool.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/stage.h"

typedef enum status side_task_run(void *context, struct error *err);

struct side_task {
    side_task_run *run;
    void *context;
    enum stage stage; /* the starter's */
    pthread_t thread;
    bool started; /* false: there could be no thread */
    enum status status;
    struct error error;
};

void side_task_start(struct side_task *t, side_task_run *run, void *context);

/* What could not be started is done now. */
enum status side_task_wait(struct side_task *t, struct error *err) NODISCARD;

#endif
