/* Data that Xapian 1.4 writes but cannot read, unless the writer helps. */
#include "tests/common/engine_fixture.h"

enum { DATA_MAX = 300000, KINDS = 6 };

/* Data number `i`: sizes around the window and far above, of content that
 * deflates to little, to be told apart by kind. */
static size_t make_data(unsigned i, char *out)
{
    size_t size = 8185 + i / KINDS * (i % 2 ? 1 : 397);
    srand(i);
    for (size_t at = 0; at < size; at++) {
        static const char line[] = "gas through the pipeline\\n";
        switch (i % KINDS) {
        case 0:
            out[at] = 'a';
            break;
        case 1:
            out[at] = line[at % (sizeof line - 1)];
            break;
        case 2:
            out[at] = (char)('a' + rand() % 2);
            break;
        case 3:
            out[at] = "abc"[rand() % 3];
            break;
        case 4:
            out[at] = at < size / 2 ? (char)('a' + rand() % 26) : ' ';
            break;
        default:
            out[at] = rand() % 2000 ? 'x' : 'y';
        }
    }
    return size;
}

static void is_there(struct engine_index *index, unsigned i, char *expected)
{
    struct strbuf data = STRBUF_INIT(DATA_MAX);
    struct engine_document document = {0, i + 1};
    size_t size = make_data(i, expected);
    OK(engine_document_data(index, document, &data, &err));
    cr_assert_geq(data.len, size);
    cr_assert_leq(data.len, size + 64);
    cr_assert_arr_eq(data.ptr, expected, size);
    cr_assert_eq(strspn(data.ptr + size, " "), data.len - size);
    strbuf_done(&data);
}

Test(engine_docdata, data_that_deflates_well_can_be_read_back)
{
    static char data[DATA_MAX];
    enum { COUNT = KINDS * 80 };
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    const char *compact = fixture_path(dir, "c");
    struct engine_writer *w = fixture_writer(path);
    for (unsigned i = 0; i < COUNT; i++) {
        size_t size = make_data(i, data);
        uint32_t docid;
        OK(engine_writer_data(w, text_make(data, size), &err));
        OK(engine_writer_end(w, &docid, &err));
    }
    fixture_commit(w);
    const char *sources[] = {path};
    OK(engine_compact(compact, sources, 1, &err));
    AUTO(engine_index) index = fixture_open(path);
    AUTO(engine_index) again = fixture_open(compact);
    for (unsigned i = 0; i < COUNT; i++) {
        is_there(index, i, data);
        is_there(again, i, data);
    }
    tempdir_remove(dir);
}

Test(engine_docdata, ordinary_data_stay_as_they_are)
{
    static char data[DATA_MAX];
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    static const size_t sizes[] = {0, 1, 8191, 8192, 8193, 100000};
    enum { COUNT = sizeof sizes / sizeof *sizes };
    srand(1);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (char)rand();
    for (size_t i = 0; i < COUNT; i++) {
        uint32_t docid;
        OK(engine_writer_data(w, text_make(data, sizes[i]), &err));
        OK(engine_writer_end(w, &docid, &err));
    }
    fixture_commit(w);
    AUTO(engine_index) index = fixture_open(path);
    for (size_t i = 0; i < COUNT; i++) {
        AUTO_DONE(strbuf) got = STRBUF_INIT(DATA_MAX);
        struct engine_document document = {0, (uint32_t)i + 1};
        OK(engine_document_data(index, document, &got, &err));
        cr_assert_eq(got.len, sizes[i]);
        if (got.len > 0)
            cr_assert_arr_eq(got.ptr, data, got.len);
    }
    tempdir_remove(dir);
}
