/* What trec_eval reads: "qid Q0 docid rank score tag" a hit. */
#include "searcher/output_format.h"

#include "common/codepoint.h"

enum { SCORE_DECIMALS = 6 };

/* The fields have no quotes: what is blank or unsafe goes as %XX. */
static void put_field(struct strbuf *out, struct text t)
{
    while (t.len > 0) {
        struct codepoint c = codepoint_first(t);
        struct text bytes = text_slice(t, 0, c.length);
        if (c.valid && codepoint_is_safe(c.value) && c.value != ' ' &&
            c.value != '%')
            strbuf_append(out, bytes);
        else
            for (size_t i = 0; i < bytes.len; i++)
                strbuf_append_format(out, "%%%02X",
                                     (unsigned)(unsigned char)bytes.ptr[i]);
        t = text_slice(t, c.length, t.len);
    }
}

static void trec_begin(struct output *o)
{
    (void)o;
}

static void trec_hit(struct output *o, const struct hit *hit)
{
    if (o->summary->query_id.len > 0)
        put_field(&o->buffer, o->summary->query_id);
    else
        strbuf_append_format(&o->buffer, "%zu", o->answers);
    strbuf_append_string(&o->buffer, " Q0 ");
    put_field(&o->buffer, hit->article->id);
    strbuf_append_format(&o->buffer, " %zu ", hit->rank);
    strbuf_append_decimal(&o->buffer, hit->score, SCORE_DECIMALS);
    strbuf_append_string(&o->buffer, " morgue\n");
}

static void trec_end(struct output *o)
{
    (void)o;
}

const struct output_methods output_trec = {
    .size = sizeof(struct output),
    .begin = trec_begin,
    .hit = trec_hit,
    .end = trec_end,
};
