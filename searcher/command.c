#include "searcher/command.h"

#include <time.h>

#include "common/strbuf.h"
#include "searcher/batch.h"
#include "searcher/matrix.h"
#include "searcher/output.h"
#include "searcher/query.h"
#include "searcher/report.h"
#include "searcher/session/session.h"

enum { QUERY_MAX = 1 << 24 };

enum command_exit command_fail(struct messages *messages,
                               const struct error *err)
{
    message_error(messages, "%s", err->message);
    if (err->status == STATUS_USAGE)
        message_lines(messages, text_from("Try 'morgue-search --help'."));
    return COMMAND_FAILED;
}

static enum command_exit refuse(struct messages *messages, struct text query,
                                const struct error *err)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(QUERY_MAX);
    if (err->status != STATUS_QUERY) {
        command_fail(messages, err);
        return err->status == STATUS_TIMEOUT ? COMMAND_PARTIAL : COMMAND_FAILED;
    }
    query_print_error(query, err, &lines);
    struct text rest = strbuf_text(&lines), first;
    text_split(&rest, '\n', &first);
    message_error(messages, "%.*s", TEXT_ARG(first));
    if (rest.len > 0)
        message_lines(messages, rest);
    return COMMAND_FAILED;
}

static enum command_exit exit_of(enum answer_found found)
{
    static const enum command_exit exits[] = {
        [ANSWER_NOTHING] = COMMAND_NOTHING,
        [ANSWER_FOUND] = COMMAND_FOUND,
        [ANSWER_PARTIAL] = COMMAND_PARTIAL};
    return exits[found];
}

static void join_words(char *const *words, struct strbuf *out)
{
    for (size_t i = 0; words[i]; i++) {
        if (i > 0)
            strbuf_append_char(out, ' ');
        strbuf_append_string(out, words[i]);
    }
}

enum command_exit command_search(struct answerer *answerer,
                                 const struct searcher_settings *settings,
                                 struct messages *messages)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    struct error err = ERROR_NONE;
    enum answer_found found = ANSWER_NOTHING;
    join_words(settings->words, &query);
    if (answer_query(&found, answerer, strbuf_text(&query), text_make(NULL, 0),
                     &err) != STATUS_OK)
        return refuse(messages, strbuf_text(&query), &err);
    return exit_of(found);
}

enum command_exit command_report(const struct searcher_settings *settings,
                                 struct messages *messages)
{
    AUTO_DONE(strbuf) query = STRBUF_INIT(QUERY_MAX);
    AUTO(holdings) holdings = NULL;
    struct error err = ERROR_NONE;
    enum answer_found found = ANSWER_NOTHING;
    join_words(settings->words, &query);
    if (holdings_new(&holdings, settings->archive,
                     settings->degraded ? HOLDINGS_SOUND : HOLDINGS_WHOLE,
                     &err) != STATUS_OK)
        return command_fail(messages, &err);
    const struct report_request request = {
        .holdings = holdings,
        .settings = settings,
        .query = strbuf_text(&query),
        .now = (timestamp)time(NULL),
        .path = settings->html,
    };
    return report_write(&found, &request, &err) == STATUS_OK
               ? exit_of(found)
               : refuse(messages, strbuf_text(&query), &err);
}

enum command_exit command_show(struct answerer *answerer,
                               const struct searcher_settings *settings,
                               struct messages *messages)
{
    struct error err = ERROR_NONE;
    enum status status = answer_show(answerer, text_from(settings->show), &err);
    if (status == STATUS_OK)
        return COMMAND_FOUND;
    enum command_exit failed = command_fail(messages, &err);
    return status == STATUS_NOT_FOUND ? COMMAND_NOTHING : failed;
}

enum command_exit command_matrix(struct answerer *answerer,
                                 const struct searcher_settings *settings,
                                 struct messages *messages)
{
    struct error err = ERROR_NONE;
    struct matrix_result result;
    const struct output_settings output = {
        .format = (enum output_format)settings->format,
        .stream = stdout,
        .cells = (enum output_cells)settings->cells,
    };
    const struct matrix_request request = {answerer, &output, settings->queries,
                                           messages};
    if (matrix_print(&result, &request, &err) != STATUS_OK)
        return command_fail(messages, &err);
    if (result.refused > 0)
        return COMMAND_FAILED;
    return result.found > 0 ? COMMAND_FOUND : COMMAND_NOTHING;
}

enum command_exit command_batch(struct answerer *answerer,
                                const struct searcher_settings *settings,
                                FILE *in, struct messages *messages)
{
    struct error err = ERROR_NONE;
    struct batch_result result;
    enum batch_names names =
        settings->format == OUTPUT_TREC ? BATCH_NAMED_QUERIES : BATCH_QUERIES;
    if (batch_run(&result, answerer, in, names, messages, &err) != STATUS_OK)
        return command_fail(messages, &err);
    if (result.refused > 0)
        return COMMAND_FAILED;
    return result.partial > 0 ? COMMAND_PARTIAL : exit_of(result.found);
}

enum command_exit command_session(const struct searcher_settings *settings,
                                  struct messages *messages)
{
    struct error err = ERROR_NONE;
    return session_run(settings, messages, &err) == STATUS_OK
               ? COMMAND_FOUND
               : command_fail(messages, &err);
}
