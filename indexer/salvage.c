#include "indexer/salvage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/glass_table.h"
#include "common/engine/glass_version.h"
#include "common/engine/index.h"
#include "common/mem.h"
#include "common/origins.h"
#include "common/published_file.h"
#include "common/record.h"

enum { PATH_SIZE = 4096, RECORD_MAX = 512 << 20 };

struct salvage {
    const struct manifest_segment *segment;
    struct glass_table *docdata; /* NULL: cannot be read at all */
    struct origins *origins;     /* NULL: damaged */
    struct engine_index *index;  /* NULL: must not be asked */
    bool docdata_is_sound;
    struct strbuf record;
    char **ids; /* by docid, once they are asked for */
};

static bool is_sound(const struct manifest_segment *segment,
                     const char *archive, const char *name)
{
    struct error ignored = ERROR_NONE;
    for (size_t i = 0; i < segment->file_count; i++) {
        const char *slash = strrchr(segment->files[i].name, '/');
        if (slash && strcmp(slash + 1, name) == 0)
            return published_file_check(&segment->files[i], archive, NULL,
                                        &ignored) == STATUS_OK;
    }
    return false;
}

static struct glass_table *open_docdata(const char *folder)
{
    struct glass_version version;
    char path[PATH_SIZE];
    if (!glass_version_read(&version, folder) ||
        !version.tables[GLASS_DOCDATA].written)
        return NULL;
    snprintf(path, sizeof path, "%s/docdata.glass", folder);
    return glass_table_open(path, &version.tables[GLASS_DOCDATA]);
}

/* Where an article was read is not worth losing it for. */
static void open_origins(struct salvage *s, const char *archive,
                         const char *folder)
{
    struct error ignored = ERROR_NONE;
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/origins", folder);
    if (!is_sound(s->segment, archive, "origins") ||
        origins_open(&s->origins, path, &ignored) != STATUS_OK)
        s->origins = NULL;
}

struct salvage *salvage_open(const char *archive,
                             const struct manifest_segment *segment)
{
    struct salvage *s = mem_zeroed(1, sizeof *s);
    struct error ignored = ERROR_NONE;
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "%s/segments/%s", archive, segment->name);
    s->segment = segment;
    strbuf_init(&s->record, RECORD_MAX);
    if (!is_sound(segment, archive, "iamglass"))
        return s; /* it says where in the others things begin */
    s->docdata = open_docdata(folder);
    open_origins(s, archive, folder);
    s->docdata_is_sound = is_sound(segment, archive, "docdata.glass");
    const struct engine_segment part = {.path = folder};
    if (is_sound(segment, archive, "postlist.glass") &&
        engine_index_open(&s->index, &part, 1, &ignored) != STATUS_OK)
        s->index = NULL;
    return s;
}

void salvage_free(struct salvage *s)
{
    if (!s)
        return;
    for (uint32_t i = 0; s->ids && i <= s->segment->last_docid; i++)
        free(s->ids[i]);
    free(s->ids);
    engine_index_free(s->index);
    origins_free(s->origins);
    glass_table_free(s->docdata);
    strbuf_done(&s->record);
    free(s);
}

bool salvage_knows_facts(const struct salvage *s)
{
    return s->index != NULL;
}

/* --- articles ---------------------------------------------------------------
 */

static bool read_facts(struct salvage *s, uint32_t docid,
                       struct stored_facts *facts)
{
    struct error ignored = ERROR_NONE;
    const struct engine_document document = {0, docid};
    return s->index && stored_facts_in(facts, s->index, document,
                                       s->segment->name, &ignored) == STATUS_OK;
}

static void read_origin(struct salvage *s, uint32_t docid, struct arena *arena,
                        struct origin *out)
{
    AUTO_DONE(strbuf) path = STRBUF_INIT(ORIGINS_PATH_MAX);
    *out = (struct origin){.line = 0};
    if (s->origins && origins_get(s->origins, docid, &path, out)) {
        out->path = arena_text(arena, out->path);
        out->member = arena_text(arena, out->member);
    }
}

bool salvage_article(struct salvage *s, uint32_t docid, struct arena *arena,
                     struct article *out, struct stored_facts *facts)
{
    char room[GLASS_DOCID_KEY_MAX];
    struct error ignored = ERROR_NONE;
    struct stored_facts known = {.ingest = {.sequence = 0}};
    struct digest digest;
    strbuf_reset(&s->record);
    if (!s->docdata ||
        !glass_table_get(s->docdata, glass_docid_key(docid, room),
                         &s->record) ||
        record_read(out, strbuf_text(&s->record), arena, &ignored) != STATUS_OK)
        return false;
    record_digest(out, &digest);
    bool same =
        read_facts(s, docid, &known) && digest_equal(&known.content, &digest);
    if (!same && (s->index || !s->docdata_is_sound))
        return false;
    known.content = digest;
    *facts = known;
    read_origin(s, docid, arena, &out->origin);
    return true;
}

/* --- ids --------------------------------------------------------------------
 */

struct naming {
    struct salvage *salvage;
    struct text id;
};

static bool name_document(void *context, uint32_t docid, uint32_t wdf)
{
    struct naming *n = context;
    (void)wdf;
    if (docid <= n->salvage->segment->last_docid && !n->salvage->ids[docid])
        n->salvage->ids[docid] = mem_copy_string(n->id.ptr, n->id.len);
    return true;
}

static bool name_documents(void *context, struct text term, uint32_t frequency)
{
    struct salvage *s = context;
    struct error ignored = ERROR_NONE;
    struct naming n = {s, text_slice(term, 1, term.len)};
    (void)frequency;
    enum status status =
        engine_postings(s->index, 0, term, name_document, &n, &ignored);
    return status == STATUS_OK;
}

char *salvage_id(struct salvage *s, uint32_t docid)
{
    struct error ignored = ERROR_NONE;
    if (!s->index || docid > s->segment->last_docid)
        return NULL;
    if (!s->ids) {
        s->ids = mem_zeroed((size_t)s->segment->last_docid + 1, sizeof *s->ids);
        enum status status = engine_terms(s->index, 0, text_from("Q"),
                                          name_documents, s, &ignored);
        (void)status; /* what it has not named stays unknown */
    }
    const char *id = s->ids[docid];
    return id ? mem_copy_string(id, strlen(id)) : NULL;
}
