/* The records of an archive of the web, WARC (ISO 28500) or ARC, one after the
 * other: where each is, what its headers say, its bytes. Each record of a
 * compressed file should be a gzip member of its own; reading goes on at the
 * next one after damage.
 *
 * Life cycle: web_records_init(), web_records_next() until STATUS_END,
 * web_records_done(). */
#ifndef INDEXER_WEB_RECORD_H
#define INDEXER_WEB_RECORD_H

#include <stdint.h>

#include "common/article.h"
#include "common/compiler.h"
#include "common/digest.h"
#include "common/error.h"
#include "common/input.h"
#include "common/strbuf.h"
#include "common/text.h"

/* A larger record's bytes are passed over. */
enum { WEB_RECORD_MAX = 32 << 20 };

struct web_record {
    struct text type; /* "response", "request" …; of ARC always "response" */
    struct text url, content_type;
    struct text date; /* when it was fetched, as written */
    struct text headers, bytes;
    struct origin origin; /* of headers and bytes; without a path */
    bool too_large;
};

struct web_records {
    struct input *in;       /* borrowed */
    struct text part;       /* what was read and not used */
    uint64_t content;       /* bytes that were read */
    uint64_t member;        /* where the gzip member of `part` begins */
    uint64_t member_starts; /* and that in the content */
    struct digester *raw;   /* of the record so far */
    uint64_t raw_length;
    struct strbuf line, headers, bytes;
    bool ended, lost;  /* lost: not at a record's beginning */
    const char *fault; /* after STATUS_SOURCE, a stable word */
    uint64_t fault_at;
};

void web_records_init(struct web_records *r, struct input *in);
void web_records_done(struct web_records *r);

/* `out` is borrowed until the next call. STATUS_SOURCE: a record is damaged or
 * cut off; the next call goes on behind it. */
enum status web_records_next(struct web_records *r, struct web_record *out,
                             struct error *err) NODISCARD;

#endif
