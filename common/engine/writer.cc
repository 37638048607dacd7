/* Everything between create and commit is one transaction. Xapian then still
 * merges postings into its tables every 10,000 documents (or whatever
 * XAPIAN_FLUSH_THRESHOLD says), which keeps its memory down and costs no more
 * than one merge at the end, but it commits once; and a writer freed early
 * drops its work instead of committing it. */
#include <memory>

#include "common/engine/docdata.hh"
#include "common/engine/guard.hh"
#include "common/engine/term.hh"

extern "C" {
#include "common/engine/writer.h"
}

using engine::guarded;

/* In place, as nobody reads the segment before it is named. */
enum {
    WRITER_FLAGS = Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS |
                   Xapian::DB_NO_TERMLIST | Xapian::DB_DANGEROUS
};

struct engine_writer {
    Xapian::WritableDatabase db;
    Xapian::Document document;
    uint32_t count = 0;

    explicit engine_writer(const char *path) : db(path, WRITER_FLAGS)
    {
        db.begin_transaction();
    }
};

enum status engine_writer_create(struct engine_writer **out, const char *path,
                                 struct error *err)
{
    enum status status = guarded(err, [&] {
        *out = new engine_writer(path);
        return STATUS_OK;
    });
    return status ? error_prefix(err, "cannot create a segment") : status;
}

void engine_writer_free(struct engine_writer *w)
{
    delete w;
}

enum status engine_writer_term(struct engine_writer *w, struct text term,
                               uint32_t count, struct error *err)
{
    if (!engine::is_term(term))
        return error_set(err, STATUS_INTERNAL,
                         "a term of %zu bytes; it may have 1 to %d", term.len,
                         ENGINE_TERM_MAX);
    return guarded(err, [&] {
        w->document.add_term(engine::to_string(term), count);
        return STATUS_OK;
    });
}

enum status engine_writer_value(struct engine_writer *w, uint32_t slot,
                                struct text value, struct error *err)
{
    if (slot == Xapian::BAD_VALUENO)
        return error_set(err, STATUS_INTERNAL, "there is no value slot %u",
                         slot);
    return guarded(err, [&] {
        w->document.add_value(slot, engine::to_string(value));
        return STATUS_OK;
    });
}

enum status engine_writer_data(struct engine_writer *w, struct text data,
                               struct error *err)
{
    return guarded(err, [&] {
        std::string bytes = engine::to_string(data);
        engine::docdata_make_readable(bytes);
        w->document.set_data(bytes);
        return STATUS_OK;
    });
}

enum status engine_writer_end(struct engine_writer *w, uint32_t *docid,
                              struct error *err)
{
    if (w->count == ENGINE_DOCID_MAX)
        return error_set(err, STATUS_INTERNAL,
                         "more than %d documents in a segment",
                         ENGINE_DOCID_MAX);
    return guarded(err, [&] {
        uint32_t added = w->db.add_document(w->document);
        w->document = Xapian::Document();
        w->count++;
        *docid = added;
        return STATUS_OK;
    });
}

enum status engine_writer_commit(struct engine_writer *w, struct error *err)
{
    return guarded(err, [&] {
        w->db.commit_transaction();
        w->db.close();
        return STATUS_OK;
    });
}
