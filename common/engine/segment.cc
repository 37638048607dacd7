#include "common/engine/segment.hh"

#include <array>
#include <cstdint>
#include <fstream>

#include <unistd.h>

namespace engine
{

/* What the version file says of one table. */
struct table {
    bool written; /* or not so much as a file */
    uint64_t levels, entries;
};

enum { DOCDATA = 1, TABLES = 6, LEVELS_MAX = 9 };

/* 7 bits a byte, least significant first, the top bit set if more follow. */
static uint64_t read_number(std::istream &in)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        int c = in.get();
        if (c == std::istream::traits_type::eof())
            break;
        number |= static_cast<uint64_t>(c & 0x7f) << shift;
        if (!(c & 0x80))
            break;
    }
    return number;
}

/* Root block; levels * 4 + sequential * 2 + unwritten; entries; block size;
 * compression; free list, a string with its length in front. */
static table read_table(std::istream &in)
{
    read_number(in);
    uint64_t flags = read_number(in);
    uint64_t entries = read_number(in);
    for (int field = 0; field < 2; field++)
        read_number(in);
    uint64_t freelist = read_number(in);
    in.ignore(freelist < 256 ? static_cast<std::streamsize>(freelist) : 256);
    return {(flags & 1) == 0, flags >> 2, entries};
}

/* The file is 14 bytes of magic, 2 of version, 16 of UUID, the revision, the
 * tables (postlist, docdata, ...), and statistics. */
static std::array<table, TABLES> read_tables(const std::string &path)
{
    std::array<table, TABLES> tables;
    std::ifstream in(path + "/iamglass", std::ios::binary);
    in.ignore(14 + 2 + 16);
    read_number(in);
    for (table &t : tables)
        t = read_table(in);
    return tables;
}

Xapian::Database segment_open(const std::string &path)
{
    std::array<table, TABLES> tables = read_tables(path);
    for (const table &t : tables)
        if (t.levels > LEVELS_MAX || (!t.written && t.entries > 0))
            throw Xapian::DatabaseCorruptError("an impossible table");
    Xapian::Database db(path, Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
    std::string docdata = path + "/docdata.glass";
    if (tables[DOCDATA].written && access(docdata.c_str(), F_OK) != 0)
        throw Xapian::DatabaseNotFoundError(docdata + " is missing");
    return db;
}

} // namespace engine
