#include "indexer/command.h"

#include <inttypes.h>

#include "indexer/dump.h"
#include "indexer/run.h"
#include "indexer/verify.h"

enum { SUMMARY_MAX = 1 << 16 };

enum command_exit command_fail(struct messages *messages,
                               const struct error *err)
{
    message_error(messages, "%s", err->message);
    if (err->status == STATUS_USAGE)
        message_lines(messages, text_from("Try 'morgue-index --help'."));
    return err->status == STATUS_BUSY ? COMMAND_BUSY : COMMAND_FAILED;
}

static void print_summary(const struct summary *s,
                          const struct indexer_settings *settings, FILE *out)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(SUMMARY_MAX);
    if (settings->format == FORMAT_JSON)
        summary_print_json(s, &line);
    else if (settings->level != LEVEL_QUIET)
        summary_print(s, &line);
    if (line.len > 0)
        fprintf(out, "%s\n", strbuf_string(&line));
}

static void print_statistics(const struct summary *s, struct messages *messages)
{
    AUTO_DONE(strbuf) lines = STRBUF_INIT(SUMMARY_MAX);
    summary_print_stats(s, &lines);
    message_lines(messages, strbuf_text(&lines));
}

enum command_exit command_index(const struct indexer_settings *settings,
                                struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    struct summary summary;
    if (run_index(&summary, settings, messages, &err) != STATUS_OK)
        return command_fail(messages, &err);
    print_summary(&summary, settings, out);
    if (settings->stats)
        print_statistics(&summary, messages);
    if (summary.files_failed > 0)
        return COMMAND_FAILED;
    return summary.rejected > 0 ? COMMAND_REJECTED : COMMAND_DONE;
}

static void show_finding(void *context, const char *finding)
{
    message_error(context, "%s", finding);
}

enum command_exit command_verify(const struct indexer_settings *settings,
                                 struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    struct verify_result result;
    if (verify_archive(&result, settings->archive, show_finding, messages,
                       &err) != STATUS_OK)
        return command_fail(messages, &err);
    if (settings->level != LEVEL_QUIET)
        fprintf(out,
                "%" PRIu64 " articles in %u files, %" PRIu64
                " bytes: no damage found\n",
                result.articles, result.files, result.bytes);
    return COMMAND_DONE;
}

enum command_exit command_dump(const struct indexer_settings *settings,
                               struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    if (dump_articles(settings->archive, out, &err) != STATUS_OK)
        return command_fail(messages, &err);
    return COMMAND_DONE;
}
