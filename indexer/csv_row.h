/* Rows of tables: fields with a separator between, in quotes or not (RFC 4180),
 * as programs write them. A quote that begins a field ends it only in front of
 * a separator or the end of a line, so that one within says itself; so does one
 * behind a backslash. */
#ifndef INDEXER_CSV_ROW_H
#define INDEXER_CSV_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "common/strbuf.h"
#include "common/text.h"

enum csv_quotes { CSV_QUOTED, CSV_LITERAL /* a quote is only a character */ };

struct csv_scan {
    char separator;
    enum csv_quotes quotes;
    bool inside; /* of quotes */
    bool within; /* a field, of which something was seen */
};

#define CSV_SCAN(by)                                                           \
    (struct csv_scan)                                                          \
    {                                                                          \
        .separator = (by)                                                      \
    }

/* Reads on over a line with its end; scan->inside if the row goes on. */
void csv_scan_line(struct csv_scan *scan, struct text line);

/* Takes a field off `*rest`, a row without its line end, as what it stands for.
 * False at the end. */
bool csv_row_take(struct text *rest, struct csv_scan scan, struct strbuf *out);

size_t csv_row_count(struct text row, struct csv_scan scan);

/* What parts the fields of a table that begins with `head`, and whether that
 * is one: a line that names columns, or several of equally many fields. */
enum csv_table { CSV_NO_TABLE, CSV_UNKNOWN_COLUMNS, CSV_TABLE };
enum csv_table csv_row_recognise(struct text head, char *separator);

/* Whether a column of this name is one that makes an article. */
bool csv_row_is_essential(struct text column);

#endif
