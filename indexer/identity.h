/* What an article is called for its whole life in an archive: its own id, else
 * its URL; else, where a file holds one article, the file's path; else a
 * digest of source, date, title and body. A position is never part of an id.
 */
#ifndef INDEXER_IDENTITY_H
#define INDEXER_IDENTITY_H

#include "common/arena.h"
#include "common/article.h"

enum identity_file { IDENTITY_MANY_A_FILE, IDENTITY_ONE_A_FILE };

/* Fills in article->id if it is empty. `path` is the canonical absolute path
 * of the file, or relative to the base that the user gave; empty if there is
 * no file. */
void identity_assign(struct article *article, enum identity_file file,
                     struct text path, struct arena *arena);

/* A file's path as text: names of files may be any bytes, and those that are
 * not UTF-8 become %XX. */
struct text identity_path(struct text path, struct arena *arena);

#endif
