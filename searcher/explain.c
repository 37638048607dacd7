#include "searcher/explain.h"

#include "common/strbuf.h"
#include "common/terminal.h"

enum { EXPLANATION_MAX = 1 << 24 };

static void explain_leaf(const struct plan_leaf *leaf, struct strbuf *out)
{
    strbuf_append_string(out, "  ");
    query_print(leaf->node, out);
    strbuf_append_string(out, ": term ");
    terminal_append(out, leaf->term, TERMINAL_ONE_LINE);
    strbuf_append_format(out, " in %u article%s", leaf->frequency,
                         leaf->frequency == 1 ? "" : "s");
    if (leaf->condition && leaf->condition->kind != CONDITION_WORD) {
        strbuf_append_string(out, ", checked by ");
        condition_print(leaf->condition, out);
    }
    strbuf_append_char(out, '\n');
}

enum status explain_query(const struct query *query, const struct plan *plan,
                          FILE *out, struct error *err)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(EXPLANATION_MAX);
    size_t count;
    const struct plan_leaf *leaves = plan_leaves(plan, &count);
    strbuf_append_string(&text, "query  ");
    query_print(query->root, &text);
    strbuf_append_string(&text, "\nleaves\n");
    for (size_t i = 0; i < count; i++)
        explain_leaf(&leaves[i], &text);
    strbuf_append_string(&text, "engine ");
    engine_query_describe(plan_query(plan), &text);
    strbuf_append_char(&text, '\n');
    if (fwrite(text.ptr, 1, text.len, out) != text.len || fflush(out) != 0)
        return error_io(err, "write", "stdout");
    return STATUS_OK;
}
