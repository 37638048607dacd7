#include "common/archive_find.h"

#include "common/engine/index.h"
#include "common/record.h"
#include "common/strbuf.h"

enum { TERM_MAX = 1024, ID_SHOWN = 150 };

struct lookup {
    const struct deleted_list *deleted;
    uint32_t docid; /* 0: none yet */
};

static bool take_live(void *context, uint32_t docid, uint32_t wdf)
{
    struct lookup *lookup = context;
    (void)wdf;
    if (deleted_list_contains(lookup->deleted, docid))
        return true;
    lookup->docid = docid;
    return false;
}

enum status archive_find_term(uint32_t *docid, struct archive *archive,
                              size_t segment, struct text term,
                              struct error *err)
{
    struct lookup lookup = {archive_deleted(archive, segment), 0};
    enum status status = engine_postings(archive_index(archive), segment, term,
                                         take_live, &lookup, err);
    if (status == STATUS_OK)
        *docid = lookup.docid;
    return status;
}

enum status archive_find(struct engine_document *out, struct archive *archive,
                         struct text id, struct error *err)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(TERM_MAX);
    record_id_term(id, &term);
    size_t count = archive_manifest(archive)->segment_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t docid;
        enum status status =
            archive_find_term(&docid, archive, i, strbuf_text(&term), err);
        if (status != STATUS_OK)
            return status;
        if (docid != 0) {
            *out = (struct engine_document){i, docid};
            return STATUS_OK;
        }
    }
    return error_set(err, STATUS_NOT_FOUND, "there is no article '%.*s'",
                     TEXT_ARG(text_slice(id, 0, ID_SHOWN)));
}
