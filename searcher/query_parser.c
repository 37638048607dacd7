/* The grammar of queries, by recursive descent; docs/morgue-query.7 has it for
 * people.
 *
 *     level   = operand { [AND] operand } | operand { OR operand }
 *     operand = [NOT | -] ( primary | primary w/5 primary )
 *     primary = leaf | ( level ) | field: primary | function( level )
 *     leaf    = word | =word | "phrase" | * | wildcard | date: | length: ..
 *
 * Linear in the length of the query; recursion is bounded by DEPTH_MAX. The
 * operands of all open levels lie on one stack. */
#include "searcher/query.h"

#include <stdlib.h>

#include "common/arena.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/query_build.h"
#include "searcher/query_leaf.h"
#include "searcher/query_lexer.h"
#include "searcher/query_position.h"

enum { DEPTH_MAX = 200, TERMS_MAX = 10000 };

struct query_memory {
    struct arena arena;
};

struct parser {
    struct query_lexer lexer;
    struct query_token token; /* the one to be read next */
    size_t end;               /* of the one read last */
    struct arena *arena;
    struct error *err;
    size_t depth, terms;
    struct query_operand *operands;
    size_t operand_count, operand_capacity;
    struct strbuf *readings; /* as of struct query_level */
};

void query_free(struct query *q)
{
    if (!q)
        return;
    arena_done(&q->memory->arena);
    free(q->memory);
    free(q);
}

static enum status advance(struct parser *p)
{
    p->end = p->token.offset + p->token.length;
    return query_lexer_next(&p->lexer, &p->token, p->err);
}

static struct text source(const struct parser *p, const struct query_token *t)
{
    return text_slice(p->lexer.text, t->offset, t->length);
}

/* There is no operand where one is needed. `op`: the operator that needs it,
 * or NULL. */
static enum status no_operand(struct parser *p, const struct query_token *op)
{
    const struct query_token *t = &p->token;
    bool negates_twice =
        op && (op->kind == QUERY_TOKEN_NOT || op->kind == QUERY_TOKEN_MINUS) &&
        (t->kind == QUERY_TOKEN_NOT || t->kind == QUERY_TOKEN_MINUS);
    if (negates_twice)
        return error_set_at(p->err, STATUS_QUERY, t->offset,
                            "an exclusion of an exclusion: expected a word, a "
                            "phrase or '(' after '%.*s'",
                            TEXT_ARG(source(p, op)));
    if (op)
        return error_set_at(p->err, STATUS_QUERY, op->offset,
                            "expected a word, a phrase or '(' after '%.*s'",
                            TEXT_ARG(source(p, op)));
    if (t->kind == QUERY_TOKEN_CLOSE)
        return error_set_at(p->err, STATUS_QUERY, t->offset,
                            "')' has no '(' before it");
    if (t->kind == QUERY_TOKEN_END)
        return error_set_at(p->err, STATUS_QUERY, t->offset,
                            "the query is empty: expected a word, a "
                            "\"phrase\" or *");
    return error_set_at(p->err, STATUS_QUERY, t->offset,
                        "expected a word, a phrase or '(' before '%.*s'",
                        TEXT_ARG(source(p, t)));
}

/* The current token as a leaf. */
static enum status parse_leaf(struct parser *p, enum field field,
                              struct query_node **out)
{
    if (++p->terms > TERMS_MAX)
        return error_set_at(p->err, STATUS_QUERY, p->token.offset,
                            "more than %d words and phrases", TERMS_MAX);
    enum status status =
        query_leaf_make(out, p->arena, &p->token, field, p->err);
    return status ? status : advance(p);
}

static enum status parse_level(struct parser *p, enum field field,
                               struct query_node **out);

/* From '(' to its ')'. */
static enum status parse_group(struct parser *p, enum field field,
                               struct query_node **out)
{
    size_t open = p->token.offset;
    if (++p->depth > DEPTH_MAX)
        return error_set_at(p->err, STATUS_QUERY, open,
                            "parentheses are nested more than %d deep",
                            DEPTH_MAX);
    enum status status = advance(p);
    if (status)
        return status;
    if (p->token.kind == QUERY_TOKEN_CLOSE)
        return error_set_at(p->err, STATUS_QUERY, open,
                            "empty parentheses: expected a word or a phrase "
                            "between them");
    if (p->token.kind != QUERY_TOKEN_END &&
        (status = parse_level(p, field, out)))
        return status;
    if (p->token.kind != QUERY_TOKEN_CLOSE)
        return error_set_at(p->err, STATUS_QUERY, open,
                            "the parenthesis that opens here is not closed: "
                            "expected ')'");
    p->depth--;
    return advance(p);
}

static enum status parse_primary(struct parser *p, enum field field,
                                 const struct query_token *op,
                                 struct query_node **out);

static enum status parse_field(struct parser *p, enum field outer,
                               struct query_node **out)
{
    struct query_token name = p->token;
    if (outer != FIELD_ANY)
        return error_set_at(p->err, STATUS_QUERY, name.offset,
                            "a field within a field: expected a word, a "
                            "phrase or '(' within '%s:'",
                            fields[outer].name);
    enum status status = advance(p);
    if (status || (status = parse_primary(p, name.field, &name, out)))
        return status;
    if ((*out)->offset > name.offset && (*out)->child_count == 0) {
        (*out)->length += (*out)->offset - name.offset;
        (*out)->offset = name.offset;
    }
    return STATUS_OK;
}

/* atleast3( .. ), caps( .. ), first/20( .. ) */
static enum status parse_function(struct parser *p, enum field field,
                                  struct query_node **out)
{
    struct query_token name = p->token;
    enum status status = advance(p);
    if (status || (status = parse_group(p, field, out)))
        return status;
    if (name.kind == QUERY_TOKEN_CAPS)
        return query_position_caps(*out, p->err);
    if (name.kind == QUERY_TOKEN_FIRST)
        status = query_position_first(out, p->arena, name.number, p->err);
    else
        status = query_position_atleast(out, p->arena, name.number, p->err);
    if (status)
        return status;
    if ((*out)->kind == QUERY_FIRST || (*out)->kind == QUERY_ATLEAST) {
        (*out)->offset = name.offset;
        (*out)->length = p->end - name.offset;
    }
    return STATUS_OK;
}

static enum status parse_primary(struct parser *p, enum field field,
                                 const struct query_token *op,
                                 struct query_node **out)
{
    if (query_leaf_is(p->token.kind))
        return parse_leaf(p, field, out);
    switch (p->token.kind) {
    case QUERY_TOKEN_OPEN:
        return parse_group(p, field, out);
    case QUERY_TOKEN_FIELD:
        return parse_field(p, field, out);
    case QUERY_TOKEN_ATLEAST:
    case QUERY_TOKEN_CAPS:
    case QUERY_TOKEN_FIRST:
        return parse_function(p, field, out);
    default:
        return no_operand(p, op);
    }
}

static bool is_proximity(enum query_token_kind kind)
{
    return kind == QUERY_TOKEN_NEAR || kind == QUERY_TOKEN_PRE ||
           kind == QUERY_TOKEN_SENTENCE || kind == QUERY_TOKEN_PARAGRAPH;
}

static enum query_kind proximity_kind(enum query_token_kind kind)
{
    switch (kind) {
    case QUERY_TOKEN_NEAR:
        return QUERY_NEAR;
    case QUERY_TOKEN_PRE:
        return QUERY_PRE;
    case QUERY_TOKEN_SENTENCE:
        return QUERY_SENTENCE;
    default:
        return QUERY_PARAGRAPH;
    }
}

/* The current token is a proximity right behind another. */
static enum status refuse_chain(struct parser *p, enum field field,
                                struct query_chain *chain)
{
    struct query_token op = p->token;
    struct query_node *third = NULL;
    enum status status = advance(p);
    if (status)
        return status;
    size_t from = p->token.offset;
    if ((status = parse_primary(p, field, &op, &third)))
        return status;
    chain->offset = op.offset;
    chain->second_op = source(p, &op);
    chain->third = text_slice(p->lexer.text, from, p->end - from);
    return query_build_refuse_chain(chain, p->err);
}

/* A primary or two with a proximity between them. */
static enum status parse_proximity(struct parser *p, enum field field,
                                   const struct query_token *before,
                                   struct query_node **out)
{
    struct query_node *operands[2] = {NULL, NULL};
    size_t from = p->token.offset;
    enum status status = parse_primary(p, field, before, &operands[0]);
    if (status)
        return status;
    *out = operands[0];
    struct query_token op = p->token;
    if (!is_proximity(op.kind))
        return STATUS_OK;
    struct query_chain chain = {
        .first = text_slice(p->lexer.text, from, p->end - from),
        .first_op = source(p, &op)};
    if ((status = advance(p)))
        return status;
    size_t second = p->token.offset;
    if ((status = parse_primary(p, field, &op, &operands[1])))
        return status;
    chain.second = text_slice(p->lexer.text, second, p->end - second);
    if (is_proximity(p->token.kind))
        return refuse_chain(p, field, &chain);
    enum field common = FIELD_COUNT;
    for (int i = 0; i < 2; i++)
        if ((status = query_position_check(operands[i], chain.first_op, &common,
                                           p->err)))
            return status;
    struct query_node *node =
        query_build_node(p->arena, proximity_kind(op.kind));
    query_build_children(p->arena, node, operands, 2);
    node->number = op.number;
    node->offset = from;
    node->length = p->end - from;
    *out = node;
    return STATUS_OK;
}

/* `op`: the AND or OR before it, or NULL. */
static enum status parse_operand(struct parser *p, enum field field,
                                 const struct query_token *op,
                                 struct query_node **out)
{
    struct query_token sign = p->token;
    if (sign.kind != QUERY_TOKEN_NOT && sign.kind != QUERY_TOKEN_MINUS)
        return parse_proximity(p, field, op, out);
    struct query_node *child = NULL;
    enum status status = advance(p);
    if (status || (status = parse_proximity(p, field, &sign, &child)))
        return status;
    struct query_node *node = query_build_node(p->arena, QUERY_NOT);
    query_build_children(p->arena, node, &child, 1);
    node->offset = sign.offset;
    node->length = p->end - sign.offset;
    *out = node;
    return STATUS_OK;
}

/* Reads one operand and the connector before it. */
static enum status push_operand(struct parser *p, enum field field, bool first)
{
    struct query_operand o = {.connector = QUERY_IMPLIED_AND,
                              .connector_offset = p->token.offset};
    struct query_token op = p->token;
    bool typed = op.kind == QUERY_TOKEN_AND || op.kind == QUERY_TOKEN_OR;
    if (typed && first)
        return no_operand(p, NULL);
    if (typed) {
        o.connector =
            op.kind == QUERY_TOKEN_OR ? QUERY_TYPED_OR : QUERY_TYPED_AND;
        enum status status = advance(p);
        if (status)
            return status;
    }
    o.from = p->token.offset;
    enum status status = parse_operand(p, field, typed ? &op : NULL, &o.node);
    if (status)
        return status;
    o.to = p->end;
    MEM_GROW(p->operands, p->operand_count, p->operand_capacity);
    p->operands[p->operand_count++] = o;
    return STATUS_OK;
}

/* Up to a ')' or the end, which it leaves unread. */
static enum status parse_level(struct parser *p, enum field field,
                               struct query_node **out)
{
    size_t base = p->operand_count;
    do {
        enum status status = push_operand(p, field, p->operand_count == base);
        if (status)
            return status;
    } while (p->token.kind != QUERY_TOKEN_END &&
             p->token.kind != QUERY_TOKEN_CLOSE);
    struct query_level level = {p->lexer.text, p->operands + base,
                                p->operand_count - base, p->readings};
    p->operand_count = base;
    return query_build_level(p->arena, &level, out, p->err);
}

static enum status parse(struct parser *p, struct text text,
                         struct query_node **out)
{
    enum status status = query_lexer_start(&p->lexer, text, p->err);
    if (status || (status = advance(p)) ||
        (status = parse_level(p, FIELD_ANY, out)))
        return status;
    return p->token.kind == QUERY_TOKEN_END ? STATUS_OK : no_operand(p, NULL);
}

static enum status parse_query(struct query **out, struct text text,
                               struct strbuf *readings, struct error *err)
{
    AUTO(query) q = mem_zeroed(1, sizeof *q);
    q->memory = mem_alloc(sizeof *q->memory);
    arena_init(&q->memory->arena);
    q->text = text;
    struct parser p = {
        .arena = &q->memory->arena, .err = err, .readings = readings};
    struct query_node *root = NULL;
    enum status status = parse(&p, text, &root);
    free(p.operands);
    if (status)
        return status;
    q->root = root;
    *out = TAKE(q);
    return STATUS_OK;
}

enum status query_parse(struct query **out, struct text text, struct error *err)
{
    return parse_query(out, text, NULL, err);
}

bool query_readings(struct text text, struct strbuf *readings)
{
    struct error err = ERROR_NONE;
    AUTO(query) query = NULL;
    return parse_query(&query, text, readings, &err) != STATUS_OK &&
           readings[0].len > 0 && !readings[0].overflowed &&
           !readings[1].overflowed;
}
