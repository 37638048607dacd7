#include "common/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libxxhash's inlined form: a library less to load at every start. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/mem.h"
#include "common/stage.h"

enum { READ_SIZE = 256 << 10 };

struct digester {
    XXH3_state_t *state;
};

static struct digest canonical(XXH128_hash_t hash)
{
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, hash);
    struct digest d;
    memcpy(d.bytes, bytes.digest, sizeof d.bytes);
    return d;
}

struct digest digest_of(struct text t)
{
    return canonical(XXH3_128bits(t.len ? t.ptr : "", t.len));
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void digest_hex(const struct digest *d, char out[DIGEST_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        out[2 * i] = digits[d->bytes[i] >> 4];
        out[2 * i + 1] = digits[d->bytes[i] & 15];
    }
    out[2 * DIGEST_SIZE] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool digest_parse(struct text hex, struct digest *out)
{
    struct digest d;
    if (hex.len != 2 * DIGEST_SIZE)
        return false;
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        int high = hex_value(hex.ptr[2 * i]);
        int low = hex_value(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        d.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *out = d;
    return true;
}

/* Gives what the last read() gave: 0, or less with errno. */
static ssize_t add_file(struct digester *d, int fd, uint64_t *size,
                        const struct digest_watch *watch)
{
    char *buffer = mem_alloc(READ_SIZE);
    ssize_t got;
    while ((got = read(fd, buffer, READ_SIZE)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        digester_add(d, text_make(buffer, (size_t)got));
        *size += (uint64_t)got;
        if (watch)
            watch->on_bytes(watch->context, (size_t)got);
    }
    free(buffer);
    return got;
}

enum status digest_file(struct digest *out, uint64_t *size, const char *path,
                        const struct digest_watch *watch, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        bool missing = errno == ENOENT;
        error_io(err, "open", path);
        return err->status = missing ? STATUS_NOT_FOUND : STATUS_IO;
    }
    AUTO(digester) d = digester_new();
    uint64_t read_bytes = 0;
    enum status status = add_file(d, fd, &read_bytes, watch) < 0
                             ? error_io(err, "read", path)
                             : STATUS_OK;
    close(fd);
    if (status != STATUS_OK)
        return status;
    *out = digester_value(d);
    *size = read_bytes;
    return STATUS_OK;
}

struct digester *digester_new(void)
{
    struct digester *d = mem_zeroed(1, sizeof *d);
    d->state = XXH3_createState();
    if (!d->state)
        mem_exhausted(sizeof *d);
    XXH3_128bits_reset(d->state);
    return d;
}

void digester_free(struct digester *d)
{
    if (!d)
        return;
    XXH3_freeState(d->state);
    free(d);
}

void digester_add(struct digester *d, struct text t)
{
    const enum stage outer = stage_begin(STAGE_DIGEST);
    if (t.len > 0)
        XXH3_128bits_update(d->state, t.ptr, t.len);
    stage_end(outer);
}

/* As 8 bytes, least first, on every machine. */
void digester_add_number(struct digester *d, uint64_t number)
{
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(number >> 8 * i & 0xff);
    digester_add(d, text_make(bytes, sizeof bytes));
}

struct digest digester_value(const struct digester *d)
{
    return canonical(XXH3_128bits_digest(d->state));
}

void digester_reset(struct digester *d)
{
    XXH3_128bits_reset(d->state);
}
