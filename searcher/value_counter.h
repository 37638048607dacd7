/* How often each of many values occurs.
 *
 * Life cycle: value_counter_init(), value_counter_add() for each occurrence,
 * reading `entries`, value_counter_done(). */
#ifndef SEARCHER_VALUE_COUNTER_H
#define SEARCHER_VALUE_COUNTER_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/text.h"

struct value_count {
    struct text value; /* in the counter's arena */
    uint64_t count;
};

struct value_counter {
    struct arena arena;
    struct value_count *entries; /* in the order of first occurrence */
    size_t count, capacity;
    uint32_t *slots;   /* a hash table of 1 + the entry's index; 0: free */
    size_t slot_count; /* 0 or a power of two */
    size_t last;       /* index of the entry that was counted last */
};

void value_counter_init(struct value_counter *c);
void value_counter_done(struct value_counter *c);
DEFINE_AUTO_DONE(value_counter);

/* For qsort(): what most have first, equals by value. */
int value_count_most_first(const void *a, const void *b);

void value_counter_add(struct value_counter *c, struct text value,
                       uint64_t times);

#endif
