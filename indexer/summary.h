/* What a run did: the account that is printed at its end and appended to the
 * archive's run log. read = added + updated + unchanged + rejected, always. */
#ifndef INDEXER_SUMMARY_H
#define INDEXER_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/strbuf.h"
#include "common/timestamp.h"

enum summary_kind {
    SUMMARY_READING,
    SUMMARY_DELETING,
    SUMMARY_MERGING,
    SUMMARY_REPAIRING
};

struct summary {
    const char *command; /* what it was told to do; NULL: "index" */
    enum summary_kind kind;
    bool dry; /* nothing was changed */
    timestamp started;
    uint64_t read, added, updated, unchanged, rejected; /* articles */
    uint64_t deleted;
    uint64_t withdrawn; /* that were there and were taken back by their
                           provider, whose word counts as rejected */
    uint64_t missing;   /* ids that were to be deleted and are not there; when
                           repairing, articles that are gone */
    unsigned damaged;   /* files that were found so when repairing */
    uint64_t warnings;
    uint64_t mojibake; /* articles whose characters were mended */
    uint64_t files, files_unchanged, files_failed; /* sources */
    uint64_t source_bytes; /* read from the sources, as they are stored */
    uint64_t text_bytes;   /* title and body of what was added or updated */
    uint64_t generation;   /* that is published now */
    uint64_t articles;     /* in the archive now */
    unsigned segments, merges;
    int signal;             /* that ended it early; 0: none did */
    uint64_t removed_bytes; /* of files that no generation needed any more */
    double wall_s, cpu_s;
    double read_s, index_s, publish_s, merge_s; /* wall of the stages */
    uint64_t peak_bytes;                        /* memory, resident */
    uint64_t archive_bytes; /* of all files that the manifest names */
};

/* STATUS_INTERNAL if the articles do not add up: then the run lost some, or
 * counted some twice, and nothing of it may be published. */
enum status summary_check(const struct summary *s, struct error *err) NODISCARD;

/* One line for a person, without a line break. */
void summary_print(const struct summary *s, struct strbuf *out);

/* Stage times, memory and bytes; several lines. */
void summary_print_stats(const struct summary *s, struct strbuf *out);

/* One JSON object in one line; docs/output-json.md lists the keys. */
void summary_print_json(const struct summary *s, struct strbuf *out);

#endif
