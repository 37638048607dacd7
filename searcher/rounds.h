/* The best matches of a query whose positional conditions every match must
 * satisfy, found without checking all articles that have the words, unless
 * these are few: they are taken in rounds, the best 100, 400, 1600, and checked
 * in the order of rank until there are enough. Part of the search. */
#ifndef SEARCHER_ROUNDS_H
#define SEARCHER_ROUNDS_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/search.h"

enum rounds_outcome {
    ROUNDS_FOUND,   /* `out` has the best `wanted` */
    ROUNDS_GIVEN_UP /* few of the best satisfy them: the engine must check */
};

/* A guess at a total, in two digits: more would say what is not known. */
uint64_t rounds_guess(double total);

/* For a plan with a loose query, by relevance. The total that `out` gets is a
 * guess from the share of those looked at, or exact where few articles have the
 * words. Gives up, too, where these few are not given by the engine. */
enum status rounds_run(enum rounds_outcome *outcome, struct search_result *out,
                       const struct search_request *request, size_t wanted,
                       struct error *err) NODISCARD;

#endif
