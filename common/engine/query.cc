#include "common/engine/query.hh"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "common/engine/document_source.hh"
#include "common/engine/guard.hh"
#include "common/engine/term.hh"

using engine::unfailing;

namespace
{

/* Asks the caller about one document after the other of one segment. */
class CheckSource : public engine::document_source
{
    engine_check_fn *ask;
    void *context;
    uint32_t frequency; /* for the description */
    std::shared_ptr<engine::binding> binding;

    size_t segment = 0;

    bool matches() const
    {
        return ask(context, engine_document{segment, docid});
    }

    /* To the first match from there on; to the end at the deadline. */
    void go_to(Xapian::docid wanted) override
    {
        docid = wanted;
        while (docid <= last && !matches())
            docid = binding->deadline && binding->deadline->passed()
                        ? last + 1
                        : docid + 1;
    }

  public:
    CheckSource(engine_check_fn *ask_, void *context_, uint32_t frequency_,
                std::shared_ptr<engine::binding> binding_)
        : ask(ask_), context(context_), frequency(frequency_),
          binding(std::move(binding_))
    {
    }

    CheckSource *clone() const override
    {
        return new CheckSource(ask, context, frequency, binding);
    }

    void init(const Xapian::Database &db) override
    {
        document_source::init(db);
        segment = binding->index->segment_of(db);
    }

    /* Unlike skip_to() need not look for the next match. */
    bool check(Xapian::docid wanted, double) override
    {
        docid = wanted;
        return matches();
    }

    std::string get_description() const override
    {
        return "check, about " + std::to_string(frequency);
    }
};

} // namespace

static Xapian::Query word_tree(const engine::word &w)
{
    Xapian::Query tree = w.count == 1
                             ? Xapian::Query(w.terms[0])
                             : Xapian::Query(Xapian::Query::OP_SYNONYM, w.terms,
                                             w.terms + w.count);
    return w.factor == 1 ? tree : tree * w.factor;
}

const Xapian::Query &engine_query::tree() const
{
    if (!made.empty() || joined.empty())
        return made;
    std::vector<Xapian::Query> trees;
    for (const engine::word &w : joined)
        trees.push_back(word_tree(w));
    made = Xapian::Query(by == engine::all_words ? Xapian::Query::OP_AND
                                                 : Xapian::Query::OP_OR,
                         trees.begin(), trees.end());
    return made;
}

void engine_query::set_tree(const Xapian::Query &q)
{
    joined.clear();
    checks.clear();
    made = q;
}

void engine_query::add_words(const engine_query &part, engine::word_join join)
{
    joined.insert(joined.end(), part.joined.begin(), part.joined.end());
    by = join;
    made = Xapian::Query();
}

void engine_query::note_conjunct(const engine_query &part, double factor)
{
    checks.insert(checks.end(), part.checks.begin(), part.checks.end());
    for (engine::word word : part.joined) {
        word.factor *= factor;
        joined.push_back(word);
    }
}

void engine_query::add_synonym(const engine_query &part)
{
    engine::word &word = joined[0];
    word.terms[word.count++] = part.joined[0].terms[0];
    made = Xapian::Query();
}

void engine_query::narrow(uint32_t least)
{
    if (joined.size() == 1)
        joined[0].least = std::max(joined[0].least, least);
}

void engine_query::scale(double factor)
{
    if (joined.size() == 1 && checks.empty()) {
        joined[0].factor *= factor;
        made = Xapian::Query();
    } else {
        set_tree(tree() * factor);
    }
}

static struct engine_query *make(const Xapian::Query &tree)
{
    return new engine_query(tree);
}

void engine_query_free(struct engine_query *q)
{
    delete q;
}

struct engine_query *engine_query_copy(const struct engine_query *q)
{
    return unfailing([&] { return new engine_query(*q); });
}

struct engine_query *engine_query_nothing(void)
{
    return unfailing([] { return make(Xapian::Query()); });
}

/* Not Xapian's own MatchAll: all threads would count references to it. */
struct engine_query *engine_query_all(void)
{
    return unfailing([] { return make(Xapian::Query(std::string())); });
}

struct engine_query *engine_query_term(struct text term, uint32_t wqf)
{
    if (!engine::is_term(term))
        return engine_query_nothing();
    return unfailing([&] {
        std::string name = engine::to_string(term);
        return wqf == 1 ? new engine_query(engine::word{{name, {}}, 1})
                        : make(Xapian::Query(name, wqf));
    });
}

struct engine_query *engine_query_scale(struct engine_query *q, double factor)
{
    assert(factor >= 0);
    return unfailing([&] {
        q->scale(factor);
        return q;
    });
}

/* The smallest string there is: a document without a value has the empty one,
 * as has minus infinity. */
static std::string lowest()
{
    return std::string(1, '\0');
}

struct engine_query *engine_query_range(uint32_t slot, double from, double to)
{
    return unfailing([&] {
        std::string begin = Xapian::sortable_serialise(from);
        std::string end = Xapian::sortable_serialise(to);
        if (begin.empty())
            begin = lowest();
        Xapian::Query tree(Xapian::Query::OP_VALUE_RANGE, slot, begin, end);
        auto q = new engine_query(tree);
        q->plain = false;
        return q;
    });
}

struct engine_query *engine_query_check(engine_check_fn *check, void *context,
                                        uint32_t frequency)
{
    return unfailing([&] {
        auto shared = std::make_shared<engine::binding>();
        auto source = new CheckSource(check, context, frequency, shared);
        auto q = new engine_query(Xapian::Query(source->release()));
        q->plain = false;
        q->guess = frequency;
        q->bindings.push_back(shared);
        q->checks.push_back({check, nullptr, context});
        return q;
    });
}

struct engine_query *engine_query_expect(struct engine_query *q,
                                         engine_expect_fn *expect)
{
    for (engine::check &check : q->checks)
        check.expect = expect;
    return q;
}

struct engine_query *engine_query_at_least(struct engine_query *q, uint32_t n)
{
    return unfailing([&] {
        q->narrow(n);
        return q;
    });
}

bool engine_query_checks_best_first(const struct engine_query *q)
{
    return !q->words().empty() && !q->checks.empty();
}

void engine_query_describe(const struct engine_query *q, struct strbuf *out)
{
    unfailing([&] {
        strbuf_append_string(out, q->tree().get_description().c_str());
        return true;
    });
}
