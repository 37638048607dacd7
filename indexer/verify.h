/* Checks an archive: that every file its manifest names is there with its size
 * and digest, that the engine finds its tables sound, that every article's
 * token stream can be read to its end, and that all of it together can be
 * opened; and, if it is to be deep, each article (verify_articles.h). */
#ifndef INDEXER_VERIFY_H
#define INDEXER_VERIFY_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "indexer/progress.h"

struct verify_result {
    unsigned files, damaged; /* files looked at, findings */
    uint64_t bytes, articles;
};

enum verify_depth { VERIFY_FILES, VERIFY_ARTICLES };

struct verify_request {
    const char *archive;
    enum verify_depth depth;
    /* Called for each finding; the check goes on. */
    void (*on_finding)(void *context, const char *finding);
    void *context;
    struct progress *progress; /* NULL: nobody looks */
};

/* STATUS_CORRUPT if there was any finding, after all of them. */
enum status verify_archive(struct verify_result *out,
                           const struct verify_request *request,
                           struct error *err) NODISCARD;

#endif
