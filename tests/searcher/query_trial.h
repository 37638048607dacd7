/* Queries asked of an archive and of the reference, and compared: the articles
 * found, their number, and what is highlighted in them. */
#ifndef TESTS_SEARCHER_QUERY_TRIAL_H
#define TESTS_SEARCHER_QUERY_TRIAL_H

#include <stddef.h>

#include "common/analyzer.h"
#include "common/strbuf.h"
#include "tests/searcher/reference_article.h"
#include "tests/searcher/search_fixture.h"

struct query_trial {
    struct search_fixture *f;
    struct reference_article *articles; /* as the fixture's */
    struct analyzer *analyzer;          /* the reference's */
    struct search_options options;      /* the caller's to set */
    size_t asked, answered, found;      /* queries; with an answer; articles */
};

void query_trial_init(struct query_trial *t, struct search_fixture *f);
void query_trial_done(struct query_trial *t);

/* Fails the test if they differ, with the query made as small as may be;
 * `name` says how to get there again. */
void query_trial_check(struct query_trial *t, struct text query,
                       const char *name);

#endif
