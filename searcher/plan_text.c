#include "searcher/plan_text.h"

#include "common/character.h"
#include "common/fields.h"
#include "common/strbuf.h"
#include "common/utf8.h"
#include "searcher/expansion.h"

enum {
    SHOWN_MAX = 100,   /* bytes of a word in a message */
    CHARACTER_MAX = 32 /* bytes of a character with its marks */
};

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

/* --- words that stand for words ------------------------------------------- */

/* In a name they are one of its words, which has no weight. */
static struct engine_query *either(struct engine_query **parts, size_t count,
                                   bool is_text)
{
    if (count == 0)
        return engine_query_nothing();
    struct engine_query *any =
        engine_query_combine(ENGINE_SYNONYM, parts, count);
    return is_text ? any : engine_query_scale(any, 0);
}

static struct planned_leaf any_of(const struct leaf_planner *p,
                                  const struct expansion *words,
                                  enum field field)
{
    struct engine_query **parts =
        arena_zeroed(p->arena, words->count, sizeof *parts);
    struct matcher *matchers =
        arena_zeroed(p->arena, words->count, sizeof *matchers);
    struct planned_leaf leaf = {.term = {"", 0}};
    for (size_t i = 0; i < words->count; i++) {
        struct text term =
            plan_leaf_term(p->arena, fields[field].prefix, words->words[i]);
        parts[i] = engine_query_term(term, 1);
        matchers[i] = (struct matcher){MATCHER_WORD, words->words[i]};
        if (i == 0)
            leaf.term = term;
    }
    bool is_text = field == FIELD_ANY || field == FIELD_TITLE;
    leaf.query = either(parts, words->count, is_text);
    if (is_text)
        leaf.condition = condition_word(p->arena, matchers, words->count);
    if (field == FIELD_TITLE)
        leaf.condition =
            condition_group(p->arena, CONDITION_TITLE, 0, &leaf.condition, 1);
    return leaf;
}

bool plan_text_is_character(const struct leaf_planner *p,
                            const struct query_node *node)
{
    if (node->kind != QUERY_WORD || fields[node->field].kind != FIELD_WORDS ||
        node->text.len > CHARACTER_MAX)
        return false;
    struct words words = words_analyze(p->analyzer, node->text, p->arena);
    if (words.count != 1)
        return false;
    const struct text word = words.parts[0].word;
    size_t characters = 0, length;
    for (size_t at = 0; at < word.len; at += length) {
        if (character_at(word, at, &length) != CHARACTER_CJK)
            return false;
        characters += !character_extends_cjk(utf8_decode(word, at, &length));
    }
    return characters == 1;
}

static enum status plan_character(struct planned_leaf *out,
                                  const struct leaf_planner *p,
                                  const struct query_node *node,
                                  struct error *err)
{
    const struct expansion_source source = {p->archive, node->field, p->arena};
    struct expansion words;
    AUTO_DONE(strbuf) pattern = STRBUF_INIT(4 * CHARACTER_MAX);
    strbuf_append_char(&pattern, '*');
    strbuf_append(
        &pattern,
        words_analyze(p->analyzer, node->text, p->arena).parts[0].word);
    strbuf_append_char(&pattern, '*');
    enum status status =
        expansion_wildcard(&words, &source, strbuf_text(&pattern), err);
    if (status != STATUS_OK) {
        err->offset = node->offset;
        return error_prefix(err, "'%.*s'", TEXT_ARG(node->text));
    }
    *out = any_of(p, &words, node->field);
    return STATUS_OK;
}

static enum status plan_expansion(struct planned_leaf *out,
                                  const struct leaf_planner *p,
                                  const struct query_node *node,
                                  struct error *err)
{
    const struct expansion_source source = {p->archive, node->field, p->arena};
    struct expansion words;
    struct text pattern;
    if (!words_pattern(&pattern, p->analyzer, node->text, p->arena))
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "'%.*s' is not one word, but several or none: * ? "
                            "and ~ belong to a single one",
                            TEXT_ARG(text_slice(node->text, 0, SHOWN_MAX)));
    const struct expansion_variants variants = {pattern, node->number};
    enum status status = node->kind == QUERY_WILDCARD
                             ? expansion_wildcard(&words, &source, pattern, err)
                             : expansion_fuzzy(&words, &source, &variants, err);
    if (status != STATUS_OK) {
        err->offset = node->offset;
        return error_prefix(err, "'%.*s'",
                            TEXT_ARG(text_slice(node->text, 0, SHOWN_MAX)));
    }
    *out = any_of(p, &words, node->field);
    return STATUS_OK;
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

/* The index counts a word's mentions, if not those of words in capitals. */
static void narrow_by_mentions(struct planned_leaf *leaf, uint32_t least)
{
    const struct condition *word = leaf->condition->children[0];
    if (word->kind == CONDITION_WORD && word->matcher_count == 1 &&
        word->matchers[0].kind != MATCHER_CAPS)
        leaf->query = engine_query_at_least(leaf->query, least);
}

static enum status plan_part(struct planned_leaf *out,
                             const struct leaf_planner *p,
                             const struct query_node *node, struct error *err);

/* The children, of which the index says where they may be and the condition
 * where they are. */
static enum status plan_group(struct planned_leaf *out,
                              const struct leaf_planner *p,
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
        status = plan_part(&part, p, node->children[i], err);
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
    if (node->kind == QUERY_ATLEAST)
        narrow_by_mentions(out, node->number);
    return STATUS_OK;
}

static enum status plan_part(struct planned_leaf *out,
                             const struct leaf_planner *p,
                             const struct query_node *node, struct error *err)
{
    if (plan_text_is_character(p, node))
        return plan_character(out, p, node, err);
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
    case QUERY_CAPS:
        *out = plan_leaf(p, node);
        return STATUS_OK;
    case QUERY_WILDCARD:
    case QUERY_FUZZY:
        return plan_expansion(out, p, node, err);
    default:
        return plan_group(out, p, node, err);
    }
}

enum status plan_text(struct planned_leaf *out,
                      const struct leaf_planner *planner,
                      const struct query_node *node, struct error *err)
{
    struct planned_leaf leaf = {0};
    enum status status = plan_part(&leaf, planner, node, err);
    if (status != STATUS_OK)
        return status;
    if (node->child_count > 0)
        leaf.check = LEAF_NEEDS_CHECK;
    *out = leaf;
    return STATUS_OK;
}
