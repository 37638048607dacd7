#include "searcher/cli_check.h"

#include "common/text.h"
#include "searcher/output.h"

/* Options that ask for something of their own, and how it is seen that one was
 * given. */
#define OPTIONS(x)                                                             \
    x(BATCH, "batch", s->batch) x(SHOW, "show", s->show)                       \
        x(COUNT, "count", s->action == ACTION_COUNT) x(FACET, "facet",         \
                                                       s->facet_list)          \
            x(TIMELINE, "timeline",                                            \
              s->timeline != NO_TIMELINE) x(EXPAND, "expand", s->expand)       \
                x(EXPLAIN, "explain", s->explain != EXPLAIN_NOTHING)           \
                    x(TIMEOUT, "timeout", s->timeout_text)                     \
                        x(FORMAT, "format", s->format != OUTPUT_TEXT) x(       \
                            SINCE, "since", s->since_text) x(UNTIL, "until",   \
                                                             s->until_text)    \
                            x(FIELDS, "fields", s->field_list)                 \
                                x(HTML, "html", s->html) x(ALL, "all", s->all) \
                                    x(SORT, "sort", s->sort != 0)              \
                                        x(SERVE, "serve", s->serve) x(         \
                                            SOCKET, "socket", s->socket)       \
                                            x(QUERIES, "queries", s->queries)  \
                                                x(MATRIX, "matrix",            \
                                                  s->matrix != NO_MATRIX)

#define PLACE(option, name, seen) PLACE_##option,
#define BIT(option, name, seen)   SAID_##option = 1 << PLACE_##option,
#define NAME(option, name, seen)  name,
#define SEEN(option, name, seen)  ((seen) ? SAID_##option : 0) |

enum place { OPTIONS(PLACE) };
enum said { OPTIONS(BIT) };
static const char *const names[] = {OPTIONS(NAME)};

static unsigned said_by(const struct searcher_settings *s)
{
    return OPTIONS(SEEN) 0U;
}

/* Each of the first stands without any of the others. */
static const struct {
    unsigned options, others;
} rules[] = {
    /* A report is of one query, whole. */
    {SAID_HTML, SAID_BATCH | SAID_SHOW | SAID_COUNT | SAID_FACET |
                    SAID_TIMELINE | SAID_EXPAND | SAID_EXPLAIN | SAID_TIMEOUT |
                    SAID_FORMAT},
    /* What is to be answered, and how, is said by the requests. */
    {SAID_SERVE | SAID_SOCKET, SAID_BATCH | SAID_SHOW | SAID_COUNT |
                                   SAID_FACET | SAID_TIMELINE | SAID_EXPLAIN |
                                   SAID_FORMAT | SAID_SINCE | SAID_UNTIL |
                                   SAID_FIELDS | SAID_HTML | SAID_ALL},
    {SAID_MATRIX, SAID_BATCH | SAID_SHOW | SAID_COUNT | SAID_FACET |
                      SAID_TIMELINE | SAID_EXPAND | SAID_EXPLAIN | SAID_FIELDS |
                      SAID_HTML | SAID_ALL},
    /* Facets stand instead of hits. */
    {SAID_FACET | SAID_TIMELINE, SAID_SHOW | SAID_COUNT},
    {SAID_SHOW, SAID_BATCH | SAID_COUNT},
    {SAID_EXPAND, SAID_SHOW | SAID_COUNT | SAID_SORT},
};

static const char *first_of(unsigned options)
{
    size_t i = 0;
    while (!(options & 1U << i))
        i++;
    return names[i];
}

static enum status check_rules(unsigned said, struct error *err)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const unsigned options = said & rules[i].options;
        const unsigned others = said & rules[i].others;
        if (options && others)
            return error_set(err, STATUS_USAGE, "'--%s' stands without '--%s'",
                             first_of(options), first_of(others));
    }
    if (!(said & SAID_QUERIES) != !(said & SAID_MATRIX))
        return error_set(err, STATUS_USAGE,
                         "'--queries' and '--matrix' need each other");
    return STATUS_OK;
}

/* --- formats -------------------------------------------------------------- */

static enum status no_place(const struct searcher_settings *s,
                            const char *option, const char *where,
                            struct error *err)
{
    return error_set(err, STATUS_USAGE,
                     "'--%s' has no place in the format '%s'%s", option,
                     output_format_names[s->format], where);
}

static bool is_table(const struct searcher_settings *s)
{
    return s->format == OUTPUT_CSV || s->format == OUTPUT_TSV;
}

static enum status check_columns(const struct searcher_settings *s,
                                 unsigned said, struct error *err)
{
    const bool hits =
        !(said & (SAID_COUNT | SAID_SHOW | SAID_FACET | SAID_TIMELINE));
    if (s->cells && !is_table(s))
        return error_set(err, STATUS_USAGE,
                         "'--spreadsheet' is for the formats csv and tsv");
    if (s->field_list &&
        !(hits &&
          (is_table(s) || output_is_json((enum output_format)s->format))))
        return error_set(err, STATUS_USAGE,
                         "'--fields' is for hits in the formats json, jsonl, "
                         "csv and tsv");
    return STATUS_OK;
}

static enum status check_formats(const struct searcher_settings *s,
                                 unsigned said, struct error *err)
{
    const bool hits_only = s->format == OUTPUT_TREC ||
                           s->format == OUTPUT_IDS || s->format == OUTPUT_KWIC;
    const bool one_query_only = is_table(s) || s->format == OUTPUT_TEXT;
    if (said & (SAID_FACET | SAID_TIMELINE) &&
        (hits_only || (s->batch && one_query_only)))
        return no_place(s, first_of(said & (SAID_FACET | SAID_TIMELINE)),
                        s->batch ? " of a batch" : "", err);
    if (said & SAID_MATRIX && !is_table(s))
        return no_place(s, "matrix", "", err);
    if (s->raw && s->format != OUTPUT_TEXT)
        return no_place(s, "raw", "", err);
    return check_columns(s, said, err);
}

/* --- all of it ------------------------------------------------------------ */

static enum status check_words(const struct searcher_settings *s, unsigned said,
                               struct error *err)
{
    const bool wants_none = said & (SAID_BATCH | SAID_SHOW | SAID_SERVE |
                                    SAID_SOCKET | SAID_QUERIES);
    if (wants_none && s->words[0])
        return error_set(err, STATUS_USAGE, "unexpected '%s'", s->words[0]);
    if (!wants_none && !s->words[0] && !s->in_session)
        return error_set(err, STATUS_USAGE,
                         "no query (* matches every article)");
    return STATUS_OK;
}

enum status cli_check(const struct searcher_settings *s, struct error *err)
{
    const unsigned said = said_by(s);
    if (!s->archive || !*s->archive)
        return error_set(err, STATUS_USAGE,
                         "no archive: say --archive DIR or set MORGUE_ARCHIVE");
    if (s->html && !*s->html)
        return error_set(err, STATUS_USAGE, "'--html' needs a file's name");
    if (s->raw && !s->show)
        return error_set(err, STATUS_USAGE, "'--raw' needs '--show ID'");
    enum status status = check_rules(said, err);
    if (status == STATUS_OK)
        status = check_formats(s, said, err);
    return status == STATUS_OK ? check_words(s, said, err) : status;
}
