/* ids: the id of each hit on a line, for programs that ask for nothing else. */
#include "searcher/output_format.h"

static void ids_hit(struct output *o, const struct hit *hit)
{
    terminal_append(&o->buffer, hit->article->id, TERMINAL_ONE_LINE);
    strbuf_append_char(&o->buffer, '\n');
}

static void ids_nothing(struct output *o)
{
    (void)o;
}

const struct output_methods output_ids = {
    .size = sizeof(struct output),
    .begin = ids_nothing,
    .hit = ids_hit,
    .end = ids_nothing,
};
