#include "searcher/answer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/mem.h"
#include "searcher/advice.h"
#include "searcher/explain.h"
#include "searcher/facets.h"
#include "searcher/hits.h"
#include "searcher/inquiry.h"
#include "searcher/output.h"
#include "searcher/output_facets.h"
#include "searcher/show.h"

enum { QUERY_MAX = 1 << 24 };

struct answerer {
    const struct searcher_settings *settings;
    struct messages *messages;
    FILE *stream;
    struct holdings *holdings, *owned; /* owned: the same, or NULL */
    struct output_settings output_settings;
    struct output *output;
    struct hits hits;
    struct strbuf parsed; /* of one query */
};

static size_t width_of(FILE *stream, enum output_format format)
{
    if (isatty(fileno(stream)))
        return terminal_width(fileno(stream));
    return format == OUTPUT_KWIC ? 0 : 80;
}

static struct answerer *make(const struct searcher_settings *settings,
                             struct messages *messages, FILE *stream)
{
    struct answerer *a = mem_zeroed(1, sizeof *a);
    a->settings = settings;
    a->messages = messages;
    a->stream = stream;
    hits_init(&a->hits);
    strbuf_init(&a->parsed, QUERY_MAX);
    a->output_settings = (struct output_settings){
        .format = (enum output_format)settings->format,
        .stream = stream,
        .colour = terminal_colour(fileno(stream)),
        .width = width_of(stream, (enum output_format)settings->format),
        .fields = settings->fields,
        .cells = (enum output_cells)settings->cells,
    };
    a->output = output_new(&a->output_settings);
    return a;
}

enum status answerer_new(struct answerer **out,
                         const struct searcher_settings *settings,
                         struct messages *messages, FILE *stream,
                         struct error *err)
{
    AUTO(holdings) holdings = NULL;
    enum status status =
        holdings_new(&holdings, settings->archive,
                     settings->degraded ? HOLDINGS_SOUND : HOLDINGS_WHOLE, err);
    if (status != STATUS_OK)
        return status;
    *out = make(settings, messages, stream);
    (*out)->owned = (*out)->holdings = TAKE(holdings);
    return STATUS_OK;
}

struct answerer *answerer_of(struct holdings *holdings,
                             const struct searcher_settings *settings,
                             struct messages *messages, FILE *stream)
{
    struct answerer *a = make(settings, messages, stream);
    a->holdings = holdings;
    return a;
}

void answerer_free(struct answerer *a)
{
    if (!a)
        return;
    output_free(a->output);
    holdings_free(a->owned);
    hits_done(&a->hits);
    strbuf_done(&a->parsed);
    free(a);
}

enum status answerer_refresh(struct answerer *a, struct error *err)
{
    return holdings_refresh(a->holdings, err);
}

/* One query's. */
struct answer {
    struct text text, id;
    double began_ms;
    struct inquiry inquiry;
};

static struct search_request request_of(const struct answerer *a,
                                        const struct answer *answer)
{
    struct search_request request = inquiry_request(&answer->inquiry);
    if (a->settings->action == ACTION_COUNT) {
        request.total = SEARCH_TOTAL_EXACT;
        return request;
    }
    request.first = (size_t)a->settings->offset;
    request.count = (size_t)a->settings->limit;
    return request;
}

static enum hits_passages passages_for(const struct output_settings *settings)
{
    const struct output_fields *wanted = &settings->fields;
    if (settings->format == OUTPUT_KWIC)
        return HITS_WITH_MARKS;
    if (settings->format == OUTPUT_TREC || settings->format == OUTPUT_IDS ||
        (wanted->count > 0 && !output_fields_has(wanted, FIELD_OF_SNIPPETS)))
        return HITS_BARE;
    return HITS_WITH_PASSAGES;
}

static enum status print_hits(struct answerer *a, const struct answer *answer,
                              const struct search_result *result,
                              struct error *err)
{
    const struct search_request search = request_of(a, answer);
    const struct hits_request request = {
        .search = &search,
        .result = result,
        .analyzer = a->holdings->analyzer,
        .output = a->output,
        .messages = a->messages,
        .passages = passages_for(&a->output_settings),
        .scores = a->settings->explain == EXPLAIN_SCORES ? HITS_EXPLAINED
                                                         : HITS_UNEXPLAINED,
    };
    return hits_print(&a->hits, &request, err);
}

/* --- one query ------------------------------------------------------------ */

static double now_ms(void)
{
    return clock_now_s() * 1e3;
}

/* A person who gets no answer is shown what has some of the words; a program
 * never is. */
static bool may_fall_back(const struct answerer *a,
                          const struct search_result *result)
{
    return result->total == 0 && result->end == SEARCH_COMPLETE &&
           a->settings->format == OUTPUT_TEXT &&
           a->settings->match == MATCH_ALL_WORDS && !a->settings->expand &&
           a->settings->action == ACTION_SEARCH && isatty(fileno(a->stream));
}

/* A batch of counts has a line for each query, refused ones too. */
static void tell_error(struct answerer *a, const struct error *problem)
{
    if (a->settings->action != ACTION_COUNT ||
        output_is_json((enum output_format)a->settings->format))
        output_error(a->output, problem);
    else if (a->settings->batch)
        fputs("-\n", a->stream);
}

static void tell_missing(struct answerer *a)
{
    struct archive_missing missing = archive_missing(a->holdings->archive);
    if (missing.segments > 0)
        message_error(a->messages,
                      "%u damaged segment%s left out, with %" PRIu64
                      " article%s",
                      missing.segments, missing.segments == 1 ? "" : "s",
                      missing.articles, missing.articles == 1 ? "" : "s");
}

/* But for the total and what it is of. */
static struct result_summary summarise(struct answerer *a,
                                       const struct answer *answer)
{
    struct result_summary summary = output_summary(a->holdings->archive);
    strbuf_reset(&a->parsed);
    query_print(answer->inquiry.query->root, &a->parsed);
    summary.query = answer->text;
    summary.parsed = strbuf_text(&a->parsed);
    summary.query_id = answer->id;
    summary.suggestion = &answer->inquiry.suggestion;
    return summary;
}

static enum status print_count(struct answerer *a, const struct answer *answer,
                               const struct search_result *result,
                               struct error *err)
{
    tell_missing(a);
    if (result->end == SEARCH_TIMED_OUT)
        return error_set(err, STATUS_TIMEOUT,
                         "the time was up: at least %" PRIu64 " articles match",
                         result->total);
    struct result_summary summary = summarise(a, answer);
    summary.total = result->total;
    summary.took_ms = now_ms() - answer->began_ms;
    return output_count(&a->output_settings, &summary, err);
}

/* Whoever asks once has the beginning while the articles are read. */
static void show_beginning(const struct answerer *a)
{
    if (a->owned && !a->settings->batch)
        fflush(a->stream);
}

static enum status print_answer(struct answerer *a, const struct answer *answer,
                                const struct search_result *result,
                                enum match_kind match, struct error *err)
{
    const struct expand_words *added = &answer->inquiry.added;
    struct result_summary summary = summarise(a, answer);
    summary.total = result->total;
    summary.total_kind =
        result->exactness == SEARCH_TOTAL_EXACT ? TOTAL_EXACT : TOTAL_ESTIMATED;
    summary.match = added->count > 0 ? MATCH_EXPANDED : match;
    summary.added = added->forms;
    summary.added_count = added->count;
    summary.is_partial = result->end == SEARCH_TIMED_OUT;
    tell_missing(a);
    output_begin(a->output, &summary);
    show_beginning(a);
    enum status status = print_hits(a, answer, result, err);
    if (status != STATUS_OK)
        return status;
    summary.took_ms = now_ms() - answer->began_ms;
    return output_end(a->output, err);
}

static bool wants_facets(const struct answerer *a)
{
    return a->settings->facets.count > 0 || a->settings->facets.has_timeline;
}

static enum status count_facets(struct facets *out, const struct answerer *a,
                                const struct answer *answer, struct error *err)
{
    const struct facets_request request = {
        answer->inquiry.plan, a->holdings->archive, &a->settings->facets,
        answer->inquiry.deadline_s};
    return facets_count(out, &request, err);
}

static enum status print_facets(enum answer_found *out, struct answerer *a,
                                const struct answer *answer, struct error *err)
{
    AUTO_DONE(facets) facets = {0};
    enum status status = count_facets(&facets, a, answer, err);
    if (status != STATUS_OK)
        return status;
    *out = facets.total > 0 ? ANSWER_FOUND : ANSWER_NOTHING;
    if (facets.total == 0 && a->settings->format == OUTPUT_TEXT)
        message_note(a->messages, "no article matches");
    tell_missing(a);
    struct result_summary summary = summarise(a, answer);
    summary.total = facets.total;
    summary.took_ms = now_ms() - answer->began_ms;
    return output_facets(&a->output_settings, &summary, &facets, err);
}

/* A batch's lines have nobody to read notes. */
static enum status suggest(struct answerer *a, struct answer *answer,
                           const struct search_result *result,
                           struct error *err)
{
    enum status status = inquiry_suggest(&answer->inquiry, result, err);
    const struct suggestion *suggestion = &answer->inquiry.suggestion;
    if (status == STATUS_OK && suggestion->count > 0 && !a->settings->batch)
        message_note(a->messages, "did you mean: %.*s",
                     TEXT_ARG(suggestion->query));
    return status;
}

static enum status explain(struct answerer *a, const struct answer *answer,
                           struct error *err)
{
    bool json = output_is_json((enum output_format)a->settings->format);
    const struct explain_request request = {
        .query = answer->inquiry.query,
        .plan = answer->inquiry.plan,
        .archive = a->holdings->archive,
        .analyzer = a->holdings->analyzer,
        .clock = {(timestamp)time(NULL), a->settings->zone},
        .format = json ? EXPLAIN_JSON : EXPLAIN_TEXT,
    };
    return explain_query(&request, a->stream, err);
}

static enum status print_found(struct answerer *a, struct answer *answer,
                               struct search_result *result, struct error *err)
{
    if (a->settings->action == ACTION_COUNT)
        return print_count(a, answer, result, err);
    if (may_fall_back(a, result)) {
        const struct search_request request = request_of(a, answer);
        enum status status =
            inquiry_fall_back(&answer->inquiry, result, &request, err);
        if (status != STATUS_OK)
            return status;
        if (result->total > 0)
            return print_answer(a, answer, result, MATCH_FALLBACK, err);
    }
    if (result->end == SEARCH_TIMED_OUT)
        message_warning(a->messages,
                        "the time was up: there may be more articles");
    else if (result->total == 0 && a->settings->format == OUTPUT_TEXT)
        message_note(a->messages, "no article matches");
    return print_answer(a, answer, result, MATCH_AS_ASKED, err);
}

static enum status run(enum answer_found *out, struct answerer *a,
                       struct answer *answer, struct error *err)
{
    AUTO_DONE(search_result) result = {0};
    enum status status = inquiry_plan(&answer->inquiry, err);
    if (status != STATUS_OK)
        return status;
    advice_ignored(a->messages, answer->inquiry.plan);
    if (a->settings->explain == EXPLAIN_QUERY) {
        *out = ANSWER_FOUND;
        return explain(a, answer, err);
    }
    if (wants_facets(a))
        return print_facets(out, a, answer, err);
    const struct search_request request = request_of(a, answer);
    status = search_run(&result, &request, err);
    if (status == STATUS_OK)
        status = suggest(a, answer, &result, err);
    if (status != STATUS_OK)
        return status;
    *out = result.end == SEARCH_TIMED_OUT ? ANSWER_PARTIAL
           : result.total > 0             ? ANSWER_FOUND
                                          : ANSWER_NOTHING;
    return print_found(a, answer, &result, err);
}

/* Older generations are not kept. */
static enum status check_generation(const struct answerer *a, struct error *err)
{
    const uint64_t wanted = (uint64_t)a->settings->as_generation;
    const uint64_t present = archive_manifest(a->holdings->archive)->generation;
    if (wanted == 0 || wanted == present)
        return STATUS_OK;
    return error_set(err, STATUS_STALE,
                     wanted < present
                         ? "generation %" PRIu64 " is gone: the archive is at "
                           "generation %" PRIu64
                         : "there is no generation %" PRIu64
                           " yet: the archive is at generation %" PRIu64,
                     wanted, present);
}

/* Leaves an inquiry that is to be ended. */
static enum status begin(struct answer *out, struct answerer *a,
                         struct text text, struct error *err)
{
    const double began_ms = now_ms();
    const double timeout_s = a->settings->timeout_s;
    const struct inquiry_request request = {
        .holdings = a->holdings,
        .settings = a->settings,
        .text = text,
        .deadline_s = timeout_s > 0 ? began_ms / 1e3 + timeout_s : 0,
    };
    *out = (struct answer){.text = text, .began_ms = began_ms};
    enum status status = check_generation(a, err);
    return status == STATUS_OK ? inquiry_begin(&out->inquiry, &request, err)
                               : status;
}

enum status answer_query(enum answer_found *out, struct answerer *a,
                         struct text text, struct text id, struct error *err)
{
    struct answer answer;
    enum status status = begin(&answer, a, text, err);
    if (status == STATUS_OK) {
        answer.id = id;
        status = run(out, a, &answer, err);
        inquiry_done(&answer.inquiry);
    }
    if (status != STATUS_OK)
        tell_error(a, err);
    return status;
}

enum status answer_facets(struct facets *out, struct answerer *a,
                          struct text text, struct error *err)
{
    struct answer answer;
    enum status status = begin(&answer, a, text, err);
    if (status != STATUS_OK)
        return status;
    status = inquiry_plan(&answer.inquiry, err);
    if (status == STATUS_OK)
        status = count_facets(out, a, &answer, err);
    inquiry_done(&answer.inquiry);
    return status;
}

enum status answer_show(struct answerer *a, struct text id, struct error *err)
{
    const struct show_settings settings = {
        .archive = a->holdings->archive,
        .format = (enum output_format)a->settings->format,
        .stream = a->stream,
        .width =
            isatty(fileno(a->stream)) ? terminal_width(fileno(a->stream)) : 0,
        .what = (enum show_what)a->settings->raw,
    };
    enum status status = check_generation(a, err);
    return status == STATUS_OK ? show_article(&settings, id, err) : status;
}
