#include "searcher/explain.h"

#include <inttypes.h>

#include "common/json_writer.h"
#include "common/strbuf.h"
#include "common/terminal.h"
#include "searcher/explain_leaf.h"

enum { EXPLANATION_MAX = 1 << 28, WORDS_SHOWN = 100 };

#define SCHEMA "morgue.explain/1"

struct explaining {
    const struct explain_request *request;
    struct strbuf text;
    struct json_writer json;
    struct arena arena; /* of one leaf */
    struct error *err;
};

/* What has a count of its own. */
static bool is_counted(const struct query_node *node)
{
    return node->kind != QUERY_AND && node->kind != QUERY_OR &&
           node->kind != QUERY_NOT;
}

/* --- text ----------------------------------------------------------------- */

static void print_words(const struct explained *leaf, struct strbuf *out)
{
    if (leaf->word_count < 2)
        return;
    strbuf_append_string(out, " as");
    for (size_t i = 0; i < leaf->word_count && i < WORDS_SHOWN; i++) {
        strbuf_append_char(out, ' ');
        terminal_append(out, leaf->words[i], TERMINAL_ONE_LINE);
    }
    if (leaf->word_count > WORDS_SHOWN)
        strbuf_append_format(out, " and %zu more",
                             leaf->word_count - WORDS_SHOWN);
}

static void print_leaf(const struct query_node *node,
                       const struct explained *leaf, struct strbuf *out)
{
    strbuf_append_string(out, "  ");
    query_print(node, out);
    if (!leaf->has_words) {
        strbuf_append_string(out, ": no word in it\n");
        return;
    }
    strbuf_append_format(out, ": in %" PRIu64 " article%s", leaf->articles,
                         leaf->articles == 1 ? "" : "s");
    if (node->child_count == 0 && node->kind != QUERY_PHRASE)
        print_words(leaf, out);
    if (leaf->term.len > 0) {
        strbuf_append_string(out, "; term ");
        terminal_append(out, leaf->term, TERMINAL_ONE_LINE);
    }
    if (node->kind != QUERY_WILDCARD && node->kind != QUERY_FUZZY &&
        leaf->condition && leaf->condition->kind != CONDITION_WORD) {
        strbuf_append_string(out, ", checked by ");
        condition_print(leaf->condition, out);
    }
    strbuf_append_char(out, '\n');
}

static enum status text_of(struct explaining *e, const struct query_node *node)
{
    if (is_counted(node)) {
        struct explained leaf;
        arena_reset(&e->arena);
        enum status status =
            explain_leaf(&leaf, e->request, node, &e->arena, e->err);
        if (status != STATUS_OK)
            return status;
        print_leaf(node, &leaf, &e->text);
        plan_free(leaf.plan);
    }
    enum status status = STATUS_OK;
    for (size_t i = 0; i < node->child_count && status == STATUS_OK; i++)
        status = text_of(e, node->children[i]);
    return status;
}

static enum status explain_as_text(struct explaining *e)
{
    strbuf_append_string(&e->text, "query  ");
    query_print(e->request->query->root, &e->text);
    strbuf_append_string(&e->text, "\nleaves\n");
    enum status status = text_of(e, e->request->query->root);
    strbuf_append_string(&e->text, "engine ");
    engine_query_describe(plan_query(e->request->plan), &e->text);
    strbuf_append_char(&e->text, '\n');
    return status;
}

/* --- json ----------------------------------------------------------------- */

static const char *type_of(const struct query_node *node)
{
    static const char *const types[] = {[QUERY_ALL] = "all",
                                        [QUERY_WORD] = "word",
                                        [QUERY_PHRASE] = "phrase",
                                        [QUERY_AND] = "and",
                                        [QUERY_OR] = "or",
                                        [QUERY_NOT] = "not",
                                        [QUERY_NEAR] = "near",
                                        [QUERY_PRE] = "pre",
                                        [QUERY_SENTENCE] = "sentence",
                                        [QUERY_PARAGRAPH] = "paragraph",
                                        [QUERY_ATLEAST] = "atleast",
                                        [QUERY_FIRST] = "first",
                                        [QUERY_WILDCARD] = "wildcard",
                                        [QUERY_FUZZY] = "variants",
                                        [QUERY_CAPS] = "caps",
                                        [QUERY_DATE] = "date",
                                        [QUERY_LENGTH] = "length"};
    return types[node->kind];
}

static void put_text(struct json_writer *w, const char *key, struct text value)
{
    json_writer_key(w, key);
    json_writer_text(w, value);
}

static void put_node(struct json_writer *w, const struct query_node *node)
{
    AUTO_DONE(strbuf) printed = STRBUF_INIT(EXPLANATION_MAX);
    json_writer_key(w, "type");
    json_writer_string(w, type_of(node));
    if (node->child_count == 0) {
        query_print(node, &printed);
        put_text(w, "text", strbuf_text(&printed));
    } else if (node->number > 0) {
        json_writer_key(w, "number");
        json_writer_number(w, node->number);
    }
}

static enum status put_count(struct explaining *e,
                             const struct query_node *node)
{
    struct json_writer *w = &e->json;
    struct explained leaf;
    arena_reset(&e->arena);
    enum status status =
        explain_leaf(&leaf, e->request, node, &e->arena, e->err);
    if (status != STATUS_OK)
        return status;
    json_writer_key(w, "articles");
    json_writer_number(w, (int64_t)leaf.articles);
    if (!leaf.has_words) {
        json_writer_key(w, "ignored");
        json_writer_bool(w, true);
    }
    if (node->child_count == 0)
        json_writer_known_texts(w, "words", leaf.words, leaf.word_count);
    plan_free(leaf.plan);
    return STATUS_OK;
}

static enum status json_of(struct explaining *e, const struct query_node *node)
{
    struct json_writer *w = &e->json;
    enum status status = STATUS_OK;
    json_writer_object(w);
    put_node(w, node);
    if (is_counted(node))
        status = put_count(e, node);
    if (node->child_count > 0) {
        json_writer_key(w, "children");
        json_writer_array(w);
        for (size_t i = 0; i < node->child_count && status == STATUS_OK; i++)
            status = json_of(e, node->children[i]);
        json_writer_end_array(w);
    }
    json_writer_end_object(w);
    return status;
}

static enum status explain_as_json(struct explaining *e)
{
    struct json_writer *w = &e->json;
    AUTO_DONE(strbuf) engine = STRBUF_INIT(EXPLANATION_MAX);
    json_writer_init(w, &e->text);
    json_writer_object(w);
    put_text(w, "schema", text_from(SCHEMA));
    put_text(w, "query", e->request->query->text);
    json_writer_key(w, "tree");
    enum status status = json_of(e, e->request->query->root);
    engine_query_describe(plan_query(e->request->plan), &engine);
    put_text(w, "engine", strbuf_text(&engine));
    json_writer_end_object(w);
    strbuf_append_char(&e->text, '\n');
    return status;
}

enum status explain_query(const struct explain_request *request, FILE *out,
                          struct error *err)
{
    struct explaining e = {.request = request,
                           .text = STRBUF_INIT(EXPLANATION_MAX),
                           .arena = ARENA_INIT,
                           .err = err};
    enum status status = request->format == EXPLAIN_JSON ? explain_as_json(&e)
                                                         : explain_as_text(&e);
    if (status == STATUS_OK &&
        (fwrite(e.text.ptr, 1, e.text.len, out) != e.text.len ||
         fflush(out) != 0))
        status = error_io(err, "write", "stdout");
    strbuf_done(&e.text);
    arena_done(&e.arena);
    return status;
}
