/* What the machine has. */
#ifndef INDEXER_MACHINE_H
#define INDEXER_MACHINE_H

#include <stddef.h>
#include <stdint.h>

unsigned machine_cores(void);

/* Bytes that a run may use when nobody says how many: a share of all memory. */
size_t machine_memory_share(void);

/* Bytes free on the disk of a path for those who are not root; UINT64_MAX if
 * nobody knows. */
uint64_t machine_free_disk(const char *path);

#endif
