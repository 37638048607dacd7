/* Whatever data a document has, the engine gives them back: from the tables as
 * they are written, and from a compaction of them. */
#include "indexer/segment/docdata_table.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/engine/writer.h"
#include "common/mem.h"
#include "indexer/tables.h"
#include "tests/support/expect_ok.h"
#include "tests/support/tempdir.h"

enum { DATA_MAX = 1 << 21, KINDS = 16 };

/* As many bytes of `out` from `at` on as the line has. */
static void fill(char *out, size_t at, size_t size, const char *line)
{
    size_t len = strlen(line);
    for (size_t i = 0; at + i < size; i++)
        out[at + i] = line[i % len];
}

static void noise(char *out, size_t size, int letters)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (char)(' ' + rand() % letters);
}

static void prose(char *out, size_t size)
{
    static const char *const words[] = {"gas ",   "through ", "the ",
                                        "pipe ",  "of ",      "Nord ",
                                        "Stream", ", ",       "\\n"};
    for (size_t at = 0; at < size;) {
        const char *word = words[rand() % 9];
        for (size_t i = 0; word[i] && at < size; i++)
            out[at++] = word[i];
    }
}

/* Data of one kind: alike all over, or with an end or a beginning that
 * deflates far better than the rest. */
static void make(char *out, size_t size, unsigned kind)
{
    static const char *const lines[] = {
        "a",
        "ab",
        "gas through the pipeline\\n",
        "\\u0001",
        "{\"k\":0},",
        "na na na na na na na na na na na na na na na na na na na hey jude ",
    };
    enum { LINES = sizeof lines / sizeof *lines };
    srand((unsigned)size + kind);
    if (kind < LINES) {
        fill(out, 0, size, lines[kind]);
        return;
    }
    switch (kind) {
    case 6: /* nothing to gain */
        noise(out, size, 95);
        break;
    case 7:
        noise(out, size, 2);
        break;
    case 8:
        noise(out, size, 3);
        break;
    case 9:
        prose(out, size);
        break;
    case 10: /* a long run behind a head that does not deflate */
        noise(out, size, 95);
        fill(out, size / 2, size, "x");
        break;
    case 11:
        noise(out, size, 95);
        fill(out, size - 8300 < size ? size - 8300 : 0, size, " ");
        break;
    case 12:
        prose(out, size);
        fill(out, size / 3, size, "0,");
        break;
    case 13: /* single changes in a long run */
        for (size_t i = 0; i < size; i++)
            out[i] = rand() % 2000 ? 'x' : 'y';
        break;
    case 14: /* the run first */
        noise(out, size, 95);
        fill(out, 0, size - size / 4, "x");
        noise(out + size - size / 4, size / 4, 95);
        break;
    default: /* a period longer than the window of deflate */
        noise(out, size, 95);
        for (size_t i = 40000; i < size; i++)
            out[i] = out[i - 40000];
    }
}

typedef size_t size_fn(unsigned i); /* 0: no more */

static void has_data(struct engine_index *index, size_fn *size_of, char *buffer)
{
    AUTO_DONE(strbuf) data = STRBUF_INIT(DATA_MAX);
    uint32_t docid = 0;
    for (unsigned i = 0; size_of(i) > 0; i++)
        for (unsigned kind = 0; kind < KINDS; kind++) {
            const struct engine_document document = {0, ++docid};
            size_t size = size_of(i);
            make(buffer, size, kind);
            strbuf_reset(&data);
            OK(engine_document_data(index, document, &data, &err));
            cr_assert_eq(data.len, size, "%zu bytes of kind %u", size, kind);
            cr_assert(memcmp(data.ptr, buffer, size) == 0,
                      "%zu bytes of kind %u", size, kind);
        }
}

static void open_and_compare(const char *path, size_fn *size_of, char *buffer)
{
    AUTO(engine_index) index = NULL;
    const struct engine_segment segment = {.path = path};
    OK(engine_check(path, NULL, &err));
    OK(engine_index_open(&index, &segment, 1, &err));
    has_data(index, size_of, buffer);
}

static void round_trip(size_fn *size_of)
{
    char *folder = tempdir_make(), *buffer = mem_alloc(DATA_MAX);
    const char *compact = tempdir_file(folder, "compact");
    struct manifest_segment segment = {.name = "segment"};
    struct tables *t;
    OK(tables_glass.open(&t, folder, 1 << 30, &err));
    for (unsigned i = 0; size_of(i) > 0; i++)
        for (unsigned kind = 0; kind < KINDS; kind++) {
            size_t size = size_of(i);
            make(buffer, size, kind);
            const struct document d = {.data = text_make(buffer, size)};
            OK(tables_glass.add(t, &d, &err));
        }
    OK(tables_glass.finish(t, &segment, &err));
    tables_glass.free(t);
    open_and_compare(folder, size_of, buffer);
    OK(engine_compact(compact, (const char *const[]){folder}, 1, &err));
    open_and_compare(compact, size_of, buffer);
    free(buffer);
    tempdir_remove(folder);
}

static size_t small_size(unsigned i)
{
    return i < 20 ? 10 + i : i < 50 ? 1960 + i * 3 : 0;
}

Test(docdata_table, data_around_the_sizes_of_items)
{
    round_trip(small_size);
}

static size_t window_size(unsigned i)
{
    return i < 20 ? 8183 + i : 0;
}

Test(docdata_table, data_around_one_window)
{
    round_trip(window_size);
}

static size_t multiple_size(unsigned i)
{
    return i < 36 ? 8192 * (1 + i / 3) + i % 3 - 1 : 0;
}

Test(docdata_table, data_around_multiples_of_the_window)
{
    round_trip(multiple_size);
}

static size_t long_size(unsigned i)
{
    return i < 5 ? 100000 + i * 73003 : 0;
}

Test(docdata_table, long_data)
{
    round_trip(long_size);
}

static size_t huge_size(unsigned i)
{
    return i < 1 ? DATA_MAX - 1 : 0;
}

Test(docdata_table, data_of_megabytes)
{
    round_trip(huge_size);
}
