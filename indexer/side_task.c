#include "indexer/side_task.h"

#include <signal.h>

static void *run(void *context)
{
    struct side_task *t = context;
    stage_begin(t->stage);
    t->status = t->run(t->context, &t->error);
    return NULL;
}

void side_task_start(struct side_task *t, side_task_run *task, void *context)
{
    sigset_t held, before;
    *t =
        (struct side_task){.run = task, .context = context, .stage = stage_now};
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    t->started = pthread_create(&t->thread, NULL, run, t) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

enum status side_task_wait(struct side_task *t, struct error *err)
{
    if (!t->started)
        return t->run(t->context, err);
    pthread_join(t->thread, NULL);
    if (t->status != STATUS_OK)
        *err = t->error;
    return t->status;
}
