#include "searcher/session/actions.h"

#include "common/terminal.h"
#include "searcher/script.h"
#include "searcher/session/bars.h"
#include "searcher/session/list.h"
#include "searcher/session/state.h"

enum { QUERY_MAX = 1 << 24 };

/* What a shell would have to be told; it does not fall back by itself. */
static void write_script(const struct session *s, struct text query,
                         enum match_kind match, struct strbuf *out)
{
    AUTO_DONE(strbuf) script = STRBUF_INIT(QUERY_MAX);
    struct searcher_settings settings = *s->settings;
    if (match == MATCH_FALLBACK)
        settings.match = MATCH_ANY_WORD;
    script_write(&script, &settings, query_line_order(s->line), query);
    terminal_append(out, strbuf_text(&script), TERMINAL_ONE_LINE);
}

/* How many articles fit beside the query, its answer's other lines, and the
 * prompt. */
static size_t room(const struct session *s, struct text query)
{
    AUTO_DONE(strbuf) script = STRBUF_INIT(QUERY_MAX);
    write_script(s, query, MATCH_AS_ASKED, &script);
    const size_t columns = terminal_columns(strbuf_text(&script));
    return list_room(&s->window, 1 + window_lines(&s->window, columns) +
                                     bars_lines(&s->window));
}

static size_t room_found(const struct session *s)
{
    return room(s, strbuf_text(&s->found.text));
}

/* --- searching ------------------------------------------------------------ */

static void put_suggestion(struct session *s)
{
    if (s->found.inquiry.suggestion.count > 0)
        window_say(&s->out, &s->window, FACE_WARNING,
                   "did you mean: %.*s (y: search for it)",
                   TEXT_ARG(s->found.inquiry.suggestion.query));
}

/* Parts of the query that the analyzer found no word in. */
static void put_ignored(struct session *s)
{
    size_t count;
    const struct text *ignored = plan_ignored(s->found.inquiry.plan, &count);
    for (size_t i = 0; i < count; i++)
        window_say(&s->out, &s->window, FACE_WARNING,
                   "there is no word in '%.*s': left out",
                   TEXT_ARG(text_slice(ignored[i], 0, 100)));
}

static void put_script(struct session *s)
{
    AUTO_DONE(strbuf) script = STRBUF_INIT(QUERY_MAX);
    const struct window_block block = {FACE_DIM, "", 0, 0};
    write_script(s, strbuf_text(&s->found.text), s->found.match, &script);
    window_put(&s->out, &s->window, &block, strbuf_text(&script));
}

static enum status take_surveys(struct session *s, struct error *err)
{
    enum status status =
        survey_take(&s->spread, s->holdings, s->found.inquiry.plan,
                    &s->settings->zone, err);
    return status == STATUS_OK ? survey_take(&s->archive, s->holdings, NULL,
                                             &s->settings->zone, err)
                               : status;
}

/* After the page, which need not wait for it. */
static enum status put_timeline(struct session *s, struct error *err)
{
    AUTO_DONE(timeline) timeline = {.count = 0};
    if (s->found.result.count == 0 || s->found.result.end == SEARCH_TIMED_OUT)
        return STATUS_OK;
    session_show(s);
    enum status status = take_surveys(s, err);
    if (status == STATUS_TIMEOUT) {
        window_say(&s->out, &s->window, FACE_DIM, "stopped");
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    timeline_make(&timeline, &s->spread.facets.list[SURVEY_DAYS],
                  &s->archive.facets.list[SURVEY_DAYS],
                  bars_periods(&s->window));
    bars_put(&s->out, &s->window, &timeline, s->measure);
    return STATUS_OK;
}

static enum status put_page(struct session *s, struct error *err)
{
    put_script(s);
    put_ignored(s);
    put_suggestion(s);
    enum status status =
        list_put(&s->out, &s->window, &s->found, &s->hits, err);
    return status == STATUS_OK ? put_timeline(s, err) : status;
}

/* Nothing is searched for. */
static void forget(struct session *s)
{
    finding_done(&s->found);
    survey_done(&s->spread);
}

static void put_refusal(struct session *s, struct text query,
                        const struct error *err)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(QUERY_MAX);
    query_print_error(query, err, &lines);
    struct text rest = strbuf_text(&lines), line;
    text_split(&rest, '\n', &line);
    window_say(&s->out, &s->window, FACE_WARNING, "%.*s", TEXT_ARG(line));
    /* The query with a caret below it, which only whole lines can point by. */
    while (text_split(&rest, '\n', &line)) {
        if (terminal_columns(line) > s->window.width)
            return;
        terminal_append(&s->out, line, TERMINAL_ONE_LINE);
        strbuf_append_char(&s->out, '\n');
    }
}

static void drop_readings(struct session *s)
{
    for (int i = 0; i < 2; i++)
        strbuf_reset(&s->readings[i]);
}

/* What mixes AND and OR is one of two queries. */
static bool offer_readings(struct session *s, struct text query)
{
    if (!query_readings(query, s->readings))
        return false;
    window_say(&s->out, &s->window, FACE_WARNING,
               "AND (also the one between words) and OR are mixed. Which is "
               "meant?");
    for (int i = 0; i < 2; i++) {
        const char *const labels[] = {"1 ", "2 "};
        const struct window_block block = {FACE_TEXT, labels[i], 2, 0};
        AUTO_DONE(strbuf) clean = STRBUF_INIT(QUERY_MAX);
        terminal_append(&clean, strbuf_text(&s->readings[i]),
                        TERMINAL_ONE_LINE);
        window_put(&s->out, &s->window, &block, strbuf_text(&clean));
    }
    return true;
}

static enum status search(struct session *s, struct text query,
                          struct error *err)
{
    AUTO_DONE(finding) found = {.holdings = NULL};
    drop_readings(s);
    if (!archive_is_current(s->holdings->archive)) {
        forget(s);
        survey_done(&s->archive);
    }
    enum status status = holdings_refresh(s->holdings, err);
    const struct finding_request request = {
        .holdings = s->holdings,
        .settings = s->settings,
        .query = query,
        .sort = query_line_order(s->line),
        .count = room(s, query),
        .fallback = FINDING_MAY_FALL_BACK,
    };
    if (status == STATUS_OK)
        status = finding_make(&found, &request, err);
    if (status != STATUS_OK)
        return status;
    forget(s);
    s->found = found;
    found = (struct finding){.holdings = NULL};
    return put_page(s, err);
}

/* Searches for what the line has become by its last step. A query that is
 * refused is no step. */
static enum status search_line(struct session *s, struct error *err)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    query_line_write(s->line, &query);
    const struct text text = strbuf_text(&query);
    enum status status = search(s, text, err);
    if (status != STATUS_OK)
        (void)query_line_undo(s->line);
    if (status != STATUS_QUERY)
        return status;
    if (!offer_readings(s, text))
        put_refusal(s, text, err);
    return STATUS_OK;
}

enum status actions_ask(struct session *s, struct text query, struct error *err)
{
    query_line_ask(s->line, query);
    return search_line(s, err);
}

enum status actions_narrow(struct session *s, const struct told *told,
                           struct error *err)
{
    enum status status =
        query_line_narrow(s->line, told->name, told->argument, err);
    return status == STATUS_OK ? search_line(s, err) : status;
}

enum status actions_sort(struct session *s, const struct told *told,
                         struct error *err)
{
    for (unsigned i = 0; cli_orders[i]; i++) {
        if (!text_is(told->argument, cli_orders[i]))
            continue;
        query_line_sort(s->line, i);
        return query_line_is_empty(s->line) ? STATUS_OK : search_line(s, err);
    }
    return error_set(err, STATUS_USAGE,
                     "'/sort' needs relevance, newest or oldest");
}

enum status actions_undo(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    if (!query_line_undo(s->line))
        return error_set(err, STATUS_USAGE, "there is nothing to take back");
    if (!query_line_is_empty(s->line))
        return search_line(s, err);
    forget(s);
    window_say(&s->out, &s->window, FACE_DIM, "nothing is searched for");
    return STATUS_OK;
}

enum status actions_yes(struct session *s, const struct told *told,
                        struct error *err)
{
    (void)told;
    if (!session_has_asked(s) || s->found.inquiry.suggestion.count == 0)
        return error_set(err, STATUS_USAGE, "nothing was suggested");
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    strbuf_append(&query, s->found.inquiry.suggestion.query);
    return actions_ask(s, strbuf_text(&query), err);
}

/* --- pages ---------------------------------------------------------------- */

static enum status go_to(struct session *s, size_t first, struct error *err)
{
    enum status status = finding_page(&s->found, first, room_found(s), err);
    return status == STATUS_OK ? put_page(s, err) : status;
}

enum status actions_list(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    return session_has_asked(s) ? go_to(s, s->found.first, err) : STATUS_OK;
}

enum status actions_next(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    if (!session_has_asked(s))
        return session_needs_query(err);
    const size_t first = s->found.first + s->found.result.count;
    if (first >= s->found.result.total)
        return error_set(err, STATUS_USAGE, "this is the last page");
    return go_to(s, first, err);
}

enum status actions_previous(struct session *s, const struct told *told,
                             struct error *err)
{
    (void)told;
    if (!session_has_asked(s))
        return session_needs_query(err);
    if (s->found.first == 0)
        return error_set(err, STATUS_USAGE, "this is the first page");
    const size_t page = room_found(s);
    return go_to(s, s->found.first > page ? s->found.first - page : 0, err);
}

enum status actions_share(struct session *s, const struct told *told,
                          struct error *err)
{
    (void)told;
    s->measure =
        s->measure == TIMELINE_SHARE ? TIMELINE_ARTICLES : TIMELINE_SHARE;
    return session_has_asked(s) ? put_timeline(s, err) : STATUS_OK;
}

enum status actions_number(struct session *s, size_t number, struct text typed,
                           struct error *err)
{
    if (s->readings[0].len > 0 && (number == 1 || number == 2)) {
        AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
        strbuf_append(&query, strbuf_text(&s->readings[number - 1]));
        return actions_ask(s, strbuf_text(&query), err);
    }
    const bool shown = session_has_asked(s) && number > 0 &&
                       number <= s->found.first + s->found.result.count;
    return shown ? actions_read(s, number, err) : actions_ask(s, typed, err);
}
