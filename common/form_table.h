/* A hash table whose keys are the forms of words, tuned for short ones.
 *
 * Values are pointers, never NULL, and belong to the caller. Life cycle:
 * form_table_init(), finds and adds, form_table_done(). */
#ifndef COMMON_FORM_TABLE_H
#define COMMON_FORM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/analyzer.h"

enum { FORM_SHORT = 8 }; /* bytes that fit in a slot */

/* What the scanner makes of a written word: ASCII in lower case, apostrophes
 * straight, invisible characters gone. Bytes `len` to `len` + 7 are zero, and
 * none before. Valid UTF-8. */
struct word_form {
    _Alignas(8) char bytes[ANALYZER_WORD_MAX + 8];
    size_t len;
};

/* What the value of a longer form is put in. */
struct long_form {
    void *value;
    size_t len;
    char bytes[]; /* and zeros up to a multiple of eight */
};

/* `head` is all of a short form; of a longer one its hash, with a byte that no
 * UTF-8 has. Sixteen bytes: for most words one cache line tells. */
struct form_slot {
    uint64_t head;
    void *value; /* of a longer form its struct long_form; NULL: free */
};

struct form_table {
    struct form_slot *slots; /* open addressing */
    size_t count, capacity;  /* a power of two, at most two thirds used */
    unsigned shift;          /* 64 - log2(capacity) */
};

void form_table_init(struct form_table *t);
void form_table_done(struct form_table *t);

/* Multiplicative hashing: the upper bits are the good ones. */
static inline uint64_t form_mix(uint64_t value)
{
    return value * UINT64_C(0x9e3779b97f4a7c15);
}

uint64_t form_hash(const struct word_form *form);
bool form_is(const struct word_form *form, const struct long_form *kept);

static inline uint64_t form_head(const struct word_form *form)
{
    uint64_t head;
    if (form->len > FORM_SHORT)
        return form_hash(form);
    memcpy(&head, form->bytes, sizeof head);
    return head;
}

static inline void form_table_prefetch(const struct form_table *t,
                                       uint64_t head)
{
    __builtin_prefetch(&t->slots[form_mix(head) >> t->shift]);
}

/* The slot of a form, `head` being its form_head(), or a free one. */
static inline const struct form_slot *
form_table_find(const struct form_table *t, uint64_t head,
                const struct word_form *form)
{
    size_t at = (size_t)(form_mix(head) >> t->shift);
    for (;; at = (at + 1) & (t->capacity - 1)) {
        const struct form_slot *slot = &t->slots[at];
        if (!slot->value ||
            (slot->head == head &&
             (form->len <= FORM_SHORT || form_is(form, slot->value))))
            return slot;
    }
}

/* NULL of a free slot. */
static inline void *form_slot_value(const struct form_slot *slot,
                                    const struct word_form *form)
{
    if (form->len <= FORM_SHORT || !slot->value)
        return slot->value;
    return ((const struct long_form *)slot->value)->value;
}

/* Its form must not be in the table. */
void form_table_add(struct form_table *t, struct form_slot slot);

#endif
