#include "indexer/stage_samples.h"

#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/time.h>

enum { INTERVAL_US = 1000 /* or as often as the kernel looks */ };

static atomic_uint_fast64_t counts[STAGES];

static void take_sample(int number)
{
    (void)number;
    atomic_fetch_add_explicit(&counts[stage_now], 1, memory_order_relaxed);
}

static void set_interval(long us)
{
    const struct itimerval interval = {{0, us}, {0, us}};
    setitimer(ITIMER_PROF, &interval, NULL);
}

void stage_samples_start(void)
{
    struct sigaction action = {.sa_handler = take_sample,
                               .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < STAGES; i++)
        atomic_store(&counts[i], 0);
    if (sigaction(SIGPROF, &action, NULL) == 0)
        set_interval(INTERVAL_US);
}

void stage_samples_stop(struct stage_samples *out)
{
    set_interval(0);
    for (size_t i = 0; i < STAGES; i++)
        out->count[i] = atomic_load(&counts[i]);
}

void stage_samples_print(const struct stage_samples *s, double cpu_s,
                         struct strbuf *out)
{
    static const char *const names[STAGES] = {
        [STAGE_OTHER] = "other",       [STAGE_READ] = "read",
        [STAGE_TOKENISE] = "tokenise", [STAGE_LOOKUP] = "lookup",
        [STAGE_STEM] = "stem",         [STAGE_INVERT] = "invert",
        [STAGE_TOKENS] = "tokens",     [STAGE_DEFLATE] = "deflate",
        [STAGE_TABLES] = "tables",     [STAGE_DIGEST] = "digest",
        [STAGE_MERGE] = "merge",
    };
    uint64_t all = 0;
    for (size_t i = 0; i < STAGES; i++)
        all += s->count[i];
    strbuf_append_format(out, "stages   by %" PRIu64 " samples of CPU time\n",
                         all);
    for (size_t i = 1; i <= STAGES && all > 0; i++) {
        size_t stage = i % STAGES; /* the others last */
        double share = (double)s->count[stage] / (double)all;
        strbuf_append_format(out, "  %-8s%7.2f s, %2.0f%%\n", names[stage],
                             share * cpu_s, share * 100);
    }
}
