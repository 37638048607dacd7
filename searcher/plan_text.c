#include "searcher/plan_text.h"

#include "common/fields.h"
#include "common/strbuf.h"
#include "searcher/expansion.h"

enum { TERM_MAX = 1024 };

bool plan_text_takes(const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_NEAR:
    case QUERY_PRE:
    case QUERY_SENTENCE:
    case QUERY_PARAGRAPH:
    case QUERY_ATLEAST:
    case QUERY_FIRST:
    case QUERY_WILDCARD:
    case QUERY_FUZZY:
    case QUERY_CAPS:
        return true;
    default:
        return false;
    }
}

static bool is_of_text(const struct query_node *node)
{
    return node->field == FIELD_ANY || node->field == FIELD_TITLE;
}

/* --- words that stand for words ------------------------------------------- */

static struct planned_leaf any_of(const struct leaf_planner *p,
                                  const struct expansion *words,
                                  enum field field)
{
    const char *prefix = field == FIELD_TITLE ? fields[field].prefix : "";
    struct engine_query **parts =
        arena_zeroed(p->arena, words->count, sizeof *parts);
    struct matcher *matchers =
        arena_zeroed(p->arena, words->count, sizeof *matchers);
    struct planned_leaf leaf = {.term = {"", 0}};
    for (size_t i = 0; i < words->count; i++) {
        struct text term = plan_leaf_term(p->arena, prefix, words->words[i]);
        parts[i] = engine_query_term(term, 1);
        matchers[i] = (struct matcher){MATCHER_WORD, words->words[i]};
        if (i == 0)
            leaf.term = term;
    }
    leaf.query = words->count > 0
                     ? engine_query_combine(ENGINE_SYNONYM, parts, words->count)
                     : engine_query_nothing();
    leaf.condition = condition_word(p->arena, matchers, words->count);
    if (field == FIELD_TITLE)
        leaf.condition =
            condition_group(p->arena, CONDITION_TITLE, 0, &leaf.condition, 1);
    return leaf;
}

static enum status plan_expansion(struct planned_leaf *out,
                                  const struct leaf_planner *p,
                                  const struct archive *archive,
                                  const struct query_node *node,
                                  struct error *err)
{
    AUTO_DONE(strbuf) folded = STRBUF_INIT(1 << 20);
    struct expansion words;
    analyzer_fold_value(node->text, &folded);
    struct text pattern = arena_text(p->arena, strbuf_text(&folded));
    const struct expansion_variants variants = {pattern, node->number};
    enum status status =
        node->kind == QUERY_WILDCARD
            ? expansion_wildcard(&words, archive, pattern, p->arena, err)
            : expansion_fuzzy(&words, archive, &variants, p->arena, err);
    if (status != STATUS_OK) {
        err->offset = node->offset;
        return error_prefix(err, "'%.*s'", TEXT_ARG(node->text));
    }
    *out = any_of(p, &words, node->field);
    return STATUS_OK;
}

static struct planned_leaf plan_capitals(const struct leaf_planner *p,
                                         const struct query_node *node)
{
    struct words words = words_analyze(p->analyzer, node->text, p->arena);
    if (words.count != 1)
        return (struct planned_leaf){0};
    AUTO_DONE(strbuf) caps = STRBUF_INIT(TERM_MAX);
    const struct lexeme lexeme = {.word = words.parts[0].word};
    analyzer_caps_form(&lexeme, &caps);
    const struct matcher matcher = {MATCHER_CAPS, words.parts[0].word};
    struct planned_leaf leaf = {
        .term = plan_leaf_term(p->arena, PREFIX_CAPS, strbuf_text(&caps)),
        .condition = condition_word(p->arena, &matcher, 1),
    };
    leaf.query = engine_query_term(leaf.term, 1);
    if (node->field == FIELD_TITLE) {
        leaf.condition =
            condition_group(p->arena, CONDITION_TITLE, 0, &leaf.condition, 1);
        leaf.check = LEAF_NEEDS_CHECK;
    }
    return leaf;
}

/* --- positions ------------------------------------------------------------ */

static enum condition_kind condition_of(const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_NEAR:
        return CONDITION_NEAR;
    case QUERY_PRE:
        return CONDITION_BEFORE;
    case QUERY_SENTENCE:
        return CONDITION_SENTENCE;
    case QUERY_PARAGRAPH:
        return CONDITION_PARAGRAPH;
    case QUERY_ATLEAST:
        return CONDITION_ATLEAST;
    case QUERY_FIRST:
        return CONDITION_LEAD;
    default:
        return CONDITION_OR;
    }
}

static enum status plan_part(struct planned_leaf *out,
                             const struct leaf_planner *p,
                             const struct archive *archive,
                             const struct query_node *node, struct error *err);

/* The children, of which the index says where they may be and the condition
 * where they are. */
static enum status plan_group(struct planned_leaf *out,
                              const struct leaf_planner *p,
                              const struct archive *archive,
                              const struct query_node *node, struct error *err)
{
    struct engine_query **parts =
        arena_zeroed(p->arena, node->child_count, sizeof *parts);
    const struct condition **steps =
        arena_zeroed(p->arena, node->child_count, sizeof *steps);
    size_t count = 0;
    struct text term = {"", 0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < node->child_count && status == STATUS_OK; i++) {
        struct planned_leaf part = {0};
        status = plan_part(&part, p, archive, node->children[i], err);
        if (status != STATUS_OK || !part.query)
            continue;
        parts[count] = part.query;
        steps[count++] = part.condition;
        if (term.len == 0)
            term = part.term;
    }
    if (status == STATUS_OK && count < node->child_count &&
        node->kind != QUERY_OR)
        status = error_set_at(err, STATUS_QUERY, node->offset,
                              "there is a part without a word in it");
    if (status != STATUS_OK) {
        for (size_t i = 0; i < count; i++)
            engine_query_free(parts[i]);
        return status;
    }
    if (count == 0)
        return STATUS_OK;
    enum engine_operator op = node->kind == QUERY_OR ? ENGINE_OR : ENGINE_AND;
    *out = (struct planned_leaf){
        .query = engine_query_combine(op, parts, count),
        .condition = condition_group(p->arena, condition_of(node),
                                     node->kind == QUERY_OR ? 0 : node->number,
                                     steps, count),
        .term = term,
    };
    return STATUS_OK;
}

static enum status plan_part(struct planned_leaf *out,
                             const struct leaf_planner *p,
                             const struct archive *archive,
                             const struct query_node *node, struct error *err)
{
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        if (!is_of_text(node))
            return error_set_at(err, STATUS_QUERY, node->offset,
                                "'%s:' has no positions: expected words of "
                                "title and body",
                                fields[node->field].name);
        *out = plan_leaf(p, node);
        return STATUS_OK;
    case QUERY_WILDCARD:
    case QUERY_FUZZY:
        return plan_expansion(out, p, archive, node, err);
    case QUERY_CAPS:
        *out = plan_capitals(p, node);
        return STATUS_OK;
    default:
        return plan_group(out, p, archive, node, err);
    }
}

enum status plan_text(struct planned_leaf *out,
                      const struct leaf_planner *planner,
                      const struct archive *archive,
                      const struct query_node *node, struct error *err)
{
    struct planned_leaf leaf = {0};
    enum status status = plan_part(&leaf, planner, archive, node, err);
    if (status != STATUS_OK)
        return status;
    if (node->kind != QUERY_WILDCARD && node->kind != QUERY_FUZZY &&
        node->kind != QUERY_CAPS)
        leaf.check = LEAF_NEEDS_CHECK;
    *out = leaf;
    return STATUS_OK;
}
