#include "indexer/tables_best.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/strbuf.h"
#include "indexer/folder.h"

enum {
    PATH_SIZE = 4096,
    MEMORY = 1 << 20,
    DOCUMENTS = 2,
    LONG_DATA = 20000, /* bytes: more than one item */
    DATA_MAX = 2 * LONG_DATA
};

/* --- two documents ------------------------------------------------------- */

/* As a value, long enough to be deflated. */
#define LONG_NAME "wire wire wire wire wire wire wire wire wire wire wire wire"

struct probe {
    char path[PATH_SIZE];
    char data[LONG_DATA];
    struct document documents[DOCUMENTS];
};

static const struct document_term terms[DOCUMENTS][2] = {
    {{{"Qfirst", 6}, 0}, {{"probe", 5}, 3}},
    {{{"Qsecond", 7}, 0}, {{"probe", 5}, 1}},
};

static void make(struct probe *p)
{
    for (size_t i = 0; i < sizeof p->data; i++)
        p->data[i] = (char)(' ' + (i * i + i / 90) % 90);
    for (unsigned i = 0; i < DOCUMENTS; i++)
        p->documents[i] = (struct document){
            .terms = terms[i], .term_count = 2, .data = {p->data, 100}};
    p->documents[0].values[SLOT_SOURCE] = text_from(LONG_NAME);
    p->documents[1].data.len = sizeof p->data;
}

static enum status write_probe(const struct probe *p,
                               const struct tables_format *format,
                               struct error *err)
{
    struct manifest_segment segment = {.name = "probe"};
    struct tables *t = NULL;
    enum status status = format->open(&t, p->path, MEMORY, err);
    if (status != STATUS_OK)
        return status;
    for (unsigned i = 0; i < DOCUMENTS && status == STATUS_OK; i++)
        status = t->format->add(t, &p->documents[i], err);
    if (status == STATUS_OK)
        status = t->format->finish(t, &segment, err);
    t->format->free(t);
    return status;
}

/* --- reading them back --------------------------------------------------- */

struct postings {
    uint32_t count, docids, occurrences; /* the latter two are sums */
};

static bool add_up(void *context, uint32_t docid, uint32_t occurrences)
{
    struct postings *p = context;
    p->count++;
    p->docids += docid;
    p->occurrences += occurrences;
    return true;
}

static enum status wrong(struct error *err, const char *what)
{
    return error_set(err, STATUS_CORRUPT, "it reads other %s", what);
}

static enum status read_postings(struct engine_index *index, struct error *err)
{
    struct postings both = {0}, one = {0};
    enum status status =
        engine_postings(index, 0, terms[0][1].term, add_up, &both, err);
    if (status == STATUS_OK)
        status = engine_postings(index, 0, terms[1][0].term, add_up, &one, err);
    if (status != STATUS_OK)
        return status;
    bool right = both.count == 2 && both.docids == 3 && both.occurrences == 4 &&
                 one.count == 1 && one.docids == 2 && one.occurrences == 0;
    return right ? STATUS_OK : wrong(err, "postings");
}

static enum status read_document(struct engine_index *index, uint32_t docid,
                                 const struct document *d, struct error *err)
{
    AUTO_DONE(strbuf) data = STRBUF_INIT(DATA_MAX);
    AUTO_DONE(strbuf) value = STRBUF_INIT(DATA_MAX);
    const struct engine_document document = {0, docid};
    enum status status = engine_document_data(index, document, &data, err);
    if (status == STATUS_OK)
        status =
            engine_document_value(index, document, SLOT_SOURCE, &value, err);
    if (status != STATUS_OK)
        return status;
    if (!text_starts_with(strbuf_text(&data), d->data))
        return wrong(err, "data");
    return text_equal(strbuf_text(&value), d->values[SLOT_SOURCE])
               ? STATUS_OK
               : wrong(err, "values");
}

static enum status read_probe(const struct probe *p, struct error *err)
{
    AUTO(engine_index) index = NULL;
    const struct engine_segment segment = {.path = p->path};
    enum status status = engine_index_open(&index, &segment, 1, err);
    if (status != STATUS_OK)
        return status;
    if (engine_index_last_docid(index, 0) != DOCUMENTS)
        return wrong(err, "documents");
    status = read_postings(index, err);
    for (uint32_t i = 0; i < DOCUMENTS && status == STATUS_OK; i++)
        status = read_document(index, i + 1, &p->documents[i], err);
    return status;
}

/* --- choosing ------------------------------------------------------------ */

enum status tables_best_choose(struct tables_choice *out,
                               const struct tables_format *first,
                               const char *folder, struct error *err)
{
    struct probe probe;
    struct error obstacle = ERROR_NONE, ignored = ERROR_NONE;
    snprintf(probe.path, sizeof probe.path, "%s/probe", folder);
    make(&probe);
    enum status status = folder_make(probe.path, err);
    if (status != STATUS_OK)
        return status;
    status = write_probe(&probe, first, err);
    if (status == STATUS_OK && read_probe(&probe, &obstacle) == STATUS_OK)
        obstacle = (struct error)ERROR_NONE;
    enum status removed =
        folder_remove(probe.path, status == STATUS_OK ? err : &ignored);
    if (status != STATUS_OK || removed != STATUS_OK)
        return status != STATUS_OK ? status : removed;
    *out = (struct tables_choice){
        obstacle.status == STATUS_OK ? first : &tables_api, obstacle};
    return STATUS_OK;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct tables_choice choice; /* guarded; no format: not made yet */

static enum status best_open(struct tables **out, const char *path,
                             size_t memory, struct error *err)
{
    enum status status = STATUS_OK;
    pthread_mutex_lock(&mutex);
    if (!choice.format)
        status = tables_best_choose(&choice, &tables_glass, path, err);
    const struct tables_format *format = choice.format;
    pthread_mutex_unlock(&mutex);
    return status == STATUS_OK ? format->open(out, path, memory, err) : status;
}

struct error tables_best_obstacle(void)
{
    pthread_mutex_lock(&mutex);
    const struct error obstacle = choice.obstacle;
    pthread_mutex_unlock(&mutex);
    return obstacle;
}

/* The tables it opens are of the format chosen: the rest is theirs. */
const struct tables_format tables_best = {
    .name = "best", .takes_deflated = true, .open = best_open};
