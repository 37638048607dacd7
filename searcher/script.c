#include "searcher/script.h"

#include <string.h>

/* As one word of a shell. */
static void append_quoted(struct strbuf *out, struct text word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:@_";
    size_t at = 0;
    while (at < word.len && word.ptr[at] && strchr(plain, word.ptr[at]))
        at++;
    if (at == word.len && at > 0) {
        strbuf_append(out, word);
        return;
    }
    strbuf_append_char(out, '\'');
    for (at = 0; at < word.len; at++)
        if (word.ptr[at] == '\'')
            strbuf_append_string(out, "'\\''");
        else
            strbuf_append_char(out, word.ptr[at]);
    strbuf_append_char(out, '\'');
}

static void append_option(struct strbuf *out, const char *name,
                          const char *value)
{
    if (!value)
        return;
    strbuf_append_format(out, " --%s ", name);
    append_quoted(out, text_from(value));
}

void script_write(struct strbuf *out, const struct searcher_settings *s,
                  enum engine_sort sort, struct text query)
{
    strbuf_append_string(out, "morgue-search");
    if (s->archive_named)
        append_option(out, "archive", s->archive);
    if (s->degraded)
        strbuf_append_string(out, " --degraded");
    if (s->match == MATCH_ANY_WORD)
        strbuf_append_string(out, " --any");
    append_option(out, "since", s->since_text);
    append_option(out, "until", s->until_text);
    append_option(out, "timezone", s->timezone_text);
    if (sort != ENGINE_RELEVANCE)
        append_option(out, "sort", cli_orders[sort]);
    if (s->ranking != 0)
        append_option(out, "ranking", cli_rankings[s->ranking]);
    strbuf_append_string(out,
                         query.len > 0 && query.ptr[0] == '-' ? " -- " : " ");
    append_quoted(out, query);
}
