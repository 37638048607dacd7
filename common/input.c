#include "common/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "common/interrupt.h"
#include "common/mem.h"

enum { RAW_SIZE = 64 << 10, OUT_SIZE = 256 << 10 };

/* zlib's windowBits: the largest window, and the gzip format only. */
enum { GZIP_WINDOW = 15 + 16 };

enum state {
    RUNNING,
    FAULTED, /* `fault` is to be reported when everything is delivered */
    ENDED
};

enum coding { PLAIN, GZIP };

/* Where in `out` the bytes of a gzip member begin, and it in the source. */
struct boundary {
    size_t at;
    uint64_t offset;
};

struct input {
    char *path;
    int fd; /* -1: it is in memory, or a stream */
    struct input_stream stream;
    unsigned depth;
    timestamp modified;
    struct text memory; /* what is left of it */
    uint64_t start;     /* where in the file reading began */
    uint64_t bytes, delivered;
    struct boundary *boundaries; /* of members that are not delivered yet */
    size_t boundary_count, boundary_capacity;
    uint64_t member;   /* offset of the one that is being delivered */
    uint64_t decoding; /* and of the one that is being inflated */
    enum state state;
    enum coding coding;
    bool in_member; /* of a gzip file, of which not all is there yet */
    z_stream z;
    size_t raw_at, raw_end; /* what is read, but not decoded, in `raw` */
    size_t at, end;         /* what is decoded, but not delivered, in `out` */
    const char *reason;
    struct error fault;
    char raw[RAW_SIZE];
    char out[OUT_SIZE];
};

static void set_fault(struct input *in, const char *reason,
                      const char *explanation)
{
    uint64_t offset = in->start + in->bytes - (in->raw_end - in->raw_at);
    in->state = FAULTED;
    in->reason = reason;
    (void)error_set_at(&in->fault, STATUS_SOURCE, (size_t)offset,
                       "'%s' byte %llu: %s", in->path,
                       (unsigned long long)offset, explanation);
}

/* The same of a stream; what is wrong with it is told as it says. */
static size_t read_stream(struct input *in, char *to, size_t size)
{
    size_t got = 0;
    if (in->stream.read(in->stream.context, to, size, &got, &in->fault) !=
        STATUS_OK) {
        in->state = FAULTED;
        in->reason = "damaged-archive";
        return 0;
    }
    in->bytes += got;
    return got;
}

/* As read(2); on failure, 0 and a fault. */
static size_t read_some(struct input *in, char *to, size_t size)
{
    ssize_t got;
    if (in->stream.read)
        return read_stream(in, to, size);
    if (in->fd < 0) {
        struct text part = text_slice(in->memory, 0, size);
        if (part.len > 0)
            memcpy(to, part.ptr, part.len);
        in->memory = text_slice(in->memory, part.len, in->memory.len);
        got = (ssize_t)part.len;
    } else {
        do
            got = read(in->fd, to, size);
        while (got < 0 && errno == EINTR && !interrupt_signal());
    }
    if (got < 0) {
        in->state = FAULTED;
        (void)error_io(&in->fault, "read", in->path);
        return 0;
    }
    in->bytes += (uint64_t)got;
    return (size_t)got;
}

/* Makes at least `wanted` raw bytes available, fewer only at the end. */
static void fill_raw(struct input *in, size_t wanted)
{
    if (in->raw_end - in->raw_at >= wanted)
        return;
    memmove(in->raw, in->raw + in->raw_at, in->raw_end - in->raw_at);
    in->raw_end -= in->raw_at;
    in->raw_at = 0;
    while (in->raw_end < wanted) {
        size_t got =
            read_some(in, in->raw + in->raw_end, RAW_SIZE - in->raw_end);
        if (got == 0)
            return;
        in->raw_end += got;
    }
}

static bool at_gzip_magic(const struct input *in)
{
    return in->raw_end - in->raw_at >= 2 &&
           memcmp(in->raw + in->raw_at, "\x1f\x8b", 2) == 0;
}

static void expect_member(struct input *in)
{
    int result = in->coding == GZIP ? inflateReset(&in->z)
                                    : inflateInit2(&in->z, GZIP_WINDOW);
    if (result != Z_OK)
        mem_exhausted(OUT_SIZE);
    in->coding = GZIP;
}

static void start_member(struct input *in)
{
    expect_member(in);
    in->in_member = true;
    in->decoding = in->start + in->bytes - (in->raw_end - in->raw_at);
    MEM_GROW(in->boundaries, in->boundary_count, in->boundary_capacity);
    in->boundaries[in->boundary_count++] =
        (struct boundary){.at = in->end, .offset = in->decoding};
}

/* Zero bytes may pad the last member, as tapes did. */
static void skip_padding(struct input *in)
{
    do {
        while (in->raw_at < in->raw_end && in->raw[in->raw_at] == '\0')
            in->raw_at++;
        fill_raw(in, 1);
    } while (in->raw_at < in->raw_end && in->raw[in->raw_at] == '\0');
}

static void fill_between_members(struct input *in)
{
    fill_raw(in, 2);
    if (at_gzip_magic(in)) {
        start_member(in);
        return;
    }
    skip_padding(in);
    if (in->state != RUNNING)
        return;
    if (in->raw_at < in->raw_end)
        set_fault(in, "junk-after-gzip", "not gzip after the last member");
    else
        in->state = ENDED;
}

static void inflate_some(struct input *in)
{
    fill_raw(in, 1);
    if (in->state != RUNNING)
        return;
    if (in->raw_at == in->raw_end) {
        set_fault(in, "truncated-gzip", "the gzip file is cut off");
        return;
    }
    in->z.next_in = (Bytef *)in->raw + in->raw_at;
    in->z.avail_in = (uInt)(in->raw_end - in->raw_at);
    in->z.next_out = (Bytef *)in->out + in->end;
    in->z.avail_out = (uInt)(OUT_SIZE - in->end);
    int result = inflate(&in->z, Z_NO_FLUSH);
    in->raw_at = in->raw_end - in->z.avail_in;
    in->end = OUT_SIZE - in->z.avail_out;
    if (result == Z_STREAM_END)
        in->in_member = false;
    else if (result == Z_MEM_ERROR)
        mem_exhausted(OUT_SIZE);
    else if (result != Z_OK && result != Z_BUF_ERROR)
        set_fault(in, "damaged-gzip", "the gzip data is damaged");
}

static void copy_some(struct input *in)
{
    size_t got = in->raw_end - in->raw_at;
    if (got > 0) {
        size_t room = OUT_SIZE - in->end;
        got = got < room ? got : room;
        memcpy(in->out + in->end, in->raw + in->raw_at, got);
        in->raw_at += got;
    } else {
        got = read_some(in, in->out + in->end, OUT_SIZE - in->end);
    }
    in->end += got;
    if (got == 0 && in->state == RUNNING)
        in->state = ENDED;
}

/* Members that begin at or before the next byte are being delivered. */
static void pass_boundaries(struct input *in)
{
    size_t passed = 0;
    if (in->boundary_count == 0)
        return;
    while (passed < in->boundary_count && in->boundaries[passed].at <= in->at)
        in->member = in->boundaries[passed++].offset;
    in->boundary_count -= passed;
    if (passed > 0)
        memmove(in->boundaries, in->boundaries + passed,
                in->boundary_count * sizeof *in->boundaries);
}

/* Decodes until `wanted` bytes are there, fewer only if it runs no more. */
static void fill(struct input *in, size_t wanted)
{
    if (in->at > 0 && in->end - in->at < wanted) {
        pass_boundaries(in);
        memmove(in->out, in->out + in->at, in->end - in->at);
        for (size_t i = 0; i < in->boundary_count; i++)
            in->boundaries[i].at -= in->at;
        in->end -= in->at;
        in->at = 0;
    }
    while (in->end - in->at < wanted && in->state == RUNNING) {
        if (in->coding == PLAIN)
            copy_some(in);
        else if (in->in_member)
            inflate_some(in);
        else
            fill_between_members(in);
    }
}

static struct input *new_input(int fd, const char *path)
{
    struct input *in = mem_alloc(sizeof *in);
    memset(in, 0, offsetof(struct input, raw));
    in->path = mem_copy_string(path, strlen(path));
    in->fd = fd;
    in->modified = TIMESTAMP_UNKNOWN;
    return in;
}

static void detect_coding(struct input *in)
{
    fill_raw(in, 2);
    if (at_gzip_magic(in))
        start_member(in);
}

static enum status open_input(struct input **out, const char *path,
                              struct error *err)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_io(err, "open", path);
    struct stat info = {0};
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        (void)error_io(err, "read", path);
        if (!standard)
            close(fd);
        return err->status;
    }
    *out = new_input(fd, path);
    if (S_ISREG(info.st_mode))
        (*out)->modified = (timestamp)info.st_mtim.tv_sec;
    return STATUS_OK;
}

enum status input_open(struct input **out, const char *path, struct error *err)
{
    enum status status = open_input(out, path, err);
    if (status == STATUS_OK)
        detect_coding(*out);
    return status;
}

enum status input_open_at(struct input **out, const char *path,
                          const struct input_place *place, struct error *err)
{
    AUTO(input) in = NULL;
    enum status status = open_input(&in, path, err);
    if (status != STATUS_OK)
        return status;
    if (lseek(in->fd, (off_t)place->raw, SEEK_SET) < 0)
        return error_io(err, "seek in", path);
    in->start = place->raw;
    in->delivered = place->content;
    if (place->raw != place->content)
        expect_member(in);
    *out = TAKE(in);
    return STATUS_OK;
}

struct input *input_from_memory(struct text bytes, const char *name)
{
    struct input *in = new_input(-1, name);
    in->memory = bytes;
    detect_coding(in);
    return in;
}

struct input *input_from_stream(const struct input_stream *stream,
                                const char *name, unsigned depth)
{
    struct input *in = new_input(-1, name);
    in->stream = *stream;
    in->depth = depth;
    in->modified = stream->modified;
    detect_coding(in);
    return in;
}

unsigned input_depth(const struct input *in)
{
    return in->depth;
}

void input_free(struct input *in)
{
    if (!in)
        return;
    if (in->coding == GZIP)
        inflateEnd(&in->z);
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    free(in->boundaries);
    free(in->path);
    free(in);
}

enum status input_read(struct input *in, struct text *out, struct error *err)
{
    if (in->at == in->end)
        fill(in, 1);
    if (in->at == in->end && in->state == FAULTED) {
        in->state = ENDED;
        *err = in->fault;
        return err->status;
    }
    pass_boundaries(in);
    size_t end = in->boundary_count > 0 ? in->boundaries[0].at : in->end;
    *out = text_make(in->out + in->at, end - in->at);
    in->delivered += end - in->at;
    in->at = end;
    return STATUS_OK;
}

struct text input_peek(struct input *in, size_t wanted)
{
    if (wanted > INPUT_PEEK_MAX)
        wanted = INPUT_PEEK_MAX;
    fill(in, wanted);
    return text_slice(text_make(in->out + in->at, in->end - in->at), 0, wanted);
}

bool input_place(const struct input *in, uint64_t content,
                 struct input_place *out)
{
    uint64_t raw = content;
    if (in->coding == GZIP) {
        raw = in->start + in->bytes;
        /* Equal numbers stand for a file that is not compressed. */
        if (in->state != ENDED || in->at < in->end || in->reason ||
            raw == content)
            return false;
    }
    *out = (struct input_place){raw, content};
    return true;
}

timestamp input_modified(const struct input *in)
{
    return in->modified;
}

const char *input_path(const struct input *in)
{
    return in->path;
}

uint64_t input_bytes(const struct input *in)
{
    return in->bytes;
}

const char *input_fault(const struct input *in)
{
    return in->reason;
}

uint64_t input_offset(struct input *in)
{
    if (in->at == in->end)
        fill(in, 1);
    pass_boundaries(in);
    return in->coding == GZIP ? in->member : in->delivered;
}

bool input_is_gzip(const struct input *in)
{
    return in->coding == GZIP;
}

/* Where in `raw` to look for the next member: behind the beginning of the one
 * that failed, as far as that is still there. */
static size_t resume_from(const struct input *in)
{
    uint64_t raw_offset = in->start + in->bytes - in->raw_end;
    uint64_t failed = in->decoding + 1;
    if (!in->in_member) /* what is between members failed */
        return in->raw_at;
    size_t from = failed > raw_offset ? (size_t)(failed - raw_offset) : 0;
    return from < in->raw_at ? from : in->raw_at;
}

bool input_resume(struct input *in)
{
    static const char magic[] = "\x1f\x8b\x08";
    enum { MAGIC = sizeof magic - 1 };
    if (in->coding != GZIP || in->state != ENDED || !in->reason)
        return false;
    in->state = RUNNING;
    in->reason = NULL;
    in->raw_at = resume_from(in);
    for (;;) {
        const char *raw = in->raw + in->raw_at;
        size_t left = in->raw_end - in->raw_at;
        const char *found = memmem(raw, left, magic, MAGIC);
        if (found) {
            in->raw_at += (size_t)(found - raw);
            start_member(in);
            return true;
        }
        in->raw_at = left > MAGIC - 1 ? in->raw_end - (MAGIC - 1) : in->raw_at;
        left = in->raw_end - in->raw_at;
        fill_raw(in, left + 1);
        if (in->raw_end - in->raw_at == left || in->state != RUNNING) {
            in->state = ENDED;
            return false;
        }
    }
}
