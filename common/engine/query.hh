/* What query.cc and search.cc know of each other. */
#ifndef COMMON_ENGINE_QUERY_HH
#define COMMON_ENGINE_QUERY_HH

#include <memory>
#include <vector>

#include <xapian.h>

#include "common/engine/deadline.hh"
#include "common/engine/index.hh"

extern "C" {
#include "common/engine/query.h"
}

namespace engine
{

/* Where a check source learns which index it is run over, and until when. The
 * source and its clones share it with the query, as a tree may drop a source.
 */
struct binding {
    const engine_index *index = nullptr;
    std::shared_ptr<engine::deadline> deadline; /* may be none */
};

/* A term, or two as synonyms. */
struct word {
    std::string terms[2];
    size_t count;
    double factor = 1;  /* of its weight */
    uint32_t least = 0; /* mentions by the first term */
};

/* What a document must satisfy beside having the words. */
struct check {
    engine_check_fn *ask;
    engine_expect_fn *expect; /* may be none */
    void *context;
};

enum word_join { all_words, any_word };

} // namespace engine

struct engine_query {
    /* Neither ranges nor checks in it. */
    bool plain = true;

    /* Neither OR nor AND_MAYBE in it: once a page is full, Xapian 1.4 replaces
     * these by stricter operators, and may lose a document that belongs on the
     * page. */
    bool prunable = true;

    /* At most how many match, going by the checks. */
    uint64_t guess = UINT32_MAX;

    std::vector<std::shared_ptr<engine::binding>> bindings;

    /* Of an AND of words, or of none, and checks. */
    std::vector<engine::check> checks;

    explicit engine_query(const Xapian::Query &q) : made(q)
    {
    }

    explicit engine_query(engine::word w) : joined{std::move(w)}
    {
    }

    const Xapian::Query &tree() const;
    void set_tree(const Xapian::Query &q);

    /* What an AND or an OR of words consists of; empty if it is anything else.
     */
    const std::vector<engine::word> &words() const
    {
        return joined;
    }

    /* Of one word both are the same, and it is an AND. */
    engine::word_join join() const
    {
        return by;
    }

    void add_words(const engine_query &part, engine::word_join join);
    /* Of an AND or a FILTER, whose tree is there already. */
    void note_conjunct(const engine_query &part, double factor);
    void add_synonym(const engine_query &part); /* a term to a term */
    void narrow(uint32_t least);
    void scale(double factor);

  private:
    /* Of joined words without checks there is no tree until Xapian is to run
     * it. */
    std::vector<engine::word> joined;
    engine::word_join by = engine::all_words;
    mutable Xapian::Query made;
};

#endif
