/* The deep check of an archive: that every stored article is what it was when
 * it was read, by the digest of its content, and that its token stream has the
 * words that its text has now. What the digests of files cannot show: that a
 * file was right when it was written. */
#ifndef INDEXER_VERIFY_ARTICLES_H
#define INDEXER_VERIFY_ARTICLES_H

#include <stdint.h>

#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"

struct verify_articles_request {
    struct archive *archive; /* whole, and of the present form */
    /* Called for each article that is not as it should be. */
    void (*on_finding)(void *context, const struct error *finding);
    void (*on_article)(void *context); /* for each that is looked at */
    void *context;
};

/* Fails only where it cannot go on. */
enum status verify_articles(const struct verify_articles_request *request,
                            struct error *err) NODISCARD;

#endif
