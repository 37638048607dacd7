#include "indexer/progress.h"

#include <inttypes.h>
#include <unistd.h>

#include "common/clock.h"

static const double interval_s = 0.2;

void progress_init(struct progress *p, FILE *stream, enum progress_wish wish)
{
    *p = (struct progress){
        .stream = stream,
        .wanted = wish == PROGRESS_ON_TERMINAL && isatty(fileno(stream)),
    };
    p->began_s = p->last_s = clock_now_s();
}

void progress_update(struct progress *p, uint64_t articles, uint64_t bytes)
{
    if (!p->wanted)
        return;
    double now = clock_now_s();
    if (now - p->last_s < interval_s)
        return;
    double speed = (double)articles / (now - p->began_s);
    fprintf(p->stream, "\r\033[K%" PRIu64 " articles, %.1f MB, %.0f a second",
            articles, (double)bytes / 1e6, speed);
    fflush(p->stream);
    p->last_s = now;
    p->shown = true;
}

void progress_clear(struct progress *p)
{
    if (!p->shown)
        return;
    fputs("\r\033[K", p->stream);
    fflush(p->stream);
    p->shown = false;
}
