#include "searcher/session/actions.h"

#include <stdio.h>

#include "common/record.h"
#include "common/terminal.h"
#include "searcher/answer.h"
#include "searcher/session/list.h"
#include "searcher/session/pager.h"
#include "searcher/session/script.h"
#include "searcher/session/state.h"

enum { QUERY_MAX = 1 << 24, RECORD_MAX = 512 << 20, HELP_COLUMNS = 18 };

static bool has_asked(const struct session *s)
{
    return s->found.holdings != NULL;
}

static enum status needs_query(struct error *err)
{
    return error_set(err, STATUS_USAGE, "nothing has been searched for yet");
}

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
    return list_room(
        &s->window,
        1 + window_lines(&s->window, terminal_columns(strbuf_text(&script))));
}

static size_t room_found(const struct session *s)
{
    return room(s, strbuf_text(&s->found.text));
}

/* --- searching ------------------------------------------------------------ */

static void put_suggestion(struct session *s)
{
    if (s->found.suggestion.count > 0)
        window_say(&s->out, &s->window, FACE_WARNING,
                   "did you mean: %.*s (y: search for it)",
                   TEXT_ARG(s->found.suggestion.query));
}

static void put_script(struct session *s)
{
    AUTO_DONE(strbuf) script = STRBUF_INIT(QUERY_MAX);
    const struct window_block block = {FACE_DIM, "", 0, 0};
    write_script(s, strbuf_text(&s->found.text), s->found.match, &script);
    window_put(&s->out, &s->window, &block, strbuf_text(&script));
}

static enum status put_page(struct session *s, struct error *err)
{
    put_script(s);
    put_suggestion(s);
    return list_put(&s->out, &s->window, &s->found, &s->hits, err);
}

static void put_refusal(struct session *s, struct text query,
                        const struct error *err)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(QUERY_MAX);
    query_print_error(query, err, &lines);
    struct text rest = strbuf_text(&lines), line;
    while (text_split(&rest, '\n', &line)) {
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
    if (!archive_is_current(s->holdings->archive))
        finding_done(&s->found);
    enum status status = holdings_refresh(s->holdings, err);
    const struct finding_request request = {
        .holdings = s->holdings,
        .settings = s->settings,
        .query = query,
        .sort = query_line_order(s->line),
        .count = room(s, query),
    };
    if (status == STATUS_OK)
        status = finding_make(&found, &request, err);
    if (status != STATUS_OK)
        return status;
    finding_done(&s->found);
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
    finding_done(&s->found);
    window_say(&s->out, &s->window, FACE_DIM, "nothing is searched for");
    return STATUS_OK;
}

enum status actions_yes(struct session *s, const struct told *told,
                        struct error *err)
{
    (void)told;
    if (!has_asked(s) || s->found.suggestion.count == 0)
        return error_set(err, STATUS_USAGE, "nothing was suggested");
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    strbuf_append(&query, s->found.suggestion.query);
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
    return has_asked(s) ? go_to(s, s->found.first, err) : STATUS_OK;
}

enum status actions_next(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    if (!has_asked(s))
        return needs_query(err);
    const size_t first = s->found.first + s->found.result.count;
    if (first >= s->found.result.total)
        return error_set(err, STATUS_USAGE, "this is the last page");
    return go_to(s, first, err);
}

enum status actions_previous(struct session *s, const struct told *told,
                             struct error *err)
{
    (void)told;
    if (!has_asked(s))
        return needs_query(err);
    if (s->found.first == 0)
        return error_set(err, STATUS_USAGE, "this is the first page");
    const size_t page = room_found(s);
    return go_to(s, s->found.first > page ? s->found.first - page : 0, err);
}

/* --- one article ---------------------------------------------------------- */

static enum status read_article(struct hits_article *out, struct session *s,
                                size_t number, struct error *err)
{
    return has_asked(s) ? finding_read(out, &s->found, &s->hits, number, err)
                        : needs_query(err);
}

static enum status open_article(struct session *s, size_t number,
                                struct error *err)
{
    AUTO_DONE(reading) reading = {.lines = NULL};
    struct hits_article article;
    enum status status = read_article(&article, s, number, err);
    if (status != STATUS_OK)
        return status;
    reading_init(&reading, &article, s->window.glyphs);
    return pager_show(&reading, err);
}

enum status actions_open(struct session *s, const struct told *told,
                         struct error *err)
{
    return open_article(s, told->number, err);
}

enum status actions_url(struct session *s, const struct told *told,
                        struct error *err)
{
    struct hits_article read;
    enum status status = read_article(&read, s, told->number, err);
    if (status != STATUS_OK)
        return status;
    const struct article *a = &read.article;
    terminal_append(&s->out, a->url.len > 0 ? a->url : a->origin.path,
                    TERMINAL_ONE_LINE);
    strbuf_append_char(&s->out, '\n');
    return STATUS_OK;
}

enum status actions_raw(struct session *s, const struct told *told,
                        struct error *err)
{
    struct hits_article read;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    enum status status = read_article(&read, s, told->number, err);
    if (status != STATUS_OK)
        return status;
    record_write(&read.article, &record);
    terminal_append(&s->out, strbuf_text(&record), TERMINAL_KEEP_LINES);
    strbuf_append_char(&s->out, '\n');
    return STATUS_OK;
}

enum status actions_number(struct session *s, size_t number, struct text typed,
                           struct error *err)
{
    if (s->readings[0].len > 0 && (number == 1 || number == 2)) {
        AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
        strbuf_append(&query, strbuf_text(&s->readings[number - 1]));
        return actions_ask(s, strbuf_text(&query), err);
    }
    const bool shown = has_asked(s) && number > 0 &&
                       number <= s->found.first + s->found.result.count;
    return shown ? open_article(s, number, err) : actions_ask(s, typed, err);
}

/* --- more ----------------------------------------------------------------- */

enum status actions_explain(struct session *s, const struct told *told,
                            struct error *err)
{
    (void)told;
    if (!has_asked(s))
        return needs_query(err);
    struct searcher_settings settings = *s->settings;
    settings.explain = EXPLAIN_QUERY;
    enum answer_found found;
    const struct text nameless = {NULL, 0};
    AUTO(answerer)
    answerer = answerer_of(s->holdings, &settings, s->messages, stdout);
    return answer_query(&found, answerer, strbuf_text(&s->found.text), nameless,
                        err);
}

static void put_help(struct session *s, const char *name, const char *argument,
                     const char *help)
{
    char label[64];
    const struct window_block block = {FACE_TEXT, label, HELP_COLUMNS, 0};
    snprintf(label, sizeof label, "%s%s%s", name, argument ? " " : "",
             argument ? argument : "");
    window_put(&s->out, &s->window, &block, text_from(help));
}

enum status actions_help(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    (void)err;
    window_say(&s->out, &s->window, FACE_TITLE,
               "Words are searched for; morgue-query(7) has the language.");
    for (size_t i = 0; i < commands_count; i++) {
        const struct command *c = &commands[i];
        char name[32];
        if (c->letter)
            snprintf(name, sizeof name, "%c, /%s", c->letter, c->name);
        else
            snprintf(name, sizeof name, "/%s", c->name);
        put_help(s, name, c->shown, c->help);
    }
    put_help(s, "/source", "NAME",
             "narrow to a source; so do /section, "
             "/author, /title, /tag, /lang, /length, "
             "/with and /without words; nothing behind "
             "it takes it off");
    put_help(s, "/since", "DATE",
             "from then on (2022, 2022-01, 7d); /until, "
             "/date");
    return STATUS_OK;
}

enum status actions_quit(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    (void)err;
    s->is_over = true;
    return STATUS_OK;
}
