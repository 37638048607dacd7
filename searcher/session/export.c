#include "searcher/session/export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "searcher/answer.h"

/* The format that a name ends in. */
static enum status find_format(int *out, const char *path, struct error *err)
{
    const char *dot = strrchr(path, '.');
    for (int i = 0; dot && !strchr(dot, '/') && output_format_names[i]; i++)
        if (strcmp(dot + 1, output_format_names[i]) == 0 ||
            (i == OUTPUT_TEXT && strcmp(dot + 1, "txt") == 0)) {
            *out = i;
            return STATUS_OK;
        }
    return error_set(err, STATUS_USAGE,
                     "'%s' does not end in a format such as .csv, .json or "
                     ".txt",
                     path);
}

static enum status open_new(FILE **out, const char *path, struct error *err)
{
    *out = fopen(path, "wxe");
    if (*out)
        return STATUS_OK;
    const bool exists = errno == EEXIST;
    (void)error_io(err, "write", path);
    return err->status = exists ? STATUS_EXISTS : STATUS_IO;
}

static struct searcher_settings settings_of(const struct export_request *r,
                                            int format)
{
    struct searcher_settings s = *r->settings;
    s.format = format;
    s.sort = r->found->inquiry.settings.sort;
    s.all = r->extent == EXPORT_ALL;
    s.offset = s.all ? 0 : (int64_t)r->found->first;
    s.limit = s.all ? UINT32_MAX : (int64_t)r->found->result.count;
    if (r->found->match == MATCH_FALLBACK)
        s.match = MATCH_ANY_WORD;
    return s;
}

enum status export_write(const struct export_request *r, struct error *err)
{
    const struct text nameless = {NULL, 0};
    enum answer_found found;
    struct messages quiet;
    FILE *file = NULL;
    int format = OUTPUT_TEXT;
    enum status status = find_format(&format, r->path, err);
    if (status == STATUS_OK)
        status = open_new(&file, r->path, err);
    if (status != STATUS_OK)
        return status;
    const struct searcher_settings settings = settings_of(r, format);
    message_init(&quiet, "", stderr);
    quiet.level = MESSAGE_QUIET;
    AUTO(answerer)
    answerer = answerer_of(r->found->holdings, &settings, &quiet, file);
    status = answer_query(&found, answerer, strbuf_text(&r->found->text),
                          nameless, err);
    if (fclose(file) != 0 && status == STATUS_OK)
        status = error_io(err, "write", r->path);
    if (status != STATUS_OK)
        (void)unlink(r->path);
    return status;
}
