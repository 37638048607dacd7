/* Any bytes as a query: refused with a place in the query and a message, or
 * parsed to a tree that survives being written and parsed again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/strbuf.h"
#include "searcher/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was written may be longer and deeper, and so beyond the limits, than
 * what was typed; not for short queries. */
enum { SIZE_WRITTEN_MAX = 190 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void print_tree(struct text text, struct strbuf *tree,
                       struct strbuf *written)
{
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    require(query_parse(&q, text, &err) == STATUS_OK);
    query_print(q->root, tree);
    query_write(q->root, written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text text = {(const char *)data, size};
    struct error err = ERROR_NONE;
    AUTO(query) q = NULL;
    AUTO_DONE(strbuf) tree = STRBUF_INIT(64 << 20);
    AUTO_DONE(strbuf) written = STRBUF_INIT(64 << 20);
    AUTO_DONE(strbuf) tree_again = STRBUF_INIT(64 << 20);
    AUTO_DONE(strbuf) written_again = STRBUF_INIT(64 << 20);
    if (query_parse(&q, text, &err)) {
        require(err.status == STATUS_QUERY && err.offset <= size);
        query_print_error(text, &err, &tree);
        return 0;
    }
    print_tree(text, &tree, &written);
    if (size > SIZE_WRITTEN_MAX)
        return 0;
    print_tree(strbuf_text(&written), &tree_again, &written_again);
    require(text_equal(strbuf_text(&tree), strbuf_text(&tree_again)));
    require(text_equal(strbuf_text(&written), strbuf_text(&written_again)));
    return 0;
}
