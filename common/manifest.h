/* The manifest: the one small file, ARCHIVE/XAPIANDB, that says what an archive
 * consists of. It is a Xapian stub database whose '#' comment lines carry what
 * morgue needs; its last line is a digest of all before it. Replacing it
 * (write aside, fsync, rename, fsync of the folder) is what publishes a
 * generation. docs/archive-format.md gives the grammar.
 *
 * A manifest in memory owns all its strings. Life cycle: manifest_init() for
 * a new archive or manifest_load(), changes, manifest_save(), manifest_done().
 */
#ifndef COMMON_MANIFEST_H
#define COMMON_MANIFEST_H

#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/engine/engine.h"
#include "common/error.h"
#include "common/timestamp.h"

enum { MANIFEST_VERSION = 1, MANIFEST_NAME_SIZE = 64, MANIFEST_FILES_MAX = 8 };

/* A write-once file, by its name relative to the archive. */
struct manifest_file {
    char name[MANIFEST_NAME_SIZE];
    uint64_t size;
    struct digest digest;
};

struct manifest_segment {
    char name[MANIFEST_NAME_SIZE]; /* of its folder below segments/ */
    char uuid[ENGINE_UUID_SIZE];
    uint32_t documents; /* deleted ones counted */
    uint32_t deleted;
    uint32_t last_docid;
    uint64_t text_bytes; /* title and body, deleted ones counted */
    struct manifest_file files[MANIFEST_FILES_MAX];
    size_t file_count;
    struct manifest_file deleted_list; /* name "" if there is none */
};

struct manifest {
    char id[ENGINE_UUID_SIZE]; /* of the archive, random, for its whole life */
    uint64_t generation;       /* 0 before the first publication */
    timestamp published;
    char language[32];
    unsigned analyzer_version, record_version;
    uint64_t next_sequence; /* from 1 */
    struct manifest_segment *segments;
    size_t segment_count;
    struct manifest_file *ledgers;
    size_t ledger_count;
    struct manifest_file *rejects;
    size_t reject_count;
};

/* A new archive's: generation 0, a fresh id, nothing in it. */
void manifest_init(struct manifest *m, const char *language);
void manifest_done(struct manifest *m);
DEFINE_AUTO_DONE(manifest);

/* Reads ARCHIVE/XAPIANDB in one go. STATUS_NOT_FOUND if there is none,
 * STATUS_VERSION with both versions if it is too old or too new,
 * STATUS_CORRUPT (with the line) if it is cut or damaged, or is a stub that
 * morgue did not write. `*out` need not be initialised. */
enum status manifest_load(struct manifest *out, const char *archive,
                          struct error *err) NODISCARD;

/* From bytes that are in memory already; `name` is for messages. */
enum status manifest_parse(struct manifest *out, struct text content,
                           const char *name, struct error *err) NODISCARD;

/* Publishes: checks that it fits in Xapian's 32 bits (segments x largest
 * docid), replaces the file atomically and durably. The caller has already
 * counted the generation up and made every named file durable. */
enum status manifest_save(const struct manifest *m, const char *archive,
                          struct error *err) NODISCARD;

/* The text of the manifest, as saved. */
struct strbuf;
void manifest_print(const struct manifest *m, struct strbuf *out);

/* Sums over the segments, deleted articles not counted. */
uint64_t manifest_articles(const struct manifest *m);

/* Segments x largest docid: what Xapian numbers the articles of all segments
 * up to. Over 32 bits, manifest_save() refuses. */
uint64_t manifest_largest_docid(const struct manifest *m);

/* Adds a zeroed element at the end and returns it, until the next addition. */
struct manifest_segment *manifest_add_segment(struct manifest *m);
struct manifest_file *manifest_add_ledger(struct manifest *m);
struct manifest_file *manifest_add_reject(struct manifest *m);

#endif
