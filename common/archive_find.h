/* Finds an article of an archive by its id. */
#ifndef COMMON_ARCHIVE_FIND_H
#define COMMON_ARCHIVE_FIND_H

#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

/* In one segment, by the term that record_id_term() makes of the id; `*docid`
 * becomes 0 if it has no such article that is not deleted. */
enum status archive_find_term(uint32_t *docid, struct archive *archive,
                              size_t segment, struct text term,
                              struct error *err) NODISCARD;

/* In all of them. STATUS_NOT_FOUND. */
enum status archive_find(struct engine_document *out, struct archive *archive,
                         struct text id, struct error *err) NODISCARD;

#endif
