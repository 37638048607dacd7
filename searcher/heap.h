/* How malloc() gets memory from the system: for a program that answers one
 * query as well as for one that answers many. */
#ifndef SEARCHER_HEAP_H
#define SEARCHER_HEAP_H

/* Once, before anything much is allocated. */
void heap_prepare(void);

#endif
