/* What is told about what was found, and about the session itself. */
#include "searcher/session/actions.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "searcher/answer.h"
#include "searcher/session/contexts.h"
#include "searcher/session/export.h"
#include "searcher/session/facet_list.h"
#include "searcher/session/names.h"
#include "searcher/session/pager.h"
#include "searcher/session/state.h"

enum { HELP_COLUMNS = 18 };

enum status actions_explain(struct session *s, const struct told *told,
                            struct error *err)
{
    (void)told;
    if (!session_has_asked(s))
        return session_needs_query(err);
    struct searcher_settings settings = *s->settings;
    settings.explain = EXPLAIN_QUERY;
    enum answer_found found;
    const struct text nameless = {NULL, 0};
    AUTO(answerer)
    answerer = answerer_of(s->holdings, &settings, s->messages, stdout);
    return answer_query(&found, answerer, strbuf_text(&s->found.text), nameless,
                        err);
}

/* Only the articles themselves tell of these: those that there are too many to
 * be read are not counted, and it is said. */
static enum status put_names(struct session *s, size_t most, struct error *err)
{
    AUTO_DONE(names) names = {.read = 0};
    enum status status = names_count(&names, &s->found, &s->hits, err);
    if (status != STATUS_OK)
        return status;
    char authors[64] = "author", languages[64] = "language";
    if (names.read < s->spread.facets.total) {
        snprintf(authors, sizeof authors, "author (first %zu)", names.read);
        snprintf(languages, sizeof languages, "language (first %zu)",
                 names.read);
    }
    facet_list_put(&s->out, &s->window, authors, &names.authors, most);
    facet_list_put(&s->out, &s->window, languages, &names.languages, most);
    return STATUS_OK;
}

/* The most frequent values of each, as many as fit the window. */
enum status actions_facets(struct session *s, const struct told *told,
                           struct error *err)
{
    (void)told;
    enum { AND_NAMES = 2 };
    const size_t most = facet_list_room(&s->window, SURVEY_DAYS + AND_NAMES);
    if (!session_has_asked(s))
        return session_needs_query(err);
    enum status status =
        survey_take(&s->spread, s->holdings, s->found.inquiry.plan,
                    &s->settings->zone, err);
    if (status != STATUS_OK)
        return status;
    const struct facet *list = s->spread.facets.list;
    for (size_t i = 0; i < SURVEY_DAYS; i++)
        facet_list_put(&s->out, &s->window, facet_names[list[i].kind], &list[i],
                       most);
    return put_names(s, most, err);
}

enum status actions_kwic(struct session *s, const struct told *told,
                         struct error *err)
{
    (void)told;
    AUTO_DONE(reading) reading = {.lines = NULL};
    if (!session_has_asked(s))
        return session_needs_query(err);
    enum status status =
        contexts_read(&reading, &s->window, &s->found, &s->hits, err);
    return status == STATUS_OK ? pager_show(&reading, err) : status;
}

/* "hits.csv", or "hits.csv all". */
enum status actions_export(struct session *s, const struct told *told,
                           struct error *err)
{
    const struct text everything = TEXT(" all");
    struct text name = told->argument;
    enum export_extent extent = EXPORT_PAGE;
    if (!session_has_asked(s))
        return session_needs_query(err);
    if (name.len > everything.len &&
        text_equal(text_slice(name, name.len - everything.len, name.len),
                   everything)) {
        extent = EXPORT_ALL;
        name = text_trim(text_slice(name, 0, name.len - everything.len));
    }
    if (name.len == 0)
        return error_set(err, STATUS_USAGE, "'/export' needs a file's name");
    char *path = mem_copy_string(name.ptr, name.len);
    const struct export_request request = {&s->found, s->settings, path,
                                           extent};
    enum status status = export_write(&request, err);
    if (status == STATUS_OK)
        window_say(&s->out, &s->window, FACE_DIM, "written to %s", path);
    free(path);
    return status;
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
