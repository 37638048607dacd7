/* analyzer_speed LANGUAGE FILE...: how fast each file is analysed.
 *
 *     fresh     by a new analyzer, as one text: every word is new once
 *     again     by the same one, which knows all words
 *     segments  by the same one, which forgets its lexemes every half a
 *               megabyte, as an indexer does
 *
 * Measured in CPU time, so that a busy machine matters little. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "common/analyzer.h"
#include "common/mem.h"
#include "common/strbuf.h"

enum { SEGMENT = 512 << 10, ROUNDS = 3 };

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool read_file(const char *path, struct strbuf *out)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;
    while (file && got > 0) {
        char *room = strbuf_reserve(out, 1 << 20);
        got = room ? fread(room, 1, 1 << 20, file) : 0;
        out->len += got;
    }
    bool good = file && !ferror(file) && !out->overflowed;
    if (file)
        fclose(file);
    return good;
}

static uint64_t analyze(struct analyzer *a, struct text t)
{
    uint64_t tokens = 0;
    struct token token;
    analyzer_start(a, t);
    while (analyzer_next(a, &token))
        tokens++;
    return tokens;
}

static void analyze_segments(struct analyzer *a, struct text t)
{
    for (size_t at = 0; at < t.len; at += SEGMENT) {
        analyze(a, text_slice(t, at, SEGMENT));
        analyzer_forget(a);
    }
}

static void measure(struct analyzer *a, const char *path, struct text t)
{
    double megabytes = (double)t.len / 1e6, again = 1e9, segments = 1e9;
    double start = cpu_seconds();
    uint64_t tokens = analyze(a, t);
    double fresh = cpu_seconds() - start;
    uint32_t lexemes = analyzer_lexeme_count(a);
    for (int i = 0; i < ROUNDS; i++) {
        start = cpu_seconds();
        analyze(a, t);
        double seconds = cpu_seconds() - start;
        again = seconds < again ? seconds : again;
    }
    size_t memory = analyzer_memory(a);
    analyzer_forget(a);
    for (int i = 0; i < ROUNDS; i++) {
        start = cpu_seconds();
        analyze_segments(a, t);
        double seconds = cpu_seconds() - start;
        segments = seconds < segments ? seconds : segments;
    }
    printf("%s: %.1f MB, %.2f M tokens, %u lexemes in %.1f MB; MB/s: "
           "fresh %.0f, again %.0f, segments %.0f\n",
           path, megabytes, (double)tokens / 1e6, lexemes, (double)memory / 1e6,
           megabytes / fresh, megabytes / again, megabytes / segments);
}

int main(int argc, char **argv)
{
    struct error err = ERROR_NONE;
    for (int i = 2; i < argc; i++) {
        AUTO(analyzer) a = NULL;
        AUTO_DONE(strbuf) content = STRBUF_INIT((size_t)1 << 32);
        if (analyzer_new(&a, argv[1], &err) != STATUS_OK) {
            fprintf(stderr, "analyzer_speed: %s\n", err.message);
            return 2;
        }
        if (!read_file(argv[i], &content)) {
            fprintf(stderr, "analyzer_speed: cannot read '%s'\n", argv[i]);
            return 2;
        }
        measure(a, argv[i], strbuf_text(&content));
    }
    return 0;
}
