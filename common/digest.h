/* XXH3-128 digests of files and of articles' contents (libxxhash; the
 * canonical, big-endian form, so that xxhsum -H128 prints the same). They find
 * damage, not forgery. */
#ifndef COMMON_DIGEST_H
#define COMMON_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

enum { DIGEST_SIZE = 16, DIGEST_HEX_SIZE = 2 * DIGEST_SIZE + 1 };

struct digest {
    uint8_t bytes[DIGEST_SIZE];
};

struct digest digest_of(struct text t);
bool digest_equal(const struct digest *a, const struct digest *b);
void digest_hex(const struct digest *d, char out[DIGEST_HEX_SIZE]);
bool digest_parse(struct text hex, struct digest *out) NODISCARD;

/* Sees how far the reading of a file is, by the bytes of each piece. */
struct digest_watch {
    void (*on_bytes)(void *context, size_t bytes);
    void *context;
};

/* Of a whole file, which is read through; gives its size in bytes as well.
 * `watch` may be NULL. */
enum status digest_file(struct digest *out, uint64_t *size, const char *path,
                        const struct digest_watch *watch, struct error *err)
    NODISCARD;

/* A digest in parts: new, add*, value (any number of times), free. */
struct digester;
struct digester *digester_new(void);
void digester_free(struct digester *d);
void digester_add(struct digester *d, struct text t);
void digester_add_number(struct digester *d, uint64_t number);
struct digest digester_value(const struct digester *d);
void digester_reset(struct digester *d); /* as new */

DEFINE_AUTO(digester);

#endif
