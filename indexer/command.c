#include "indexer/command.h"

#include <inttypes.h>

#include "indexer/article_dump.h"
#include "indexer/delete.h"
#include "indexer/dry_run.h"
#include "indexer/dump.h"
#include "indexer/optimize.h"
#include "indexer/prune.h"
#include "indexer/rejects_list.h"
#include "indexer/repair.h"
#include "indexer/run.h"
#include "indexer/snapshot.h"
#include "indexer/stage_samples.h"
#include "indexer/status.h"
#include "indexer/verify.h"

enum { SUMMARY_MAX = 1 << 16 };

typedef enum command_exit command_fn(const struct indexer_settings *settings,
                                     struct messages *messages, FILE *out);
typedef enum status change_fn(struct summary *out,
                              const struct indexer_settings *settings,
                              struct messages *messages, struct error *err);

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
    struct stage_samples samples;
    stage_samples_stop(&samples);
    summary_print_stats(s, &lines);
    stage_samples_print(&samples, s->cpu_s, &lines);
    message_lines(messages, strbuf_text(&lines));
}

static enum command_exit exit_for(const struct summary *s)
{
    if (s->files_failed > 0)
        return COMMAND_FAILED;
    return s->rejected > 0 || s->missing > 0 ? COMMAND_REJECTED : COMMAND_DONE;
}

static enum command_exit change(change_fn *how,
                                const struct indexer_settings *settings,
                                struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    struct summary summary;
    if (settings->stats)
        stage_samples_start();
    if (how(&summary, settings, messages, &err) != STATUS_OK)
        return command_fail(messages, &err);
    print_summary(&summary, settings, out);
    if (settings->stats)
        print_statistics(&summary, messages);
    return exit_for(&summary);
}

static enum command_exit print(const struct strbuf *text,
                               struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    fputs(strbuf_string(text), out);
    if (fflush(out) == 0)
        return COMMAND_DONE;
    error_io(&err, "write", "stdout");
    return command_fail(messages, &err);
}

static enum command_exit command_status(const struct indexer_settings *settings,
                                        struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    AUTO_DONE(strbuf) text = STRBUF_INIT(SUMMARY_MAX);
    if (status_print(settings, &text, &err) != STATUS_OK)
        return command_fail(messages, &err);
    return print(&text, messages, out);
}

static enum command_exit
command_rejects(const struct indexer_settings *settings,
                struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    uint64_t count;
    if (rejects_list_print(&count, settings, out, &err) != STATUS_OK)
        return command_fail(messages, &err);
    return count > 0 ? COMMAND_REJECTED : COMMAND_DONE;
}

static enum command_exit
command_snapshot(const struct indexer_settings *settings,
                 struct messages *messages, FILE *out)
{
    struct error err = ERROR_NONE;
    struct snapshot_result result;
    AUTO_DONE(strbuf) text = STRBUF_INIT(SUMMARY_MAX);
    if (snapshot_run(&result, settings, messages, &err) != STATUS_OK)
        return command_fail(messages, &err);
    if (settings->level == LEVEL_QUIET)
        return COMMAND_DONE;
    strbuf_append_format(&text,
                         "%" PRIu64 " articles of generation %" PRIu64
                         ": %u files linked, %u copied\n",
                         result.articles, result.generation, result.linked,
                         result.copied);
    return print(&text, messages, out);
}

enum command_exit command_index(const struct indexer_settings *settings,
                                struct messages *messages, FILE *out)
{
    return change(settings->dry_run ? dry_run_index : run_index, settings,
                  messages, out);
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
    struct progress progress;
    progress_init(&progress, messages);
    const struct verify_request request = {
        .archive = settings->archive,
        .depth = settings->deep ? VERIFY_ARTICLES : VERIFY_FILES,
        .on_finding = show_finding,
        .context = messages,
        .progress = &progress,
    };
    if (verify_archive(&result, &request, &err) != STATUS_OK)
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

enum command_exit command_run(const struct indexer_settings *settings,
                              struct messages *messages, FILE *out)
{
    static change_fn *const changes[] = {
        [ACTION_DELETE] = delete_run,
        [ACTION_OPTIMIZE] = optimize_run,
        [ACTION_PRUNE] = prune_run,
        [ACTION_REPAIR] = repair_run,
        [ACTION_RETRY_REJECTS] = rejects_list_retry,
        [ACTION_UPGRADE] = upgrade_run,
        [ACTION_VERSION] = NULL,
    };
    static command_fn *const commands[] = {
        [ACTION_INDEX] = command_index,
        [ACTION_DUMP] = command_dump,
        [ACTION_DUMP_ARTICLES] = article_dump,
        [ACTION_REJECTS] = command_rejects,
        [ACTION_SNAPSHOT] = command_snapshot,
        [ACTION_STATUS] = command_status,
        [ACTION_VERIFY] = command_verify,
        [ACTION_VERSION] = NULL,
    };
    if (changes[settings->action])
        return change(changes[settings->action], settings, messages, out);
    return commands[settings->action](settings, messages, out);
}
