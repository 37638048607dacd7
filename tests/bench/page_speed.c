/* page_speed FILE...: what web pages take, in MB by CPU second:
 *
 *     libxml2  parsed by libxml2 into its own tree
 *     tree     parsed by html_parse() into ours
 *     article  that, and the article taken out of it
 *
 * All files are read and decoded before; the best of ROUNDS. */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "common/whole_file.h"
#include "indexer/encoding.h"
#include "indexer/html_parse.h"
#include "indexer/page.h"

enum { ROUNDS = 5, PAGE_MAX = 16 << 20 };

static const timestamp newest = INT64_C(4000000000);

static void parse_alone(struct text html, struct arena *arena)
{
    (void)arena;
    htmlDocPtr tree = htmlReadMemory(
        html.ptr, (int)html.len, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
            HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlFreeDoc(tree);
}

static void make_tree(struct text html, struct arena *arena)
{
    (void)html_parse(html, arena);
}

static void read_page(struct text html, struct arena *arena)
{
    struct article article = {.published = TIMESTAMP_UNKNOWN};
    const struct page_request request = {.html = html, .newest = newest};
    (void)page_read(&article, &request, arena);
}

static const struct {
    const char *name;
    void (*run)(struct text html, struct arena *arena);
} ways[] = {
    {"libxml2", parse_alone}, {"tree", make_tree}, {"article", read_page}};

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool load(const char *path, struct strbuf *out)
{
    struct error err = ERROR_NONE;
    struct encoding_report report;
    AUTO_DONE(strbuf) raw = STRBUF_INIT(PAGE_MAX);
    if (whole_file_read(&raw, path, &err) != STATUS_OK) {
        fprintf(stderr, "page_speed: %s\n", err.message);
        return false;
    }
    struct text t = strbuf_text(&raw);
    strbuf_init(out, t.len * 3 + 3);
    encoding_decode(t, encoding_declared(t), out, &report);
    return true;
}

int main(int argc, char **argv)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    size_t count = (size_t)argc - 1, bytes = 0;
    struct strbuf *pages = mem_zeroed(count + 1, sizeof *pages);
    for (size_t i = 0; i < count; i++) {
        if (!load(argv[i + 1], &pages[i]))
            return 2;
        bytes += pages[i].len;
    }
    double best[3] = {1e9, 1e9, 1e9};
    for (int round = 0; round < ROUNDS; round++)
        for (size_t way = 0; way < 3; way++) {
            double start = cpu_seconds();
            for (size_t i = 0; i < count; i++) {
                ways[way].run(strbuf_text(&pages[i]), &arena);
                arena_reset(&arena);
            }
            double seconds = cpu_seconds() - start;
            best[way] = seconds < best[way] ? seconds : best[way];
        }
    for (size_t way = 0; way < 3; way++)
        printf("| pages: %s | %.1f | %.0f |\n", ways[way].name,
               (double)bytes / 1e6, (double)bytes / 1e6 / best[way]);
    for (size_t i = 0; i < count; i++)
        strbuf_done(&pages[i]);
    free(pages);
    return 0;
}
