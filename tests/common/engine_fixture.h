/* Building and opening segments in the engine's tests; every failure ends the
 * test. */
#ifndef TESTS_COMMON_ENGINE_FIXTURE_H
#define TESTS_COMMON_ENGINE_FIXTURE_H

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/engine/query.h"
#include "common/engine/search.h"
#include "common/engine/writer.h"
#include "tests/support/expect_ok.h"
#include "tests/support/tempdir.h"

enum { TIME_SLOT = 3 };

#define FAILS(expected, call)                                                  \
    do {                                                                       \
        struct error err = ERROR_NONE;                                         \
        enum status got_ = (call);                                             \
        cr_assert_eq(got_, (expected), "%s instead of %s: %s",                 \
                     status_name(got_), status_name(expected), err.message);   \
        cr_assert_eq(err.status, (expected));                                  \
        cr_assert_neq(err.message[0], '\0');                                   \
    } while (0)

/* DIR/NAME in a static buffer; there are 32 in turn. */
static inline const char *fixture_path(const char *dir, const char *name)
{
    static char paths[32][4096];
    static unsigned next;
    char *path = paths[next++ % 32];
    snprintf(path, sizeof paths[0], "%s/%s", dir, name);
    return path;
}

static inline struct engine_writer *fixture_writer(const char *path)
{
    struct engine_writer *w = NULL;
    OK(engine_writer_create(&w, path, &err));
    return w;
}

/* `words` are separated by single blanks; NAN is no time. */
static inline uint32_t fixture_add(struct engine_writer *w, const char *words,
                                   double time, const char *data)
{
    struct text rest = text_from(words), word;
    while (text_split(&rest, ' ', &word))
        if (word.len > 0)
            OK(engine_writer_term(w, word, 1, &err));
    if (!isnan(time)) {
        char packed[ENGINE_NUMBER_MAX];
        size_t len = engine_number_pack(time, packed);
        OK(engine_writer_value(w, TIME_SLOT, text_make(packed, len), &err));
    }
    OK(engine_writer_data(w, text_from(data), &err));
    uint32_t docid = 0;
    OK(engine_writer_end(w, &docid, &err));
    return docid;
}

static inline void fixture_commit(struct engine_writer *w)
{
    OK(engine_writer_commit(w, &err));
    engine_writer_free(w);
}

static inline struct engine_index *fixture_open(const char *path)
{
    struct engine_segment segment = {path, NULL, 0};
    struct engine_index *index = NULL;
    OK(engine_index_open(&index, &segment, 1, &err));
    return index;
}

/* The document's data, to be freed. */
static inline char *fixture_data(struct engine_index *index, size_t segment,
                                 uint32_t docid)
{
    struct strbuf out = STRBUF_INIT(1 << 24);
    struct engine_document document = {segment, docid};
    OK(engine_document_data(index, document, &out, &err));
    strbuf_append_string(&out, "");
    return out.ptr;
}

static inline struct engine_query *fixture_term(const char *word)
{
    return engine_query_term(text_from(word), 1);
}

static inline struct engine_query *fixture_pair(enum engine_operator op,
                                                struct engine_query *a,
                                                struct engine_query *b)
{
    struct engine_query *parts[] = {a, b};
    return engine_query_combine(op, parts, 2);
}

/* All hits with an exact total; frees the query. */
static inline struct engine_hits fixture_all(struct engine_index *index,
                                             struct engine_query *q)
{
    struct engine_request request = {
        .query = q, .count = SIZE_MAX, .check_at_least = UINT32_MAX};
    struct engine_hits hits = {0};
    OK(engine_search(&hits, index, &request, &err));
    engine_query_free(q);
    return hits;
}

static inline size_t fixture_count(struct engine_index *index,
                                   struct engine_query *q)
{
    struct engine_hits hits = fixture_all(index, q);
    size_t count = hits.count;
    cr_assert_eq(count, hits.total_estimated);
    engine_hits_done(&hits);
    return count;
}

/* Writes a table with some bytes changed, mostly in the blocks' headers and
 * directories, and cut somewhere if so wanted. */
static inline void fixture_damage(const char *file, const char *bytes,
                                  size_t len, bool cut)
{
    char *damaged = malloc(len);
    memcpy(damaged, bytes, len);
    for (int i = rand() % 20; i >= 0; i--) {
        size_t at = (size_t)rand() % (len / 8192) * 8192;
        at += (size_t)rand() % (rand() % 4 ? 60 : 8192);
        damaged[at] = (char)rand();
    }
    tempdir_write(file, damaged, cut ? (size_t)rand() % (len + 1) : len);
    free(damaged);
}

#endif
