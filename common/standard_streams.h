/* stdin, stdout and stderr, where a program begins and ends. */
#ifndef COMMON_STANDARD_STREAMS_H
#define COMMON_STANDARD_STREAMS_H

#include "common/compiler.h"
#include "common/error.h"

/* Puts something in place of those that the caller closed, so that no file
 * that is opened later takes their number and gets what is printed. To read or
 * write them fails as before. Call it first of all. */
void standard_streams_open(void);

/* Whether all that was printed on stdout could be written. Call it last. */
enum status standard_streams_finish(struct error *err) NODISCARD;

#endif
