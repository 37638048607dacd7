/* Joining queries, around two defects of Xapian's matcher. */
#include <algorithm>
#include <string>
#include <vector>

#include "common/engine/guard.hh"
#include "common/engine/query.hh"

static Xapian::Query::op xapian_operator(enum engine_operator op)
{
    switch (op) {
    case ENGINE_AND:
        return Xapian::Query::OP_AND;
    case ENGINE_OR:
        return Xapian::Query::OP_OR;
    case ENGINE_SYNONYM:
        return Xapian::Query::OP_SYNONYM;
    case ENGINE_FILTER:
        return Xapian::Query::OP_FILTER;
    case ENGINE_AND_NOT:
        return Xapian::Query::OP_AND_NOT;
    case ENGINE_AND_MAYBE:
        return Xapian::Query::OP_AND_MAYBE;
    }
    abort();
}

static Xapian::Query combined(Xapian::Query::op op,
                              const std::vector<Xapian::Query> &trees)
{
    return Xapian::Query(op, trees.begin(), trees.end());
}

/* Below a synonym and on the right of AND_NOT, an AND_MAYBE is just its first
 * part, and a factor is nothing. Xapian 1.4 knows this, but not of an AND_MAYBE
 * below AND: that it runs with bounds of weights that it never initialised, by
 * which it may skip matches. */
static Xapian::Query weightless(const Xapian::Query &q)
{
    using Xapian::Query;
    Query::op op = q.get_type();
    if (op == Query::OP_SCALE_WEIGHT || op == Query::OP_AND_MAYBE)
        return weightless(q.get_subquery(0));
    if (q.get_num_subqueries() == 0)
        return q;
    std::vector<Query> parts;
    for (size_t i = 0; i < q.get_num_subqueries(); i++)
        parts.push_back(weightless(q.get_subquery(i)));
    return combined(op, parts);
}

/* Xapian cannot weigh ranges and posting sources as one term with others and
 * throws in the middle of the match: these stand beside the synonym. */
static Xapian::Query synonym(engine_query *const *parts, size_t count)
{
    std::vector<Xapian::Query> plain, others;
    for (size_t i = 0; i < count; i++)
        if (parts[i]->plain)
            plain.push_back(weightless(parts[i]->tree()));
        else
            others.push_back(parts[i]->tree());
    others.push_back(combined(Xapian::Query::OP_SYNONYM, plain));
    return combined(Xapian::Query::OP_OR, others);
}

static Xapian::Query joined(enum engine_operator op, engine_query *const *parts,
                            size_t count)
{
    if (op == ENGINE_SYNONYM)
        return synonym(parts, count);
    std::vector<Xapian::Query> trees;
    for (size_t i = 0; i < count; i++) {
        bool excluded = op == ENGINE_AND_NOT && i > 0;
        trees.push_back(excluded ? weightless(parts[i]->tree())
                                 : parts[i]->tree());
    }
    return combined(xapian_operator(op), trees);
}

static uint64_t joined_guess(enum engine_operator op, uint64_t first,
                             uint64_t next)
{
    switch (op) {
    case ENGINE_AND:
    case ENGINE_FILTER:
        return std::min(first, next);
    case ENGINE_OR:
    case ENGINE_SYNONYM:
        return std::min<uint64_t>(first + next, UINT32_MAX);
    case ENGINE_AND_NOT:
    case ENGINE_AND_MAYBE:
        return first;
    }
    abort();
}

static void absorb(engine_query &whole, const engine_query &part)
{
    whole.plain = whole.plain && part.plain;
    whole.prunable = whole.prunable && part.prunable;
    whole.bindings.insert(whole.bindings.end(), part.bindings.begin(),
                          part.bindings.end());
}

/* --- words only ---------------------------------------------------------- */

static bool is_one_word(const engine_query *q)
{
    return q->words().size() == 1 && q->checks.empty();
}

/* Whether it is words that all are to match, none of them scaled but to
 * nothing: Xapian's last bits are not known of those; and perhaps checks. */
static bool is_conjunct(const engine_query *q)
{
    return (!q->words().empty() || !q->checks.empty()) &&
           q->join() == engine::all_words &&
           std::all_of(q->words().begin(), q->words().end(),
                       [](const engine::word &w) {
                           return w.factor == 1 || w.factor == 0;
                       });
}

static bool is_conjunction(const engine_query *q)
{
    return is_conjunct(q) && q->checks.empty();
}

static bool is_disjunction(const engine_query *q)
{
    return (is_one_word(q) && q->words()[0].factor > 0) ||
           (!q->words().empty() && q->join() == engine::any_word);
}

static bool is_term(const engine_query *q)
{
    return is_one_word(q) && q->words()[0].count == 1 &&
           q->words()[0].factor == 1;
}

static bool are_all(engine_query **parts, size_t count,
                    bool what(const engine_query *))
{
    return std::all_of(parts, parts + count, what);
}

/* The first, which has become the whole; null if that needs a tree. */
static engine_query *join_words(enum engine_operator op, engine_query **parts,
                                size_t count)
{
    if (count == 1 && (op == ENGINE_AND || op == ENGINE_OR))
        return parts[0];
    bool all = op == ENGINE_AND && are_all(parts, count, is_conjunction);
    bool any = op == ENGINE_OR && are_all(parts, count, is_disjunction);
    bool terms =
        op == ENGINE_SYNONYM && count <= 2 && are_all(parts, count, is_term);
    if (count == 0 || (!all && !any && !terms))
        return nullptr;
    for (size_t i = 1; i < count; i++) {
        if (terms)
            parts[0]->add_synonym(*parts[i]);
        else
            parts[0]->add_words(*parts[i],
                                any ? engine::any_word : engine::all_words);
        delete parts[i];
    }
    parts[0]->prunable = parts[0]->prunable && (count == 1 || !any);
    return parts[0];
}

/* --- the whole ----------------------------------------------------------- */

/* Whether a document may lack one of the parts and still be weighed by it. */
static bool loosens(enum engine_operator op, const engine_query &whole)
{
    return op == ENGINE_OR || op == ENGINE_AND_MAYBE ||
           (op == ENGINE_SYNONYM && !whole.plain);
}

struct engine_query *engine_query_combine(enum engine_operator op,
                                          struct engine_query **parts,
                                          size_t count)
{
    return engine::unfailing([&] {
        if (engine_query *words = join_words(op, parts, count))
            return words;
        auto whole = new engine_query(joined(op, parts, count));
        bool conjuncts = (op == ENGINE_AND || op == ENGINE_FILTER) &&
                         are_all(parts, count, is_conjunct);
        for (size_t i = 0; i < count; i++) {
            absorb(*whole, *parts[i]);
            if (conjuncts)
                whole->note_conjunct(*parts[i],
                                     op == ENGINE_FILTER && i > 0 ? 0 : 1);
            whole->guess =
                i == 0 ? parts[i]->guess
                       : joined_guess(op, whole->guess, parts[i]->guess);
            delete parts[i];
        }
        if (count > 1 && loosens(op, *whole))
            whole->prunable = false;
        return whole;
    });
}
