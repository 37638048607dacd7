#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/engine/engine.h"
#include "indexer/cli.h"
#include "indexer/dump.h"
#include "indexer/run.h"
#include "indexer/verify.h"

enum exit_code { EXIT_ALL = 0, EXIT_SOME = 1, EXIT_ERROR = 2, EXIT_BUSY = 75 };

static int fail(struct messages *messages, const struct error *err)
{
    message_error(messages, "%s", err->message);
    if (err->status == STATUS_USAGE)
        message_lines(messages, text_from("Try 'morgue-index --help'."));
    return err->status == STATUS_BUSY ? EXIT_BUSY : EXIT_ERROR;
}

static void print_summary(const struct summary *s,
                          const struct indexer_settings *settings)
{
    AUTO_DONE(strbuf) line = STRBUF_INIT(1 << 16);
    if (settings->format == FORMAT_JSON)
        summary_print_json(s, &line);
    else
        summary_print(s, &line);
    if (settings->format == FORMAT_JSON || settings->level != LEVEL_QUIET)
        printf("%s\n", strbuf_string(&line));
    strbuf_reset(&line);
    summary_print_stats(s, &line);
    if (settings->stats)
        fputs(strbuf_string(&line), stderr);
}

static int index_sources(const struct indexer_settings *settings,
                         struct messages *messages)
{
    struct error err = ERROR_NONE;
    struct summary summary;
    if (run_index(&summary, settings, messages, &err) != STATUS_OK)
        return fail(messages, &err);
    print_summary(&summary, settings);
    if (summary.files_failed > 0)
        return EXIT_ERROR;
    return summary.rejected > 0 ? EXIT_SOME : EXIT_ALL;
}

static void show_finding(void *context, const char *finding)
{
    message_error(context, "%s", finding);
}

static int verify(const struct indexer_settings *settings,
                  struct messages *messages)
{
    struct error err = ERROR_NONE;
    struct verify_result result;
    if (verify_archive(&result, settings->archive, show_finding, messages,
                       &err) != STATUS_OK)
        return fail(messages, &err);
    if (settings->level != LEVEL_QUIET)
        printf("%llu articles in %u files, %llu bytes: no damage found\n",
               (unsigned long long)result.articles, result.files,
               (unsigned long long)result.bytes);
    return EXIT_ALL;
}

static int dump(const struct indexer_settings *settings,
                struct messages *messages)
{
    struct error err = ERROR_NONE;
    if (dump_articles(settings->archive, stdout, &err) != STATUS_OK)
        return fail(messages, &err);
    return EXIT_ALL;
}

int main(int argc, char **argv)
{
    (void)argc;
    struct messages messages;
    struct indexer_settings settings;
    struct error err = ERROR_NONE;
    message_init(&messages, "morgue-index", stderr);
    signal(SIGPIPE, SIG_DFL);
    if (cli_parse(&settings, argv, &err) != STATUS_OK)
        return fail(&messages, &err);
    messages.level = (enum message_level)settings.level;
    switch (settings.action) {
    case ACTION_HELP:
        options_print_help(&cli_table, stdout);
        return EXIT_ALL;
    case ACTION_VERSION:
        printf("morgue-index %s (Xapian %s)\n", MORGUE_VERSION,
               engine_version());
        return EXIT_ALL;
    case ACTION_DUMP:
        return dump(&settings, &messages);
    case ACTION_VERIFY:
        return verify(&settings, &messages);
    default:
        return index_sources(&settings, &messages);
    }
}
