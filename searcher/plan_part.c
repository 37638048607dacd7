#include "searcher/plan_part.h"

#include "searcher/stopwords.h"
#include "searcher/words.h"

bool plan_part_is_text(const struct query_node *node)
{
    return node->field == FIELD_ANY || node->field == FIELD_TITLE;
}

bool plan_part_is_stop_word(const struct query_node *node,
                            struct analyzer *analyzer, struct arena *arena)
{
    if (node->kind != QUERY_WORD || node->quoted || !plan_part_is_text(node))
        return false;
    struct words words = words_analyze(analyzer, node->text, arena);
    return words.count == 1 && !words_is_dotted_capitals(&words.parts[0]) &&
           stopwords_contains(stopwords_of(analyzer_language(analyzer)),
                              words.parts[0].word);
}

bool plan_part_asks_for_words(const struct query_node *node,
                              struct analyzer *analyzer, struct arena *arena)
{
    if (node->kind == QUERY_WORD || node->kind == QUERY_PHRASE)
        return plan_part_is_text(node) &&
               words_analyze(analyzer, node->text, arena).count > 0;
    if (node->kind == QUERY_WILDCARD || node->kind == QUERY_FUZZY ||
        node->kind == QUERY_CAPS)
        return plan_part_is_text(node);
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i]->kind != QUERY_NOT &&
            plan_part_asks_for_words(node->children[i], analyzer, arena))
            return true;
    return false;
}

bool plan_part_has_other_words(const struct query_node *and_node,
                               struct analyzer *analyzer, struct arena *arena)
{
    for (size_t i = 0; i < and_node->child_count; i++) {
        const struct query_node *part = and_node->children[i];
        if (part->kind != QUERY_NOT &&
            !plan_part_is_stop_word(part, analyzer, arena) &&
            plan_part_asks_for_words(part, analyzer, arena))
            return true;
    }
    return false;
}
