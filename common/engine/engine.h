/* The engine behind morgue: the only folder that knows Xapian. Its headers are
 * plain C; what they share is here.
 *
 * A segment is one database on disk. writer.h builds one; index.h opens any
 * number and reads them as one, with the statistics of all; query.h makes
 * query trees; search.h runs them. Segments are numbered in the order they
 * were given; an article is named by its segment and its docid there (from 1).
 * Handles are not for use by several threads at once; callbacks must neither
 * throw nor longjmp. */
#ifndef COMMON_ENGINE_ENGINE_H
#define COMMON_ENGINE_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "common/text.h"

enum {
    ENGINE_TERM_MAX = 245,     /* bytes; a NUL byte counts twice */
    ENGINE_UUID_SIZE = 37,     /* text form with its NUL */
    ENGINE_DOCID_MAX = 1 << 24 /* articles a segment */
};

struct engine_document {
    size_t segment;
    uint32_t docid;
};

const char *engine_version(void); /* "1.4.22" */

/* Numbers packed so that they sort as bytes (sortable_serialise). */
enum { ENGINE_NUMBER_MAX = 9 };
size_t engine_number_pack(double number, char out[ENGINE_NUMBER_MAX]);
double engine_number_unpack(struct text packed);

#endif
