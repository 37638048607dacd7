/* Data read past the engine are what the engine was given. */
#include "common/engine/glass_table.h"

#include "tests/common/engine_fixture.h"
#include "tests/support/effort.h"

enum { DATA_MAX = 200000 };

/* Of many sizes; every third deflates badly, every third very well. */
static size_t make_data(uint32_t docid, char *out)
{
    static const size_t sizes[] = {
        1,    2,    17,   18,    19,    100, 500,   2000,  2030, 2040,
        8191, 8192, 8193, 20000, 70000, 300, 65536, 40000, 1000, DATA_MAX};
    size_t size = docid % 7 ? docid % 1500 + 1
                            : sizes[docid / 7 % (sizeof sizes / sizeof *sizes)];
    uint64_t state = docid;
    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + 1;
        unsigned byte = (unsigned)(state >> 56);
        out[i] = (char)(docid % 3 == 0   ? byte
                        : docid % 3 == 1 ? 'a' + byte % 7U
                                         : (unsigned char)"gas pipe "[i % 9]);
    }
    return size;
}

/* Documents 1 to `count`; those divisible by 11 have no data. */
static const char *write_segment(const char *dir, uint32_t count)
{
    static char data[DATA_MAX];
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    for (uint32_t docid = 1; docid <= count; docid++) {
        uint32_t got;
        size_t size = docid % 11 ? make_data(docid, data) : 0;
        OK(engine_writer_data(w, text_make(data, size), &err));
        OK(engine_writer_end(w, &got, &err));
    }
    fixture_commit(w);
    return path;
}

static struct glass_table *open_docdata(const char *path)
{
    struct glass_version version;
    cr_assert(glass_version_read(&version, path));
    return glass_table_open(tempdir_file(path, "docdata.glass"),
                            &version.tables[GLASS_DOCDATA]);
}

static bool get(struct glass_table *t, uint32_t docid, struct strbuf *out)
{
    char room[GLASS_DOCID_KEY_MAX];
    strbuf_reset(out);
    return glass_table_get(t, glass_docid_key(docid, room), out);
}

/* The engine pads what it could not read otherwise (docdata.cc). */
static void all_are_there(const char *path, uint32_t count)
{
    static char data[DATA_MAX];
    AUTO(glass_table) t = open_docdata(path);
    AUTO_DONE(strbuf) out = STRBUF_INIT(2 * DATA_MAX);
    cr_assert_not_null(t);
    for (uint32_t docid = 1; docid <= count; docid++) {
        cr_assert_eq(get(t, docid, &out), docid % 11 != 0, "%u", docid);
        if (docid % 11 == 0)
            continue;
        size_t size = make_data(docid, data);
        cr_assert_geq(out.len, size);
        cr_assert_leq(out.len, size + 1024);
        cr_assert_arr_eq(out.ptr, data, size);
        cr_assert_eq(strspn(out.ptr + size, " "), out.len - size);
    }
    cr_assert_not(get(t, 0, &out));
    cr_assert_not(get(t, count + 1, &out));
    cr_assert_not(get(t, UINT32_MAX, &out));
    cr_assert_not(glass_table_get(t, text_make("", 0), &out));
    cr_assert_eq(out.len, 0);
}

Test(engine_glass_table, has_every_documents_data)
{
    char *dir = tempdir_make();
    const char *path = write_segment(dir, 3000);
    const char *compact = fixture_path(dir, "c");
    all_are_there(path, 3000);
    OK(engine_compact(compact, &path, 1, &err));
    all_are_there(compact, 3000);
    tempdir_remove(dir);
}

Test(engine_glass_table, docids_of_three_bytes_are_found)
{
    enum { COUNT = 0x8000 + 300 };
    char *dir = tempdir_make();
    const char *path = fixture_path(dir, "s");
    struct engine_writer *w = fixture_writer(path);
    char data[20];
    for (uint32_t docid = 1; docid <= COUNT; docid++) {
        snprintf(data, sizeof data, "%u", docid);
        fixture_add(w, "", NAN, data);
    }
    fixture_commit(w);
    AUTO(glass_table) t = open_docdata(path);
    AUTO_DONE(strbuf) out = STRBUF_INIT(100);
    for (uint32_t docid = 1; docid <= COUNT; docid += 7) {
        snprintf(data, sizeof data, "%u", docid);
        cr_assert(get(t, docid, &out));
        cr_assert_str_eq(out.ptr, data);
    }
    tempdir_remove(dir);
}

Test(engine_glass_table, docids_have_ascending_keys)
{
    static const struct {
        uint32_t docid;
        const char *key;
        size_t len;
    } rows[] = {
        {1, "\x00\x01", 2},
        {0x7fff, "\x7f\xff", 2},
        {0x8000, "\x80\x80\x00", 3},
        {0x3fffff, "\xbf\xff\xff", 3},
        {0x400000, "\xc0\x40\x00\x00", 4},
        {0x1fffffff, "\xdf\xff\xff\xff", 4},
        {0x20000000, "\xe0\x20\x00\x00\x00", 5},
        {UINT32_MAX, "\xe0\xff\xff\xff\xff", 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char room[GLASS_DOCID_KEY_MAX];
        struct text key = glass_docid_key(rows[i].docid, room);
        cr_assert_eq(key.len, rows[i].len);
        cr_assert_arr_eq(key.ptr, rows[i].key, key.len);
    }
}

Test(engine_glass_table, what_exceeds_the_buffer_is_left_to_the_engine)
{
    char *dir = tempdir_make();
    AUTO(glass_table) t = open_docdata(write_segment(dir, 100));
    for (uint32_t docid = 1; docid <= 100; docid++) {
        static char data[DATA_MAX];
        if (docid % 11 == 0)
            continue;
        size_t size = make_data(docid, data);
        AUTO_DONE(strbuf) less = STRBUF_INIT(size - 1);
        AUTO_DONE(strbuf) enough = STRBUF_INIT(size + 1024);
        cr_assert_not(get(t, docid, &less));
        cr_assert_eq(less.len, 0);
        cr_assert_not(less.overflowed);
        cr_assert(get(t, docid, &enough));
    }
    tempdir_remove(dir);
}

Test(engine_glass_table, damage_is_never_read_beyond_the_file)
{
    enum { COUNT = 400 };
    char *dir = tempdir_make();
    const char *path = write_segment(dir, COUNT);
    const char *file = tempdir_file(path, "docdata.glass");
    size_t len;
    char *bytes = tempdir_read(file, &len);
    AUTO_DONE(strbuf) out = STRBUF_INIT(2 * DATA_MAX);
    srand(7);
    for (unsigned round = effort(400); round > 0; round--) {
        fixture_damage(file, bytes, len, round % 4 == 0);
        AUTO(glass_table) t = open_docdata(path);
        cr_assert_not_null(t);
        for (uint32_t docid = 1; docid <= COUNT; docid++)
            if (!get(t, docid, &out))
                cr_assert_eq(out.len, 0);
    }
    free(bytes);
    tempdir_remove(dir);
}

Test(engine_glass_table, a_root_of_an_unknown_kind_is_refused)
{
    char *dir = tempdir_make();
    const char *path = write_segment(dir, 10);
    const char *file = tempdir_file(path, "docdata.glass");
    struct glass_version version;
    cr_assert(glass_version_read(&version, path));
    const struct glass_root good = version.tables[GLASS_DOCDATA];
    struct glass_root unwritten = good, deep = good, wide = good, narrow = good;
    unwritten.written = false;
    deep.level = 10;
    wide.block_size = 1 << 17;
    narrow.block_size = 0;
    cr_assert_null(glass_table_open(file, &unwritten));
    cr_assert_null(glass_table_open(file, &deep));
    cr_assert_null(glass_table_open(file, &wide));
    cr_assert_null(glass_table_open(file, &narrow));
    cr_assert_null(glass_table_open(tempdir_file(path, "none"), &good));
    struct glass_root far = good;
    far.block = UINT64_MAX / 2;
    AUTO(glass_table) t = glass_table_open(file, &far);
    AUTO_DONE(strbuf) out = STRBUF_INIT(DATA_MAX);
    cr_assert_not(get(t, 1, &out));
    tempdir_remove(dir);
}

Test(engine_glass_table, a_version_file_cut_short_is_not_understood)
{
    char *dir = tempdir_make();
    const char *path = write_segment(dir, 10);
    const char *file = tempdir_file(path, "iamglass");
    struct glass_version version;
    size_t len, understood = 0;
    char *bytes = tempdir_read(file, &len);
    for (size_t cut = 0; cut <= len; cut++) {
        tempdir_write(file, bytes, cut);
        bool is = glass_version_read(&version, path);
        cr_assert(is || understood == 0, "at %zu, but not before", cut);
        understood += is;
    }
    cr_assert(understood > 0 && understood < len / 2);
    free(bytes);
    tempdir_remove(dir);
}
