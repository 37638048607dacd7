/* Writes what the readers see in the sources of a command line as JSON Lines,
 * in the form of stored records, without an archive: for trying a format, and
 * for converting one. Unlike in an archive, an article without an id of its
 * own has none. */
#ifndef INDEXER_ARTICLE_DUMP_H
#define INDEXER_ARTICLE_DUMP_H

#include <stdio.h>

#include "indexer/command.h"

/* Sources and articles that cannot be read are messages; the last message
 * counts, unless quiet. */
enum command_exit article_dump(const struct indexer_settings *settings,
                               struct messages *messages, FILE *out);

#endif
