/* A text stored as a change of another: bytes dropped at its end, others added.
 * One byte has the count dropped in its high half and the count added in its
 * low half, where 15 means that a varint of what exceeds 15 follows (dropped
 * first); then come the added bytes. */
#ifndef COMMON_TEXT_CHANGE_H
#define COMMON_TEXT_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/compiler.h"
#include "common/packed.h"
#include "common/text.h"

enum {
    TEXT_CHANGE_MAX = 255, /* bytes of a text */
    TEXT_CHANGE_MANY = 15, /* of a half: more follows */
    TEXT_CHANGE_SIZE_MAX = 1 + 2 * PACKED_VARINT_MAX + TEXT_CHANGE_MAX
};

/* Writes at `at`, where TEXT_CHANGE_SIZE_MAX bytes fit, how `to` is made of
 * `from`; returns where it ends. */
uint8_t *text_change_put(uint8_t *at, struct text from, struct text to);

/* The bytes of changes that are still to be read. */
struct text_changes {
    const uint8_t *at, *end;
};

/* Makes `text`, which has room for TEXT_CHANGE_MAX bytes and holds `base_len`
 * of the base, the changed one. False at damage. */
bool text_change_read(struct text_changes *changes, char *text, size_t base_len,
                      size_t *out_len) NODISCARD;

bool text_change_skip(struct text_changes *changes) NODISCARD;

#endif
