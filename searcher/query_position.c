#include "searcher/query_position.h"

#include <utf8proc.h>

#include "searcher/query_build.h"

static bool is_word(const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
    case QUERY_WILDCARD:
    case QUERY_FUZZY:
    case QUERY_CAPS:
        return true;
    default:
        return false;
    }
}

/* Names are too short to have positions, exact values have no words. */
static bool is_of_text(const struct query_node *node)
{
    return node->field == FIELD_ANY || node->field == FIELD_TITLE;
}

static bool is_condition(const struct query_node *node)
{
    return node->kind == QUERY_NEAR || node->kind == QUERY_PRE ||
           node->kind == QUERY_SENTENCE || node->kind == QUERY_PARAGRAPH;
}

static enum status check(const struct query_node *node, struct text name,
                         bool conditions, enum field *field, struct error *err)
{
    if (is_word(node)) {
        if (*field == FIELD_COUNT)
            *field = node->field;
        if (!is_of_text(node))
            return error_set_at(err, STATUS_QUERY, node->offset,
                                "'%s:' has no positions for '%.*s'",
                                fields[node->field].name, TEXT_ARG(name));
        if (node->field == *field)
            return STATUS_OK;
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "'%.*s' connects different fields: expected the "
                            "same field, or none, throughout",
                            TEXT_ARG(name));
    }
    if (node->kind != QUERY_OR && !(conditions && is_condition(node)))
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "'%.*s' takes words, phrases%s: AND, NOT, * and "
                            "limits stand outside of it",
                            TEXT_ARG(name),
                            conditions ? ", ( .. OR .. ) and ( .. w/5 .. )"
                                       : " and OR");
    for (size_t i = 0; i < node->child_count; i++) {
        enum status status =
            check(node->children[i], name, conditions, field, err);
        if (status)
            return status;
    }
    return STATUS_OK;
}

enum status query_position_check(const struct query_node *node,
                                 struct text name, enum field *field,
                                 struct error *err)
{
    return check(node, name, true, field, err);
}

static struct query_node *wrap(struct arena *arena, enum query_kind kind,
                               struct query_node *child, uint32_t number)
{
    struct query_node *node = query_build_node(arena, kind);
    query_build_children(arena, node, &child, 1);
    node->number = number;
    node->offset = child->offset;
    node->length = child->length;
    return node;
}

enum status query_position_atleast(struct query_node **node,
                                   struct arena *arena, uint32_t number,
                                   struct error *err)
{
    enum field field = FIELD_COUNT;
    enum status status = check(*node, text_from("atleast"), false, &field, err);
    if (!status)
        *node = wrap(arena, QUERY_ATLEAST, *node, number);
    return status;
}

static bool is_connector(const struct query_node *node)
{
    return node->kind == QUERY_AND || node->kind == QUERY_OR ||
           node->kind == QUERY_NOT;
}

/* The * that a query of exclusions begins with. */
static bool is_leading_all(const struct query_node *parent, size_t child)
{
    return parent->kind == QUERY_AND && child == 0 &&
           parent->children[0]->kind == QUERY_ALL;
}

enum status query_position_first(struct query_node **node, struct arena *arena,
                                 uint32_t number, struct error *err)
{
    struct query_node *n = *node;
    if (is_connector(n)) {
        enum status status = STATUS_OK;
        for (size_t i = 0; i < n->child_count && !status; i++)
            if (!is_leading_all(n, i))
                status =
                    query_position_first(&n->children[i], arena, number, err);
        return status;
    }
    if (!is_word(n) && !is_condition(n))
        return error_set_at(err, STATUS_QUERY, n->offset,
                            "expected words, phrases and proximity within "
                            "lead( and first/n(");
    enum field field = FIELD_COUNT;
    enum status status =
        query_position_check(n, text_from("first/n"), &field, err);
    if (status)
        return status;
    if (field != FIELD_ANY)
        return error_set_at(err, STATUS_QUERY, n->offset,
                            "lead and first/n are of the body: expected no "
                            "'%s:' within them",
                            fields[field].name);
    *node = wrap(arena, QUERY_FIRST, n, number);
    return STATUS_OK;
}

/* Two capitals or more and no small letter. */
static bool in_capitals(struct text t)
{
    size_t capitals = 0;
    utf8proc_int32_t c;
    utf8proc_ssize_t length;
    for (size_t at = 0; at < t.len; at += (size_t)length) {
        length = utf8proc_iterate((const utf8proc_uint8_t *)t.ptr + at,
                                  (utf8proc_ssize_t)(t.len - at), &c);
        if (length <= 0 || utf8proc_category(c) == UTF8PROC_CATEGORY_LL)
            return false;
        capitals += utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
    }
    return capitals >= 2;
}

enum status query_position_caps(struct query_node *node, struct error *err)
{
    if (node->kind == QUERY_WORD && !node->quoted && is_of_text(node) &&
        in_capitals(node->text)) {
        node->kind = QUERY_CAPS;
        return STATUS_OK;
    }
    if (is_word(node) && !is_of_text(node))
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "only titles and bodies keep their capitals: "
                            "expected no '%s:' within 'caps('",
                            fields[node->field].name);
    if (!is_connector(node))
        return error_set_at(err, STATUS_QUERY, node->offset,
                            "expected words of two capitals or more within "
                            "'caps(', such as caps(US)");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < node->child_count && !status; i++)
        if (!is_leading_all(node, i))
            status = query_position_caps(node->children[i], err);
    return status;
}
