/* Archives of random articles, made to be awkward: words that are nearly the
 * same, capitals, hyphens, apostrophes, scripts without blanks. */
#ifndef TESTS_SEARCHER_RANDOM_ARCHIVE_H
#define TESTS_SEARCHER_RANDOM_ARCHIVE_H

#include "common/timestamp.h"
#include "tests/searcher/query_generator.h"
#include "tests/searcher/search_fixture.h"

#define RANDOM_ARCHIVE_NOON (INT64_C(18000) * 86400 + 43200) /* 2019-04-14 */

/* One to five segments; later ones supersede articles of earlier ones, and some
 * articles are deleted. */
void random_archive_fill(struct search_fixture *f, struct dice *dice);

/* Near which articles of it begin or end. */
timestamp random_archive_edge(struct dice *dice);

/* Queries about it. */
struct query_generator random_archive_queries(struct dice *dice);

#endif
