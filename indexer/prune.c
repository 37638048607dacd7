#include "indexer/prune.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "common/arena.h"
#include "common/clock.h"
#include "common/mem.h"
#include "indexer/account.h"
#include "indexer/digest_map.h"
#include "indexer/removal.h"
#include "indexer/stored.h"

struct prune {
    struct session *session;
    struct removal removal;
    struct ledger *ledger;
    struct digest_map paths;   /* -> enum prune_state */
    struct digest_map folders; /* that were told of */
};

static void prune_done(struct prune *p)
{
    removal_done(&p->removal);
    ledger_free(p->ledger);
    digest_map_done(&p->paths);
    digest_map_done(&p->folders);
}
DEFINE_AUTO_DONE(prune);

/* --- whether a file is there -----------------------------------------------
 */

static bool is_absent(const char *path)
{
    struct stat info;
    return lstat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

static bool is_empty(const char *path)
{
    DIR *folder = opendir(path);
    size_t entries = 0;
    while (folder && entries <= 2 && readdir(folder))
        entries++;
    if (folder)
        closedir(folder);
    return folder && entries <= 2;
}

enum prune_state prune_look(const char *path, size_t *folder)
{
    if (!is_absent(path))
        return PRUNE_THERE;
    char *parent = mem_copy_string(path, strlen(path));
    char *slash;
    do {
        slash = strrchr(parent, '/');
        if (slash)
            *slash = '\0';
    } while (slash && slash != parent && is_absent(parent));
    bool empty = is_empty(slash && slash != parent ? parent : "/");
    *folder = strlen(parent);
    free(parent);
    return empty ? PRUNE_DOUBTFUL : PRUNE_GONE;
}

static void tell_doubt(struct prune *p, struct text folder)
{
    struct digest key = digest_of(folder);
    if (digest_map_find(&p->folders, &key) != DIGEST_MAP_NONE)
        return;
    digest_map_set(&p->folders, &key, 0);
    message_error(p->session->messages,
                  "'%.*s' is empty: articles from below it stay, in case a "
                  "disk is missing (if not, remove the folder)",
                  TEXT_ARG(folder));
}

static enum status look(struct prune *p, struct text path, uint32_t *out,
                        struct error *err)
{
    struct digest key = digest_of(path);
    *out = digest_map_find(&p->paths, &key);
    if (*out != DIGEST_MAP_NONE)
        return STATUS_OK;
    char *string = mem_copy_string(path.ptr, path.len);
    size_t folder;
    *out = prune_look(string, &folder);
    digest_map_set(&p->paths, &key, *out);
    enum status status = STATUS_OK;
    if (*out == PRUNE_DOUBTFUL)
        tell_doubt(p, text_slice(path, 0, folder));
    if (*out == PRUNE_GONE && !p->session->settings->dry_run)
        status = ledger_forget(p->ledger, string, err);
    if (*out == PRUNE_GONE)
        message_detail(p->session->messages, "'%s' is gone", string);
    free(string);
    return status;
}

/* --- all articles ----------------------------------------------------------
 */

static enum status consider(struct prune *p, struct engine_document document,
                            struct error *err)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct origin origin;
    uint32_t state = PRUNE_THERE;
    enum status status =
        archive_origin(&origin, p->session->archive, document, &arena, err);
    if (status != STATUS_OK)
        return status;
    if (text_starts_with(origin.path, text_from("/")))
        status = look(p, origin.path, &state, err);
    if (state == PRUNE_GONE)
        removal_add(&p->removal, document);
    return status;
}

static enum status consider_all(struct prune *p, struct error *err)
{
    AUTO(stored_walk) walk = NULL;
    enum status status = stored_walk_all(&walk, p->session->archive, err);
    while (status == STATUS_OK) {
        struct engine_document document;
        struct stored_facts facts;
        status = stored_walk_next(walk, &document, &facts, err);
        if (status == STATUS_OK)
            status = consider(p, document, err);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status prune(struct session *session, struct summary *s,
                         struct error *err)
{
    AUTO_DONE(prune) p = {.session = session};
    removal_begin(&p.removal, session);
    enum status status =
        ledger_load(&p.ledger, archive_manifest(session->archive),
                    session->settings->archive, err);
    if (status == STATUS_OK)
        status = consider_all(&p, err);
    return status == STATUS_OK ? removal_publish(&p.removal, p.ledger, s, err)
                               : status;
}

enum status prune_run(struct summary *out,
                      const struct indexer_settings *settings,
                      struct messages *messages, struct error *err)
{
    double began_s = clock_now_s();
    *out =
        (struct summary){.command = "prune", .started = (timestamp)time(NULL)};
    AUTO_DONE(session) session;
    enum status status = session_begin(&session, settings, messages, err);
    if (status == STATUS_OK)
        status = prune(&session, out, err);
    if (status != STATUS_OK || out->dry)
        return status;
    return account_run(out, settings->archive, began_s, err);
}
