/* What the machine has. */
#ifndef INDEXER_MACHINE_H
#define INDEXER_MACHINE_H

#include <stddef.h>
#include <stdint.h>

unsigned machine_cores(void);

/* Bytes that a run may use when nobody says how many: a share of all memory. */
size_t machine_memory_share(void);

/* One heap for all threads, where the C library would give each its own: a
 * segment is built by now one thread, now another, and would be kept in room
 * in all of their heaps; in large pages. Before the first thread. */
void machine_share_heap(void);

/* Bytes free on the disk of a path for those who are not root; UINT64_MAX if
 * nobody knows. */
uint64_t machine_free_disk(const char *path);

#endif
