/* Tables of queries with their trees, or with their faults. Included by tests
 * only, once each. */
#ifndef TESTS_SEARCHER_QUERY_ROWS_H
#define TESTS_SEARCHER_QUERY_ROWS_H

#include <criterion/criterion.h>

#include "common/strbuf.h"
#include "searcher/query.h"

/* The tree of a query that must parse, in a buffer of the caller. */
static const char *tree(struct text text, struct strbuf *out)
{
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    strbuf_reset(out);
    if (query_parse(&q, text, &err))
        strbuf_append_format(out, "%zu: %s", err.offset, err.message);
    else
        query_print(q->root, out);
    return strbuf_string(out);
}

struct tree_row {
    const char *query, *tree;
};

static void check_trees(const struct tree_row *rows, size_t count)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(100000);
    for (size_t i = 0; i < count; i++)
        cr_expect_str_eq(tree(text_from(rows[i].query), &out), rows[i].tree,
                         "%s\n  gave     %s\n  expected %s", rows[i].query,
                         strbuf_string(&out), rows[i].tree);
}

#define CHECK_TREES(rows) check_trees(rows, sizeof(rows) / sizeof *(rows))

struct error_row {
    const char *query;
    size_t offset;
    const char *message; /* how it begins */
};

static void check_errors(const struct error_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct error err = ERROR_NONE;
        struct query *q = NULL;
        enum status status = query_parse(&q, text_from(rows[i].query), &err);
        cr_expect_eq(status, STATUS_QUERY, "%.200s parsed", rows[i].query);
        cr_expect_eq(err.status, status);
        cr_expect_null(q);
        cr_expect_eq(err.offset, rows[i].offset, "%.200s: at %zu, not %zu",
                     rows[i].query, err.offset, rows[i].offset);
        cr_expect(text_starts_with(text_from(err.message),
                                   text_from(rows[i].message)),
                  "%.200s: %s", rows[i].query, err.message);
    }
}

#define CHECK_ERRORS(rows) check_errors(rows, sizeof(rows) / sizeof *(rows))

#endif
