#include "common/engine/index.hh"

#include <cstring>
#include <memory>
#include <stdexcept>

#include "common/engine/guard.hh"
#include "common/engine/term.hh"

extern "C" {
#include "common/engine/glass_postings.h"
}

using engine::guarded;

static const engine::part *find(const std::vector<engine::part> &parts,
                                const std::string &uuid)
{
    for (const engine::part &part : parts)
        if (part.uuid == uuid)
            return &part;
    return nullptr;
}

void engine_index::add(const engine_segment &segment)
{
    engine::part part = {engine::segment_open(segment.path),
                         {},
                         0,
                         0,
                         segment.deleted,
                         segment.deleted_count};
    const Xapian::Database &db = part.files.db;
    part.uuid = db.get_uuid();
    part.last_docid = db.get_lastdocid();
    part.documents = db.get_doccount();
    if (find(parts, part.uuid))
        throw Xapian::DatabaseCorruptError("another segment has its UUID");
    if (part.last_docid > ENGINE_DOCID_MAX)
        throw Xapian::DatabaseCorruptError("too many documents");
    all.add_database(db);
    documents += part.documents;
    total_length += db.get_total_length();
    deleted_count += part.deleted_count;
    parts.push_back(std::move(part));
}

size_t engine_index::segment_of(const Xapian::Database &db) const
{
    const engine::part *part = find(parts, db.get_uuid());
    if (!part)
        throw std::logic_error("a database that is no segment of the index");
    return static_cast<size_t>(part - parts.data());
}

/* Xapian would let combined docids wrap in silence. */
static bool docids_fit(const engine_index &index)
{
    uint64_t last = 0;
    for (const engine::part &part : index.parts)
        last = std::max<uint64_t>(last, part.last_docid);
    return last * index.parts.size() <= UINT32_MAX;
}

enum status engine_index_open(struct engine_index **out,
                              const struct engine_segment *segments,
                              size_t count, struct error *err)
{
    size_t opened = 0;
    enum status status = guarded(err, [&] {
        auto index = std::make_unique<engine_index>();
        for (; opened < count; opened++)
            index->add(segments[opened]);
        if (!docids_fit(*index))
            return error_set(err, STATUS_CORRUPT,
                             "%zu segments are too many for their size", count);
        *out = index.release();
        return STATUS_OK;
    });
    if (status && opened < count)
        return error_prefix(err, "cannot open segment '%s'",
                            segments[opened].path);
    return status;
}

void engine_index_free(struct engine_index *index)
{
    delete index;
}

size_t engine_index_segments(const struct engine_index *index)
{
    return index->parts.size();
}

uint32_t engine_index_last_docid(const struct engine_index *index,
                                 size_t segment)
{
    return index->parts[segment].last_docid;
}

uint32_t engine_index_documents(const struct engine_index *index,
                                size_t segment)
{
    return index->parts[segment].documents;
}

void engine_index_uuid(const struct engine_index *index, size_t segment,
                       char out[ENGINE_UUID_SIZE])
{
    memcpy(out, index->parts[segment].uuid.c_str(), ENGINE_UUID_SIZE);
}

/* False if Xapian must be asked. */
static bool read_frequency(const engine::part &part, struct text term,
                           uint32_t *out)
{
    const glass_tree *tree = part.files.postlist.get();
    if (!tree)
        return false;
    glass_postings postings;
    enum glass_state state = glass_postings_open(&postings, tree, term);
    glass_postings_done(&postings);
    *out = postings.frequency;
    return state != GLASS_DAMAGED && *out <= part.documents;
}

static uint32_t frequency_in(const engine::part &part, struct text term)
{
    uint32_t frequency;
    return read_frequency(part, term, &frequency)
               ? frequency
               : part.files.db.get_termfreq(engine::to_string(term));
}

/* A query's terms are asked about several times. */
static uint32_t frequency_of(engine_index &index, struct text term)
{
    enum { KNOWN_MAX = 1 << 12 };
    const std::string name = engine::to_string(term);
    const auto known = index.frequencies.find(name);
    if (known != index.frequencies.end())
        return known->second;
    uint32_t sum = 0;
    for (const engine::part &part : index.parts)
        sum += frequency_in(part, term);
    if (index.frequencies.size() == KNOWN_MAX)
        index.frequencies.clear();
    index.frequencies.emplace(name, sum);
    return sum;
}

enum status engine_term_frequency(struct engine_index *index, struct text term,
                                  uint32_t *out, struct error *err)
{
    return guarded(err, [&] {
        *out = engine::is_term(term) ? frequency_of(*index, term) : 0;
        return STATUS_OK;
    });
}

static enum status check_segment(const engine_index &index, size_t segment,
                                 struct error *err)
{
    if (segment < index.parts.size())
        return STATUS_OK;
    return error_set(err, STATUS_NOT_FOUND, "no segment %zu", segment);
}

static enum status find_document(const engine_index &index,
                                 engine_document document,
                                 const engine::part **out, struct error *err)
{
    enum status status = check_segment(index, document.segment, err);
    if (status)
        return status;
    *out = &index.parts[document.segment];
    if (document.docid > 0 && document.docid <= (*out)->last_docid)
        return STATUS_OK;
    return error_set(err, STATUS_NOT_FOUND, "no document %u in segment %zu",
                     document.docid, document.segment);
}

static void append(struct strbuf *out, const std::string &bytes)
{
    strbuf_append(out, text_make(bytes.data(), bytes.size()));
}

enum status engine_document_data(struct engine_index *index,
                                 struct engine_document document,
                                 struct strbuf *out, struct error *err)
{
    const engine::part *part = nullptr;
    enum status status = find_document(*index, document, &part, err);
    if (status)
        return status;
    char room[GLASS_DOCID_KEY_MAX];
    struct text key = glass_docid_key(document.docid, room);
    if (part->files.docdata &&
        glass_table_get(part->files.docdata.get(), key, out))
        return STATUS_OK;
    return guarded(err, [&] {
        append(out, part->files.db.get_document(document.docid).get_data());
        return STATUS_OK;
    });
}

/* Asking whether a document is there takes as long as reading the value: so
 * only of those without one. */
static std::string stored_value(const Xapian::Database &db, Xapian::docid docid,
                                Xapian::valueno slot)
{
    std::string value =
        db.get_document(docid, Xapian::DOC_ASSUME_VALID).get_value(slot);
    return value.empty() ? db.get_document(docid).get_value(slot) : value;
}

enum status engine_document_value(struct engine_index *index,
                                  struct engine_document document,
                                  uint32_t slot, struct strbuf *out,
                                  struct error *err)
{
    const engine::part *part = nullptr;
    enum status status = find_document(*index, document, &part, err);
    if (status)
        return status;
    return guarded(err, [&] {
        append(out, stored_value(part->files.db, document.docid, slot));
        return STATUS_OK;
    });
}

enum status engine_postings(struct engine_index *index, size_t segment,
                            struct text term, engine_posting_fn *on_posting,
                            void *context, struct error *err)
{
    enum status status = check_segment(*index, segment, err);
    if (status || (term.len > 0 && !engine::is_term(term)))
        return status;
    return guarded(err, [&] {
        const Xapian::Database &db = index->parts[segment].files.db;
        std::string name = engine::to_string(term);
        auto end = db.postlist_end(name);
        for (auto it = db.postlist_begin(name); it != end; ++it)
            if (!on_posting(context, *it, it.get_wdf()))
                break;
        return STATUS_OK;
    });
}

enum status engine_terms(struct engine_index *index, size_t segment,
                         struct text prefix, engine_term_fn *on_term,
                         void *context, struct error *err)
{
    enum status status = check_segment(*index, segment, err);
    if (status || (prefix.len > 0 && !engine::is_term(prefix)))
        return status;
    return guarded(err, [&] {
        const Xapian::Database &db = index->parts[segment].files.db;
        std::string start = engine::to_string(prefix);
        auto end = db.allterms_end(start);
        for (auto it = db.allterms_begin(start); it != end; ++it) {
            const std::string &term = *it;
            if (!on_term(context, text_make(term.data(), term.size()),
                         it.get_termfreq()))
                break;
        }
        return STATUS_OK;
    });
}
