/* What the formats of output.h share. A format is one table of functions that
 * append to a buffer; output.c writes it out. */
#ifndef SEARCHER_OUTPUT_FORMAT_H
#define SEARCHER_OUTPUT_FORMAT_H

#include <stddef.h>

#include "common/error.h"
#include "common/strbuf.h"
#include "searcher/output.h"

/* A format's own struct begins with this one. */
struct output {
    const struct output_methods *methods;
    struct output_settings settings;
    const struct result_summary *summary; /* NULL between answers */
    size_t answers;                       /* begun, this one counted */
    size_t hits;                          /* of this answer, likewise */
    size_t last_rank;                     /* 0 before the first hit */
    struct strbuf buffer;
    int failure; /* errno of the first write that failed, or 0 */
};

struct output_methods {
    size_t size; /* of the format's struct, zeroed at first */
    void (*begin)(struct output *o);
    void (*hit)(struct output *o, const struct hit *hit);
    void (*end)(struct output *o);
    void (*error)(struct output *o, const struct error *problem); /* or NULL */
};

extern const struct output_methods output_text, output_json, output_jsonl,
    output_table, output_trec, output_ids, output_kwic;

/* Writes what is in the buffer and empties it: output.c does so behind each
 * function above; for a format that has much to say of one hit. */
void output_write(struct output *o);

/* For csv and tsv. */
void output_table_line(struct strbuf *out,
                       const struct output_settings *settings,
                       const struct text *fields, size_t count);

/* The keys that every JSON answer has, but for those of its end. */
struct json_writer;
void output_json_summary(struct json_writer *w, const char *schema,
                         const struct result_summary *s);
void output_json_archive(struct json_writer *w, const struct result_summary *s);
void output_json_hit(struct json_writer *w, const struct hit *hit,
                     const struct output_fields *fields);
void output_json_error(struct json_writer *w, const struct error *problem);
void output_json_took(struct json_writer *w, const struct result_summary *s);

/* What stands between two passages, and where a sentence was cut. */
#define OUTPUT_ELLIPSIS "\xe2\x80\xa6"

#endif
