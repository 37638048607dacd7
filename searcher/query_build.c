#include "searcher/query_build.h"

#include <string.h>

#include "common/strbuf.h"
#include "searcher/query_lexer.h"

/* Both readings must fit in an error's message. */
enum { READING_MAX = 95 };

struct query_node *query_build_node(struct arena *arena, enum query_kind kind)
{
    struct query_node *node = arena_zeroed(arena, 1, sizeof *node);
    node->kind = kind;
    return node;
}

void query_build_children(struct arena *arena, struct query_node *node,
                          struct query_node *const *children, size_t count)
{
    node->children = arena_zeroed(arena, count, sizeof *node->children);
    memcpy(node->children, children, count * sizeof *children);
    node->child_count = count;
}

/* --- AND and OR mixed: the two readings, ready to copy ------------------- */

static bool is_or(const struct query_operand *o)
{
    return o->connector == QUERY_TYPED_OR;
}

/* Operands `from` to `to` - 1 with parentheses around the runs that are
 * connected by OR (`or_first`) or by AND. */
static void write_reading(const struct query_level *level, size_t from,
                          size_t to, bool or_first, struct strbuf *out)
{
    static const char *const typed[] = {
        [QUERY_IMPLIED_AND] = " ",
        [QUERY_TYPED_AND] = " AND ",
        [QUERY_TYPED_OR] = " OR ",
    };
    const struct query_operand *o = level->operands;
    for (size_t i = from; i < to; i++) {
        bool joins_left = i > from && is_or(&o[i]) == or_first;
        bool joins_right = i + 1 < to && is_or(&o[i + 1]) == or_first;
        if (i > from)
            strbuf_append_string(out, typed[o[i].connector]);
        if (joins_right && !joins_left)
            strbuf_append_char(out, '(');
        query_lexer_squeeze(
            text_slice(level->query, o[i].from, o[i].to - o[i].from), out);
        if (joins_left && !joins_right)
            strbuf_append_char(out, ')');
    }
}

/* The whole query, first as AND binding before OR, then the other way. */
static void write_readings(const struct query_level *level)
{
    const size_t from = level->operands[0].from;
    const size_t to = level->operands[level->count - 1].to;
    for (int i = 0; i < 2 && level->readings; i++) {
        struct strbuf *out = &level->readings[i];
        strbuf_append(out, text_slice(level->query, 0, from));
        write_reading(level, 0, level->count, i == 1, out);
        strbuf_append(out, text_slice(level->query, to, level->query.len));
    }
}

/* `at`: the first operand whose connector differs from the ones before. Spells
 * out the whole level, or, where that is too long, the three operands around
 * the place, or else says it without them. */
static enum status refuse_mixed(const struct query_level *level, size_t at,
                                struct error *err)
{
    const size_t from[] = {0, at - 2}, to[] = {level->count, at + 1};
    write_readings(level);
    for (int i = 0; i < 2; i++) {
        AUTO_DONE(strbuf) and_first = STRBUF_INIT(READING_MAX);
        AUTO_DONE(strbuf) or_first = STRBUF_INIT(READING_MAX);
        write_reading(level, from[i], to[i], false, &and_first);
        write_reading(level, from[i], to[i], true, &or_first);
        if (and_first.overflowed || or_first.overflowed)
            continue;
        return error_set_at(
            err, STATUS_QUERY, level->operands[at].connector_offset,
            "AND and OR are mixed: write '%s' or '%s'",
            strbuf_string(&and_first), strbuf_string(&or_first));
    }
    return error_set_at(err, STATUS_QUERY, level->operands[at].connector_offset,
                        "AND (also the one between words) and OR are mixed: "
                        "put parentheses around what belongs together");
}

enum status query_build_refuse_chain(const struct query_chain *chain,
                                     struct error *err)
{
    const struct text parts[] = {chain->first, chain->first_op, chain->second,
                                 chain->second_op, chain->third};
    static const char *const before[2][5] = {{"(", " ", " ", " ", " "},
                                             {"", " ", " (", " ", " "}};
    static const char *const behind[2][5] = {{"", "", ")", "", ""},
                                             {"", "", "", "", ")"}};
    AUTO_DONE(strbuf) left = STRBUF_INIT(READING_MAX);
    AUTO_DONE(strbuf) right = STRBUF_INIT(READING_MAX);
    for (int i = 0; i < 5; i++) {
        strbuf_append_string(&left, before[0][i]);
        query_lexer_squeeze(parts[i], &left);
        strbuf_append_string(&left, behind[0][i]);
        strbuf_append_string(&right, before[1][i]);
        query_lexer_squeeze(parts[i], &right);
        strbuf_append_string(&right, behind[1][i]);
    }
    if (left.overflowed || right.overflowed)
        return error_set_at(err, STATUS_QUERY, chain->offset,
                            "a second '%.*s': put parentheses around what "
                            "belongs together",
                            TEXT_ARG(chain->second_op));
    return error_set_at(err, STATUS_QUERY, chain->offset,
                        "a second '%.*s': write '%s' or '%s'",
                        TEXT_ARG(chain->second_op), strbuf_string(&left),
                        strbuf_string(&right));
}

/* --- canonical AND and OR ------------------------------------------------ */

/* Everything but: (AND * children). */
static struct query_node *exclude_from_all(struct arena *arena,
                                           struct query_node *child)
{
    struct query_node *all = query_build_node(arena, QUERY_ALL);
    all->offset = child->offset;
    struct query_node *node = query_build_node(arena, QUERY_AND);
    query_build_children(arena, node, (struct query_node *[]){all, child}, 2);
    node->offset = child->offset;
    node->length = child->length;
    return node;
}

/* The nodes below `kind`, nested ones of the same kind flattened; `out` NULL
 * counts them. An AND does without its *. */
static size_t flatten(const struct query_level *level, enum query_kind kind,
                      struct query_node **out)
{
    size_t count = 0;
    for (size_t i = 0; i < level->count; i++) {
        struct query_node *node = level->operands[i].node;
        bool same = node->kind == kind;
        size_t parts = same ? node->child_count : 1;
        for (size_t part = 0; part < parts; part++) {
            struct query_node *each = same ? node->children[part] : node;
            if (kind == QUERY_AND && each->kind == QUERY_ALL)
                continue;
            if (out)
                out[count] = each;
            count++;
        }
    }
    return count;
}

static struct query_node *build_and(struct arena *arena,
                                    const struct query_level *level)
{
    size_t count = flatten(level, QUERY_AND, NULL);
    struct query_node **children =
        arena_zeroed(arena, count + 1, sizeof *children);
    flatten(level, QUERY_AND, children + 1);
    size_t negative = 0;
    for (size_t i = 1; i <= count; i++)
        negative += children[i]->kind == QUERY_NOT;
    struct query_node *node = query_build_node(arena, QUERY_AND);
    node->children = children + 1;
    node->child_count = count;
    if (count == negative) {
        children[0] = query_build_node(arena, QUERY_ALL);
        children[0]->offset = level->operands[0].from;
        node->children = children;
        node->child_count = count + 1;
    }
    return node->child_count == 1 ? node->children[0] : node;
}

static struct query_node *build_or(struct arena *arena,
                                   const struct query_level *level)
{
    size_t count = flatten(level, QUERY_OR, NULL);
    struct query_node *node = query_build_node(arena, QUERY_OR);
    node->children = arena_zeroed(arena, count, sizeof *node->children);
    node->child_count = flatten(level, QUERY_OR, node->children);
    for (size_t i = 0; i < count; i++)
        if (node->children[i]->kind == QUERY_NOT)
            node->children[i] = exclude_from_all(arena, node->children[i]);
    return node;
}

enum status query_build_level(struct arena *arena,
                              const struct query_level *level,
                              struct query_node **out, struct error *err)
{
    const struct query_operand *o = level->operands;
    for (size_t i = 2; i < level->count; i++)
        if (is_or(&o[i]) != is_or(&o[i - 1]))
            return refuse_mixed(level, i, err);
    if (level->count == 1) {
        *out = o[0].node->kind == QUERY_NOT ? exclude_from_all(arena, o[0].node)
                                            : o[0].node;
        return STATUS_OK;
    }
    struct query_node *node =
        is_or(&o[1]) ? build_or(arena, level) : build_and(arena, level);
    if (node->child_count > 0) {
        node->offset = o[0].from;
        node->length = o[level->count - 1].to - o[0].from;
    }
    *out = node;
    return STATUS_OK;
}
