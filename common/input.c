#include "common/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "common/byte_source.h"
#include "common/mem.h"
#include "common/member_marks.h"
#include "common/utf16.h"

enum { RAW_SIZE = 64 << 10, OUT_SIZE = 256 << 10 };

/* zlib's windowBits: the largest window, and the gzip format only. */
enum { GZIP_WINDOW = 15 + 16 };

enum state {
    RUNNING,
    FAULTED, /* `fault` is to be reported when everything is delivered */
    ENDED
};

enum coding { PLAIN, GZIP, UTF16 };

struct input {
    struct byte_source source;
    unsigned depth;
    uint64_t start; /* where in the file reading began */
    uint64_t delivered;
    struct member_marks members; /* in `out` */
    uint64_t decoding;           /* offset of the one that is inflated */
    enum state state;
    enum coding coding;
    enum utf16_order order;
    bool in_member; /* of a gzip file, of which not all is there yet */
    z_stream z;
    size_t raw_at, raw_end; /* what is read, but not decoded, in `raw` */
    size_t at, end;         /* what is decoded, but not delivered, in `out` */
    const char *reason;
    struct error fault;
    char raw[RAW_SIZE];
    char out[OUT_SIZE];
};

/* Where in the source the next byte is that is not decoded. */
static uint64_t raw_offset(const struct input *in)
{
    return in->start + in->source.bytes - (in->raw_end - in->raw_at);
}

static void set_fault(struct input *in, const char *reason,
                      const char *explanation)
{
    uint64_t offset = raw_offset(in);
    in->state = FAULTED;
    in->reason = reason;
    (void)error_set_at(&in->fault, STATUS_SOURCE, (size_t)offset,
                       "'%s' byte %llu: %s", in->source.path,
                       (unsigned long long)offset, explanation);
}

/* As read(2); on failure, 0 and a fault: of a stream, as it says. */
static size_t read_some(struct input *in, char *to, size_t size)
{
    size_t got = 0;
    if (byte_source_read(&in->source, to, size, &got, &in->fault) !=
        STATUS_OK) {
        in->state = FAULTED;
        in->reason = in->source.stream.read ? "damaged-archive" : NULL;
        return 0;
    }
    return got;
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
    in->decoding = raw_offset(in);
    member_marks_add(&in->members, in->end, in->decoding);
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

/* The mark stays, as that of UTF-8: it says what the text is in now. */
static void decode_some(struct input *in)
{
    enum { CHARACTER = 4 };
    fill_raw(in, CHARACTER);
    const size_t len = in->raw_end - in->raw_at;
    const struct utf16_step step =
        utf16_decode(text_make(in->raw + in->raw_at, len), in->order,
                     len < CHARACTER ? UTF16_LAST : UTF16_MORE,
                     in->out + in->end, OUT_SIZE - in->end);
    in->raw_at += step.read;
    in->end += step.written;
    if (step.read == 0 && in->state == RUNNING)
        in->state = ENDED;
}

/* Decodes until `wanted` bytes are there, fewer only if it runs no more. */
static void fill(struct input *in, size_t wanted)
{
    if (in->at > 0 && in->end - in->at < wanted) {
        member_marks_pass(&in->members, in->at);
        memmove(in->out, in->out + in->at, in->end - in->at);
        member_marks_shift(&in->members, in->at);
        in->end -= in->at;
        in->at = 0;
    }
    while (in->end - in->at < wanted && in->state == RUNNING) {
        if (in->coding == PLAIN)
            copy_some(in);
        else if (in->coding == UTF16)
            decode_some(in);
        else if (in->in_member)
            inflate_some(in);
        else
            fill_between_members(in);
    }
}

/* Takes the source over. */
static struct input *new_input(struct byte_source source)
{
    struct input *in = mem_alloc(sizeof *in);
    memset(in, 0, offsetof(struct input, raw));
    in->source = source;
    return in;
}

static void detect_coding(struct input *in)
{
    fill_raw(in, 2);
    in->order = utf16_order_of(
        text_make(in->raw + in->raw_at, in->raw_end - in->raw_at));
    if (at_gzip_magic(in))
        start_member(in);
    else if (in->order != UTF16_NONE)
        in->coding = UTF16;
}

static struct input *new_detected(struct byte_source source)
{
    struct input *in = new_input(source);
    detect_coding(in);
    return in;
}

enum status input_open(struct input **out, const char *path, struct error *err)
{
    struct byte_source source;
    enum status status = byte_source_open(&source, path, err);
    if (status == STATUS_OK)
        *out = new_detected(source);
    return status;
}

enum status input_open_at(struct input **out, const char *path,
                          const struct input_place *place, struct error *err)
{
    struct byte_source source;
    enum status status = byte_source_open(&source, path, err);
    if (status != STATUS_OK)
        return status;
    AUTO(input) in = new_input(source);
    status = byte_source_seek(&in->source, place->raw, err);
    if (status != STATUS_OK)
        return status;
    in->start = place->raw;
    in->delivered = place->content;
    if (place->raw != place->content)
        expect_member(in);
    *out = TAKE(in);
    return STATUS_OK;
}

struct input *input_from_memory(struct text bytes, const char *name)
{
    return new_detected(byte_source_of_memory(bytes, name));
}

struct input *input_from_stream(const struct input_stream *stream,
                                const char *name, unsigned depth)
{
    struct input *in = new_detected(byte_source_of_stream(stream, name));
    in->depth = depth;
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
    byte_source_done(&in->source);
    member_marks_done(&in->members);
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
    member_marks_pass(&in->members, in->at);
    const size_t end = member_marks_next(&in->members, in->end);
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
    if (in->coding == UTF16)
        return false;
    if (in->coding == GZIP) {
        raw = in->start + in->source.bytes;
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
    return in->source.modified;
}

const char *input_path(const struct input *in)
{
    return in->source.path;
}

uint64_t input_bytes(const struct input *in)
{
    return in->source.bytes;
}

const char *input_fault(const struct input *in)
{
    return in->reason;
}

uint64_t input_offset(struct input *in)
{
    if (in->at == in->end)
        fill(in, 1);
    member_marks_pass(&in->members, in->at);
    return in->coding == GZIP ? in->members.delivered : in->delivered;
}

bool input_is_gzip(const struct input *in)
{
    return in->coding == GZIP;
}

/* Where in `raw` to look for the next member: behind the beginning of the one
 * that failed, as far as that is still there. */
static size_t resume_from(const struct input *in)
{
    uint64_t raw_begin = in->start + in->source.bytes - in->raw_end;
    uint64_t failed = in->decoding + 1;
    if (!in->in_member) /* what is between members failed */
        return in->raw_at;
    size_t from = failed > raw_begin ? (size_t)(failed - raw_begin) : 0;
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
