/* The grammar of queries, by recursive descent; docs/morgue-query.7 has it for
 * people.
 *
 *     level   = operand { [AND] operand } | operand { OR operand }
 *     operand = [NOT | -] primary
 *     primary = * | leaf | ( level ) | field: leaf | field: ( level )
 *     leaf    = word | =word | "phrase"
 *
 * Linear in the length of the query; recursion is bounded by DEPTH_MAX. The
 * operands of all open levels lie on one stack. */
#include "searcher/query.h"

#include <stdlib.h>

#include "common/arena.h"
#include "common/mem.h"
#include "common/strbuf.h"
#include "searcher/query_build.h"
#include "searcher/query_char.h"
#include "searcher/query_lexer.h"

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

static enum status not_yet(struct parser *p, const char *what)
{
    return error_set_at(p->err, STATUS_QUERY, p->token.offset,
                        "%s not understood yet", what);
}

static enum status refuse_later_syntax(struct parser *p)
{
    switch (p->token.kind) {
    case QUERY_TOKEN_WILDCARD:
        return not_yet(p, "wildcards (* and ? in a word) are");
    case QUERY_TOKEN_FUZZY:
        return not_yet(p, "spelling variants (word~) are");
    case QUERY_TOKEN_NEAR:
    case QUERY_TOKEN_PRE:
    case QUERY_TOKEN_SENTENCE:
    case QUERY_TOKEN_PARAGRAPH:
        return not_yet(p, "proximity (w/5, pre/3, w/s, w/p) is");
    case QUERY_TOKEN_ATLEAST:
        return not_yet(p, "a number of mentions (atleast3) is");
    case QUERY_TOKEN_CAPS:
        return not_yet(p, "case as written (caps) is");
    case QUERY_TOKEN_FIRST:
        return not_yet(p, "the beginning of an article (lead, first/20) is");
    case QUERY_TOKEN_DATE:
    case QUERY_TOKEN_SINCE:
    case QUERY_TOKEN_UNTIL:
        return not_yet(p, "a date within the query (the options --since and "
                          "--until are) is");
    case QUERY_TOKEN_LENGTH:
        return not_yet(p, "the length of an article is");
    default:
        return STATUS_OK;
    }
}

static struct text squeezed(struct parser *p, struct text phrase)
{
    AUTO_DONE(strbuf) words = STRBUF_INIT(QUERY_SIZE_MAX);
    query_lexer_squeeze(phrase, &words);
    return arena_text(p->arena, strbuf_text(&words));
}

static enum status check_phrase(struct parser *p, struct text words)
{
    if (!query_char_in(words, '*'))
        return STATUS_OK;
    return error_set_at(p->err, STATUS_QUERY, p->token.offset,
                        "a wildcard within quotes, which mean as written: "
                        "leave '*' out");
}

/* The current token, which has words, as a leaf. */
static enum status parse_leaf(struct parser *p, enum field field,
                              struct query_node **out)
{
    struct query_token *t = &p->token;
    bool exact_field = fields[field].kind == FIELD_EXACT;
    enum status status;
    if (++p->terms > TERMS_MAX)
        return error_set_at(p->err, STATUS_QUERY, t->offset,
                            "more than %d words and phrases", TERMS_MAX);
    if (t->kind == QUERY_TOKEN_ALL && field != FIELD_ANY)
        return error_set_at(p->err, STATUS_QUERY, t->offset,
                            "'*' means every article: expected a word or a "
                            "phrase within '%s:'",
                            fields[field].name);
    if (!exact_field && (status = refuse_later_syntax(p)))
        return status;
    if (t->kind == QUERY_TOKEN_PHRASE && !exact_field &&
        (status = check_phrase(p, t->text)))
        return status;
    struct query_node *node = query_build_node(p->arena, QUERY_WORD);
    node->field = field;
    node->offset = t->offset;
    node->length = t->length;
    if (t->kind == QUERY_TOKEN_PHRASE)
        node->text = squeezed(p, t->text);
    else if (t->kind != QUERY_TOKEN_ALL)
        node->text = t->text;
    if (exact_field &&
        (t->kind == QUERY_TOKEN_WILDCARD || t->kind == QUERY_TOKEN_FUZZY))
        node->text = source(p, t);
    node->quoted =
        t->kind == QUERY_TOKEN_PHRASE || t->kind == QUERY_TOKEN_EXACT;
    if (t->kind == QUERY_TOKEN_ALL)
        node->kind = QUERY_ALL;
    if (t->kind == QUERY_TOKEN_PHRASE && query_build_has_blank(node->text)) {
        node->kind = QUERY_PHRASE;
        node->quoted = false;
    }
    *out = node;
    return advance(p);
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

static enum status parse_primary(struct parser *p, enum field field,
                                 const struct query_token *op,
                                 struct query_node **out)
{
    switch (p->token.kind) {
    case QUERY_TOKEN_WORD:
    case QUERY_TOKEN_EXACT:
    case QUERY_TOKEN_PHRASE:
    case QUERY_TOKEN_ALL:
    case QUERY_TOKEN_WILDCARD:
    case QUERY_TOKEN_FUZZY:
        return parse_leaf(p, field, out);
    case QUERY_TOKEN_OPEN:
        return parse_group(p, field, out);
    case QUERY_TOKEN_FIELD:
        return parse_field(p, field, out);
    default: {
        enum status status = refuse_later_syntax(p);
        return status ? status : no_operand(p, op);
    }
    }
}

/* `op`: the AND or OR before it, or NULL. */
static enum status parse_operand(struct parser *p, enum field field,
                                 const struct query_token *op,
                                 struct query_node **out)
{
    struct query_token sign = p->token;
    if (sign.kind != QUERY_TOKEN_NOT && sign.kind != QUERY_TOKEN_MINUS)
        return parse_primary(p, field, op, out);
    struct query_node *child = NULL;
    enum status status = advance(p);
    if (status || (status = parse_primary(p, field, &sign, &child)))
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
                                p->operand_count - base};
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

enum status query_parse(struct query **out, struct text text, struct error *err)
{
    AUTO(query) q = mem_zeroed(1, sizeof *q);
    q->memory = mem_alloc(sizeof *q->memory);
    arena_init(&q->memory->arena);
    q->text = text;
    struct parser p = {.arena = &q->memory->arena, .err = err};
    struct query_node *root = NULL;
    enum status status = parse(&p, text, &root);
    free(p.operands);
    if (status)
        return status;
    q->root = root;
    *out = TAKE(q);
    return STATUS_OK;
}
