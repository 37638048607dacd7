#include "common/input.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/gzip.h"
#include "tests/support/tempdir.h"

enum { LARGE = 1000003 };

static struct error err;

/* Reads to the end or to a failure; `out` gets what was delivered. */
static enum status drain(struct input *in, struct strbuf *out)
{
    struct text part;
    for (;;) {
        enum status status = input_read(in, &part, &err);
        if (status != STATUS_OK || part.len == 0)
            return status;
        strbuf_append(out, part);
    }
}

static struct strbuf pattern(size_t len)
{
    struct strbuf b = STRBUF_INIT(len);
    char *room = strbuf_reserve(&b, len);
    unsigned state = 1;
    for (size_t i = 0; i < len; i++) {
        state = state * 1103515245u + 12345u;
        room[i] = (char)(state >> 24);
    }
    b.len = len;
    return b;
}

/* Expects `len` bytes of `bytes` and then `status`. */
static void expect(struct text raw, struct text expected, enum status status,
                   const char *fault)
{
    AUTO(input) in = input_from_memory(raw, "x.gz");
    AUTO_DONE(strbuf) got = STRBUF_INIT(16 << 20);
    cr_assert_eq(drain(in, &got), status);
    cr_assert(text_equal(strbuf_text(&got), expected), "%zu bytes of %zu",
              got.len, expected.len);
    if (!fault) {
        cr_assert_null(input_fault(in));
        return;
    }
    cr_assert_str_eq(input_fault(in), fault);
    struct text part;
    cr_assert_eq(input_read(in, &part, &err), STATUS_OK);
    cr_assert_eq(part.len, 0, "nothing comes after a fault");
}

Test(input, a_plain_file_is_delivered_as_it_is)
{
    static const size_t sizes[] = {0, 1, 2, 3, 65535, 65536, 65537, LARGE};
    char *dir = tempdir_make();
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        AUTO_DONE(strbuf) bytes = pattern(sizes[i]);
        AUTO_DONE(strbuf) got = STRBUF_INIT(2 * LARGE);
        const char *path = tempdir_file(dir, "x");
        tempdir_write(path, bytes.ptr, bytes.len);
        AUTO(input) in = NULL;
        cr_assert_eq(input_open(&in, path, &err), STATUS_OK);
        cr_assert_eq(drain(in, &got), STATUS_OK);
        cr_assert(text_equal(strbuf_text(&got), strbuf_text(&bytes)));
        cr_assert_eq(input_bytes(in), sizes[i]);
        cr_assert_str_eq(input_path(in), path);
    }
    tempdir_remove(dir);
}

Test(input, gzip_is_seen_by_its_first_bytes_and_inflated)
{
    AUTO_DONE(strbuf) bytes = pattern(LARGE);
    AUTO_DONE(strbuf) gz = STRBUF_INIT(4 * LARGE);
    gzip_append(&gz, strbuf_text(&bytes));
    expect(strbuf_text(&gz), strbuf_text(&bytes), STATUS_OK, NULL);
}

Test(input, several_members_are_one_stream_empty_ones_too)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(LARGE);
    gzip_append(&gz, text_from("one "));
    gzip_append(&gz, text_from(""));
    gzip_append(&gz, text_from("two"));
    expect(strbuf_text(&gz), text_from("one two"), STATUS_OK, NULL);
}

Test(input, zero_bytes_may_pad_the_last_member)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(LARGE);
    gzip_append(&gz, text_from("one"));
    for (int i = 0; i < 100000; i++)
        strbuf_append_char(&gz, '\0');
    expect(strbuf_text(&gz), text_from("one"), STATUS_OK, NULL);
}

Test(input, junk_after_the_last_member_is_told_with_its_offset)
{
    static const char *const junk[] = {"x", "\x1f", "\x1fx", "junk", "\x8b"};
    for (size_t i = 0; i < sizeof junk / sizeof junk[0]; i++) {
        AUTO_DONE(strbuf) gz = STRBUF_INIT(LARGE);
        gzip_append(&gz, text_from("one"));
        size_t end = gz.len;
        strbuf_append_string(&gz, junk[i]);
        expect(strbuf_text(&gz), text_from("one"), STATUS_SOURCE,
               "junk-after-gzip");
        cr_assert_eq(err.offset, end);
    }
}

Test(input, a_gzip_file_cut_anywhere_delivers_what_is_there_and_says_so)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(LARGE);
    gzip_append(&gz, text_from("one "));
    size_t first = gz.len;
    gzip_append(&gz, text_from("two"));
    for (size_t cut = 2; cut < gz.len; cut++) {
        AUTO(input) in = input_from_memory(text_make(gz.ptr, cut), "x.gz");
        AUTO_DONE(strbuf) got = STRBUF_INIT(LARGE);
        enum status status = drain(in, &got);
        if (cut == first) {
            cr_assert_eq(status, STATUS_OK);
            continue;
        }
        cr_assert_eq(status, STATUS_SOURCE, "cut at %zu", cut);
        cr_assert_str_eq(input_fault(in), cut == first + 1 ? "junk-after-gzip"
                                                           : "truncated-gzip");
        if (cut >= first)
            cr_assert(text_starts_with(strbuf_text(&got), text_from("one ")));
    }
    char expected[100];
    snprintf(expected, sizeof expected,
             "'x.gz' byte %zu: the gzip file is cut off", gz.len - 1);
    cr_assert_str_eq(err.message, expected);
}

Test(input, damage_within_a_member_is_told)
{
    AUTO_DONE(strbuf) bytes = pattern(10000);
    AUTO_DONE(strbuf) gz = STRBUF_INIT(LARGE);
    gzip_append(&gz, strbuf_text(&bytes));
    for (size_t at = gz.len - 8; at < gz.len; at++) {
        gz.ptr[at] ^= 1; /* check sum and length, after all the data */
        expect(strbuf_text(&gz), strbuf_text(&bytes), STATUS_SOURCE,
               "damaged-gzip");
        gz.ptr[at] ^= 1;
    }
}

Test(input, peek_consumes_nothing)
{
    AUTO_DONE(strbuf) bytes = pattern(LARGE);
    AUTO_DONE(strbuf) gz = STRBUF_INIT(4 * LARGE);
    gzip_append(&gz, strbuf_text(&bytes));
    AUTO(input) in = input_from_memory(strbuf_text(&gz), "x.gz");
    AUTO_DONE(strbuf) got = STRBUF_INIT(2 * LARGE);
    cr_assert_eq(input_peek(in, 0).len, 0);
    cr_assert_eq(input_peek(in, 3).len, 3);
    cr_assert_eq(input_peek(in, SIZE_MAX).len, INPUT_PEEK_MAX);
    struct text part;
    cr_assert_eq(input_read(in, &part, &err), STATUS_OK);
    strbuf_append(&got, part);
    struct text ahead = input_peek(in, 1000);
    cr_assert_eq(ahead.len, 1000);
    cr_assert_eq(memcmp(ahead.ptr, bytes.ptr + got.len, 1000), 0);
    cr_assert_eq(drain(in, &got), STATUS_OK);
    cr_assert(text_equal(strbuf_text(&got), strbuf_text(&bytes)));
    cr_assert_eq(input_peek(in, 1).len, 0);
}

Test(input, what_cannot_be_opened_is_named)
{
    char *dir = tempdir_make();
    struct input *in = NULL;
    cr_assert_eq(input_open(&in, "/dev/null/file", &err), STATUS_IO);
    cr_assert_str_eq(err.message,
                     "cannot open '/dev/null/file': Not a directory");
    cr_assert_eq(input_open(&in, dir, &err), STATUS_IO);
    cr_assert(strstr(err.message, "Is a directory"));
    cr_assert_null(in);
    tempdir_remove(dir);
}

Test(input, a_failing_read_is_an_io_error)
{
    AUTO(input) in = NULL;
    struct text part;
    cr_assert_eq(input_open(&in, "/proc/self/mem", &err), STATUS_OK);
    cr_assert_eq(input_read(in, &part, &err), STATUS_IO);
    cr_assert(strstr(err.message, "cannot read '/proc/self/mem'"));
    cr_assert_null(input_fault(in));
}

Test(input, a_dash_is_standard_input_even_if_it_comes_a_byte_at_a_time)
{
    AUTO_DONE(strbuf) gz = STRBUF_INIT(LARGE);
    gzip_append(&gz, text_from("from "));
    gzip_append(&gz, text_from("a pipe"));
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    pid_t writer = fork();
    if (writer == 0) {
        for (size_t i = 0; i < gz.len; i++) {
            if (write(ends[1], gz.ptr + i, 1) != 1)
                _exit(1);
            usleep(200);
        }
        _exit(0);
    }
    close(ends[1]);
    cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    AUTO(input) in = NULL;
    AUTO_DONE(strbuf) got = STRBUF_INIT(LARGE);
    cr_assert_eq(input_open(&in, "-", &err), STATUS_OK);
    cr_assert_eq(drain(in, &got), STATUS_OK);
    cr_assert(text_is(strbuf_text(&got), "from a pipe"));
    waitpid(writer, NULL, 0);
}

Test(input, free_of_null_and_of_standard_input_closes_nothing)
{
    input_free(NULL);
    int null = open("/dev/null", O_RDONLY);
    cr_assert_eq(dup2(null, STDIN_FILENO), STDIN_FILENO);
    struct input *in;
    cr_assert_eq(input_open(&in, "-", &err), STATUS_OK);
    input_free(in);
    cr_assert_neq(fcntl(STDIN_FILENO, F_GETFD), -1);
}

/* Two members, the first without its last `cut` bytes; gives its length. */
static size_t two_members(struct strbuf *out, struct text one, struct text two,
                          size_t cut)
{
    strbuf_init(out, 1 << 20);
    gzip_append(out, one);
    strbuf_truncate(out, out->len - cut);
    size_t len = out->len;
    gzip_append(out, two);
    return len;
}

Test(input, reads_are_of_one_member_and_know_its_place)
{
    struct text one = TEXT("first"), two = TEXT("second"), part;
    AUTO_DONE(strbuf) raw;
    size_t second = two_members(&raw, one, two, 0);
    AUTO(input) in = input_from_memory(strbuf_text(&raw), "x.gz");
    cr_assert_eq(input_peek(in, 100).len, one.len + two.len);
    cr_assert_eq(input_offset(in), 0);
    cr_assert_eq(input_read(in, &part, &err), STATUS_OK);
    cr_assert(text_equal(part, one));
    cr_assert_eq(input_offset(in), second);
    cr_assert_eq(input_read(in, &part, &err), STATUS_OK);
    cr_assert(text_equal(part, two));
}

Test(input, goes_on_at_the_next_member_after_damage)
{
    struct text one = TEXT("first first first"), two = TEXT("second");
    AUTO_DONE(strbuf) raw;
    AUTO_DONE(strbuf) got = STRBUF_INIT(1 << 20);
    two_members(&raw, one, two, 12);
    AUTO(input) in = input_from_memory(strbuf_text(&raw), "x.gz");
    cr_assert_not(input_resume(in), "nothing has failed yet");
    cr_assert_eq(drain(in, &got), STATUS_SOURCE);
    strbuf_reset(&got);
    cr_assert(input_resume(in));
    cr_assert_eq(drain(in, &got), STATUS_OK);
    cr_assert(text_equal(strbuf_text(&got), two));
    cr_assert_not(input_resume(in));
}

Test(input, utf16_is_given_out_as_utf8)
{
    static const struct {
        struct text raw;
        const char *expected;
    } cases[] = {
        {TEXT("\xff\xfe"
              "A\0\xfc\0"),
         "\xef\xbb\xbf"
         "Aü"},
        {TEXT("\xfe\xff\0A\x20\xac"), "\xef\xbb\xbf"
                                      "A€"},
        {TEXT("\xff\xfe\x3d\xd8\x00\xde!\0"), "\xef\xbb\xbf😀!"},
        {TEXT("\xff\xfe\x3d\xd8!\0"), "\xef\xbb\xbf\xef\xbf\xbd!"},
        {TEXT("\xff\xfe\x00\xde\x3d\xd8"),
         "\xef\xbb\xbf\xef\xbf\xbd\xef\xbf\xbd"},
        {TEXT("\xff\xfe"
              "A\0x"),
         "\xef\xbb\xbf"
         "A\xef\xbf\xbd"},
        {TEXT("\xff\xfe"), "\xef\xbb\xbf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i].raw, text_from(cases[i].expected), STATUS_OK, NULL);
}

Test(input, utf16_is_decoded_across_what_is_read_at_once)
{
    enum { COUNT = 300001 };
    AUTO_DONE(strbuf) raw = STRBUF_INIT(4 * COUNT + 3);
    AUTO_DONE(strbuf) expected = STRBUF_INIT(4 * COUNT + 3);
    strbuf_append(&raw, (struct text)TEXT("\xff\xfe"));
    strbuf_append_string(&expected, "\xef\xbb\xbf");
    for (size_t i = 0; i < COUNT; i++) {
        bool wide = i % 3 == 0;
        strbuf_append(&raw, wide ? (struct text)TEXT("\x3d\xd8\x00\xde")
                                 : (struct text)TEXT("\xac\x20"));
        strbuf_append_string(&expected, wide ? "😀" : "€");
    }
    expect(strbuf_text(&raw), strbuf_text(&expected), STATUS_OK, NULL);
    AUTO(input) in = input_from_memory(strbuf_text(&raw), "x");
    struct input_place place;
    cr_assert(text_starts_with(input_peek(in, 7), text_from("\xef\xbb\xbf😀")));
    cr_assert_not(input_place(in, 0, &place));
}
