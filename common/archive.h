/* A generation of an archive, opened for reading: the manifest, the engine's
 * index over its segments, each segment's token stream, vocabulary, origins and
 * deleted list. A snapshot: what is published later is not seen, and files may
 * be unlinked under it.
 *
 * Life cycle: archive_open(), reading, archive_free(). One thread at a time.
 */
#ifndef COMMON_ARCHIVE_H
#define COMMON_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/deleted_list.h"
#include "common/engine/index.h"
#include "common/error.h"
#include "common/manifest.h"
#include "common/stem_memo.h"
#include "common/tokens.h"
#include "common/vocabulary.h"

struct archive;

/* STATUS_NOT_FOUND: no archive there. A file that is missing because a newer
 * generation was published meanwhile makes it start over with that one; the
 * same generation twice is STATUS_CORRUPT. STATUS_VERSION: its articles are
 * stored in another form. */
enum status archive_open(struct archive **out, const char *path,
                         struct error *err) NODISCARD;
/* Without the segments that are damaged, which reading all of it tells. */
enum status archive_open_sound(struct archive **out, const char *path,
                               struct error *err) NODISCARD;

/* For reading articles and what the index has of them, one by one, also where
 * they are stored in an older form: with no token streams, vocabularies and
 * stems, and perhaps no origins. */
enum status archive_open_articles(struct archive **out, const char *path,
                                  struct error *err) NODISCARD;

/* What archive_open_sound() left out. */
struct archive_missing {
    unsigned segments;
    uint64_t articles;
};
struct archive_missing archive_missing(const struct archive *a);

/* An archive that is not there, without articles: what a first run would begin
 * with. */
enum status archive_open_empty(struct archive **out, const char *path,
                               const char *language, struct error *err)
    NODISCARD;
void archive_free(struct archive *a);
DEFINE_AUTO(archive);

/* All borrowed, until archive_free(). */
const char *archive_path(const struct archive *a);
const struct manifest *archive_manifest(const struct archive *a);
struct engine_index *archive_index(struct archive *a);
const struct tokens *archive_tokens(const struct archive *a, size_t segment);
const struct vocabulary *archive_vocabulary(const struct archive *a,
                                            size_t segment);
struct stem_memo *archive_stems(const struct archive *a, size_t segment);
/* What is read of an article's token stream is in `arena`; see tokens_read().
 */
bool archive_stream(const struct archive *a, struct engine_document document,
                    struct arena *arena, struct token_cursor *out) NODISCARD;
const struct deleted_list *archive_deleted(const struct archive *a,
                                           size_t segment);

/* Where an article was read; its texts are in `arena`. Untouched where origins
 * are in the records. */
enum status archive_origin(struct origin *out, struct archive *a,
                           struct engine_document document, struct arena *arena,
                           struct error *err) NODISCARD;

/* Whether the manifest on disk is still the one that was opened: a look at
 * its inode, size and time, for a resident searcher between two requests. */
bool archive_is_current(const struct archive *a);

#endif
