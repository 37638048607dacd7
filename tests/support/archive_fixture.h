/* A small archive for tests, made of literal articles the way a run of the
 * indexer makes one: decided by the catalog, written by workers, published as
 * one generation; without readers, merges and messages.
 *
 *     char *archive = archive_fixture_make();
 *     const struct article news[] = {archive_fixture_article("a", "T", "B")};
 *     archive_fixture_add(archive, news, 1, FIXTURE_NOW);
 *     ...
 *     tempdir_remove(archive);
 *
 * What goes wrong here ends the test process. */
#ifndef TESTS_SUPPORT_ARCHIVE_FIXTURE_H
#define TESTS_SUPPORT_ARCHIVE_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article.h"

enum { FIXTURE_NOW = 1000 };

/* Undated, and with nothing but these three, of which two may be NULL; the
 * strings are borrowed. */
struct article archive_fixture_article(const char *id, const char *title,
                                       const char *body);

/* An empty archive in English, generation 1, in a folder of its own. */
char *archive_fixture_make(void);

struct tables_format;

struct fixture_run {
    const struct article *articles;
    size_t count;
    timestamp now;
    unsigned workers; /* 0: 1 */
    size_t batch;     /* articles in each; 0: as many as go in */
    const struct tables_format *tables; /* NULL: tables_glass */
    bool misread; /* the digests of content are of other articles */
};

void archive_fixture_run(const char *archive, const struct fixture_run *run);

/* A run at that moment with one worker. */
void archive_fixture_add(const char *archive, const struct article *articles,
                         size_t count, timestamp now);

/* All in one: an archive after a run of these articles at FIXTURE_NOW. */
char *archive_fixture_with(const struct article *articles, size_t count);

/* A line for each article that is shown, in the order of ingest: "ID SEQUENCE
 * vVERSIONS FIRST-SEEN LAST-CHANGED TITLE". To be freed. */
char *archive_fixture_history(const char *archive);

#endif
