#include "indexer/rejects_list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/json_cursor.h"
#include "common/manifest.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "indexer/digest_map.h"
#include "indexer/kept_rejects.h"
#include "indexer/line_log.h"
#include "indexer/rejects.h"
#include "indexer/run.h"

static enum status read_all(const struct manifest *m, const char *archive,
                            line_log_fn *on_line, void *context,
                            struct error *err)
{
    AUTO(line_log) log = line_log_new(archive, "rejects", "", m->generation);
    const struct line_log_request all = {.files = m->rejects,
                                         .count = m->reject_count,
                                         .on_line = on_line,
                                         .context = context};
    return line_log_read(log, &all, err);
}

/* --- listing ---------------------------------------------------------------
 */

struct listing {
    FILE *out;
    int format; /* enum indexer_format */
    uint64_t count;
};

static bool print_line(void *context, size_t file, struct text line)
{
    struct listing *l = context;
    (void)file;
    l->count++;
    if (l->format == FORMAT_JSON) {
        fprintf(l->out, "%.*s\n", TEXT_ARG(line));
        return true;
    }
    AUTO_DONE(strbuf) message = STRBUF_INIT(LINE_LOG_LINE_MAX);
    struct text reason = json_cursor_member(line, "reason").bytes;
    json_unescape(json_cursor_member(line, "message").bytes, &message);
    fprintf(l->out, "%.*s: %s\n", TEXT_ARG(reason), strbuf_string(&message));
    return true;
}

enum status rejects_list_print(uint64_t *count,
                               const struct indexer_settings *settings,
                               FILE *out, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    struct listing l = {.out = out, .format = settings->format};
    enum status status = manifest_load(&m, settings->archive, err);
    if (status == STATUS_OK)
        status = read_all(&m, settings->archive, print_line, &l, err);
    if (status == STATUS_OK && fflush(out) != 0)
        status = error_io(err, "write", "stdout");
    if (status == STATUS_OK)
        *count = l.count;
    return status;
}

/* --- retrying --------------------------------------------------------------
 */

struct paths {
    char **list; /* NULL-ended */
    size_t count, capacity;
    uint64_t gone; /* articles that cannot be read again */
    struct digest_map known;
    const struct reader_format *format; /* NULL: as they were read */
    struct kept_rejects kept;
};

static void paths_done(struct paths *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->list[i]);
    free(p->list);
    digest_map_done(&p->known);
    kept_rejects_done(&p->kept);
}
DEFINE_AUTO_DONE(paths);

static void add_path(struct paths *p, struct text path)
{
    MEM_GROW(p->list, p->count, p->capacity);
    p->list[p->count++] = mem_copy_string(path.ptr, path.len);
}

enum { PATH_GONE, PATH_THERE };

static bool take_path(void *context, size_t file, struct text line)
{
    struct paths *p = context;
    (void)file;
    AUTO_DONE(strbuf) path = STRBUF_INIT(LINE_LOG_LINE_MAX);
    json_unescape(json_cursor_member(line, "path").bytes, &path);
    if (text_is(strbuf_text(&path), "-")) {
        p->gone += !kept_rejects_add(&p->kept, line, p->format);
        return true;
    }
    struct digest key = digest_of(strbuf_text(&path));
    uint32_t state = digest_map_find(&p->known, &key);
    if (state == DIGEST_MAP_NONE) {
        const char *string = strbuf_string(&path);
        bool there = string[0] == '/' && access(string, F_OK) == 0;
        state = there ? PATH_THERE : PATH_GONE;
        digest_map_set(&p->known, &key, state);
        if (there)
            add_path(p, strbuf_text(&path));
    }
    p->gone += state == PATH_GONE;
    return true;
}

enum status rejects_list_retry(struct summary *out,
                               const struct indexer_settings *settings,
                               struct messages *messages, struct error *err)
{
    AUTO_DONE(manifest) m = {0};
    AUTO_DONE(paths) paths = {.format = NULL};
    if (settings->from)
        paths.format = reader_format_by_name(settings->from);
    enum status status = manifest_load(&m, settings->archive, err);
    if (status == STATUS_OK)
        status = read_all(&m, settings->archive, take_path, &paths, err);
    if (status != STATUS_OK)
        return status;
    if (paths.gone > 0)
        message_note(
            messages,
            "of the rejected articles %llu stay: their files are gone, or "
            "they came through a pipe and were not kept whole",
            (unsigned long long)paths.gone);
    MEM_GROW(paths.list, paths.count, paths.capacity);
    paths.list[paths.count] = NULL;
    struct indexer_settings retry = *settings;
    retry.sources = paths.list;
    retry.kept = &paths.kept;
    retry.rescan = 1;
    /* All of a file is known before what was kept of it goes. */
    retry.checkpoint_articles = retry.checkpoint_s = 0;
    status = run_index(out, &retry, messages, err);
    out->command = "retry-rejects";
    return status;
}
