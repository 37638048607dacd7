/* Results on their way to stdout, in the format that was asked for.
 *
 * Life cycle: output_new(); for each answer output_begin(), output_hit() in the
 * order of rank, output_end(); output_free(). A query that is refused, or a
 * search that breaks down, is output_error() in place of the rest of its
 * answer. Write errors stick; output_end() reports the first.
 *
 * Text for people goes through terminal_append(), so that nothing in an
 * article acts on a terminal; so do csv, tsv and trec. JSON escapes the same
 * characters and loses nothing: docs/output-json.md. */
#ifndef SEARCHER_OUTPUT_H
#define SEARCHER_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/terminal.h"
#include "common/text.h"
#include "searcher/output_fields.h"
#include "searcher/snippet.h"

enum output_format {
    OUTPUT_TEXT,
    OUTPUT_JSON,
    OUTPUT_JSONL,
    OUTPUT_CSV,
    OUTPUT_TSV,
    OUTPUT_TREC,
    OUTPUT_IDS,
    OUTPUT_KWIC
};

/* For the option table: by enum output_format, NULL-ended. */
extern const char *const output_format_names[];

/* A spreadsheet takes a cell that begins like a formula for one, unless there
 * is an apostrophe in front. */
enum output_cells { CELLS_AS_THEY_ARE, CELLS_WITHOUT_FORMULAS };

/* json and jsonl, which have a place for what is said of an answer. */
bool output_is_json(enum output_format format);

struct output_settings {
    enum output_format format;
    FILE *stream;
    enum terminal_colour colour; /* of text */
    size_t width; /* of text and kwic, in columns; 0: as it comes */
    struct output_fields fields; /* of json, jsonl, csv and tsv */
    enum output_cells cells;     /* of csv and tsv */
};

enum total_kind { TOTAL_EXACT, TOTAL_ESTIMATED };

enum match_kind {
    MATCH_AS_ASKED,
    MATCH_EXPANDED, /* by words of the best articles, too */
    MATCH_FALLBACK  /* nothing had all the words; these have some */
};

struct suggestion;      /* suggest.h */
struct highlight_marks; /* highlight.h */

/* Borrowed from output_begin() to output_end(), which reads `took_ms`. */
struct result_summary {
    struct text query;
    struct text parsed;   /* as query_print() gives it */
    struct text query_id; /* of a batch's line; empty: the answers' number */
    const char *archive_id;
    uint64_t generation;
    unsigned analyzer_version;
    uint64_t missing_articles; /* in segments left out as damaged */
    unsigned missing_segments;
    uint64_t total;
    enum total_kind total_kind;
    enum match_kind match;
    const struct suggestion *suggestion; /* NULL or empty: none */
    bool is_partial;          /* the time was up; known at output_end() */
    const struct text *added; /* words, if expanded */
    size_t added_count;
    double took_ms;
};

/* Of an archive, but for the query and what was found. */
struct archive;
struct result_summary output_summary(const struct archive *archive);

struct hit {
    size_t rank; /* from 1, whatever the offset */
    double score;
    const struct article *article;       /* its body is only looked at where it
                                            is asked for, and for kwic */
    const struct highlight_marks *marks; /* of title and body; for kwic */
    struct snippet title;                /* snippet_whole() of it */
    const struct snippet *snippets;
    size_t snippet_count;
};

struct output;

struct output *output_new(const struct output_settings *settings);
void output_free(struct output *o);
DEFINE_AUTO(output);

void output_begin(struct output *o, const struct result_summary *summary);
void output_hit(struct output *o, const struct hit *hit);
enum status output_end(struct output *o, struct error *err) NODISCARD;

/* The total alone: an answer by itself, instead of all the above. A number, and
 * in the JSON formats an object. */
enum status output_count(const struct output_settings *settings,
                         const struct result_summary *summary,
                         struct error *err) NODISCARD;

/* Instead of output_begin(), or of output_end(). Only the JSON formats have
 * a place for it; the message belongs on stderr in any case. */
void output_error(struct output *o, const struct error *problem);

#endif
