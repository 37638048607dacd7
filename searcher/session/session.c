#include "searcher/session/session.h"

#include <inttypes.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "common/clock.h"
#include "searcher/session/actions.h"
#include "searcher/session/completion.h"
#include "searcher/session/state.h"

enum { OUT_MAX = 1 << 28, LINE_MAX = 1 << 20, PATH_SIZE_MAX = 1 << 16 };

void session_show(struct session *s)
{
    fwrite(s->out.ptr, 1, s->out.len, stdout);
    fflush(stdout);
    strbuf_reset(&s->out);
}

bool session_has_asked(const struct session *s)
{
    return s->found.holdings != NULL;
}

enum status session_needs_query(struct error *err)
{
    return error_set(err, STATUS_USAGE, "nothing has been searched for yet");
}

static void say_error(struct session *s, const struct error *err)
{
    window_say(&s->out, &s->window, FACE_WARNING, "%s", err->message);
}

/* --- Ctrl-C --------------------------------------------------------------- */

static void on_interrupt(int number)
{
    (void)number;
    clock_cut_short();
}

static void catch_interrupt(void)
{
    /* Without SA_RESTART: who waits for a line is woken. */
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

/* --- beginning and end ---------------------------------------------------- */

static void open_history(struct session *s)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(PATH_SIZE_MAX);
    struct error err = ERROR_NONE;
    if (history_place(&path) &&
        history_open(&s->history, strbuf_string(&path), &err) != STATUS_OK)
        window_say(&s->out, &s->window, FACE_DIM, "no history is kept: %s",
                   err.message);
}

static void greet(struct session *s)
{
    const struct manifest *m = archive_manifest(s->holdings->archive);
    const uint64_t articles = manifest_articles(m);
    const struct archive_missing missing =
        archive_missing(s->holdings->archive);
    window_say(&s->out, &s->window, FACE_TEXT,
               "%" PRIu64 " article%s in %s. Type words to search for, or ? "
               "for help.",
               articles, articles == 1 ? "" : "s", s->settings->archive);
    if (missing.segments > 0)
        window_say(&s->out, &s->window, FACE_WARNING,
                   "damaged: %" PRIu64 " articles are left out",
                   missing.articles);
}

/* A word that cannot be looked up has no choices. */
static void complete(void *context, struct editor_choices *out,
                     struct text before)
{
    struct session *s = context;
    struct error err = ERROR_NONE;
    const struct completion c = {s->holdings, &s->archive, &s->settings->zone,
                                 s->window.glyphs};
    if (completion_find(out, &c, before, &err) != STATUS_OK)
        out->count = 0;
}

static enum status open_session(struct session *s, struct error *err)
{
    const struct searcher_settings *settings = s->settings;
    setlocale(LC_CTYPE, "");
    s->window = window_look(STDOUT_FILENO);
    enum status status =
        holdings_new(&s->holdings, settings->archive,
                     settings->degraded ? HOLDINGS_SOUND : HOLDINGS_WHOLE, err);
    if (status != STATUS_OK)
        return status;
    hits_init(&s->hits);
    strbuf_init(&s->out, OUT_MAX);
    for (int i = 0; i < 2; i++)
        strbuf_init(&s->readings[i], LINE_MAX);
    s->line = query_line_new((enum engine_sort)settings->sort);
    open_history(s);
    const struct editor_settings editor = {
        .prompt = "morgue> ",
        .history = s->history,
        .complete = complete,
        .context = s,
        .style = s->window.style,
    };
    s->editor = editor_new(&editor);
    return STATUS_OK;
}

static void close_session(struct session *s)
{
    if (!s->holdings)
        return;
    editor_free(s->editor);
    history_free(s->history);
    query_line_free(s->line);
    finding_done(&s->found);
    survey_done(&s->spread);
    survey_done(&s->archive);
    hits_done(&s->hits);
    for (int i = 0; i < 2; i++)
        strbuf_done(&s->readings[i]);
    strbuf_done(&s->out);
    holdings_free(s->holdings);
}

/* --- lines ---------------------------------------------------------------- */

static void act(struct session *s, struct text line)
{
    struct error err = ERROR_NONE;
    struct told told;
    enum commands_kind kind;
    enum status status = commands_parse(&kind, &told, line, &err);
    if (status == STATUS_OK && kind == COMMANDS_TOLD)
        status = told.command->run(s, &told, &err);
    else if (status == STATUS_OK && kind == COMMANDS_NUMBER)
        status = actions_number(s, told.number, line, &err);
    else if (status == STATUS_OK)
        status = actions_ask(s, line, &err);
    if (status != STATUS_OK)
        say_error(s, &err);
}

static void keep(struct session *s, struct text line)
{
    struct error err = ERROR_NONE;
    if (!s->history || history_add(s->history, line, &err) == STATUS_OK)
        return;
    window_say(&s->out, &s->window, FACE_DIM, "no more history is kept: %s",
               err.message);
    history_free(s->history);
    s->history = NULL;
}

static void run(struct session *s)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(LINE_MAX);
    greet(s);
    while (!s->is_over) {
        session_show(s);
        const enum editor_event event = editor_read(s->editor, &line);
        clock_go_on();
        if (event == EDITOR_END)
            s->is_over = true;
        if (event != EDITOR_LINE) {
            strbuf_append_char(&s->out, '\n');
            continue;
        }
        s->window = window_look(STDOUT_FILENO);
        keep(s, strbuf_text(&line));
        act(s, strbuf_text(&line));
    }
    session_show(s);
}

enum status session_run(const struct searcher_settings *settings,
                        struct messages *messages, struct error *err)
{
    struct session s = {.settings = settings, .messages = messages};
    enum status status = open_session(&s, err);
    if (status == STATUS_OK) {
        catch_interrupt();
        run(&s);
    }
    close_session(&s);
    return status;
}
