/* Xapian 1.4 stores document data as one raw deflate stream that may be cut in
 * several items, and inflates item by item through a window of 8192 bytes. At
 * the end of the last item's input it gives up, although output may still be
 * pending for want of room in the window: get_data() then throws
 * DatabaseCorruptError. Example: 8193 times 'a'.
 *
 * No output can be pending when the last byte of the stream holds nothing but
 * bits of the code that ends it, because an inflater takes a byte only when it
 * needs one. That condition does not depend on where the stream is cut, so it
 * also holds when compaction cuts the same stream elsewhere. One more blank at
 * the end of the data shifts the bits; a few tries meet the condition. */
#include "common/engine/docdata.hh"

#include <stdexcept>

#include <zlib.h>

namespace engine
{

enum {
    WINDOW_SIZE = 8192,
    BLANKS_MAX = 1024, /* 31 were the most ever needed */
    RAW = -15,         /* zlib's sign for no header */
    MEMORY_LEVEL = 9
};

static Bytef *zlib_bytes(std::string &s)
{
    return reinterpret_cast<Bytef *>(&s[0]);
}

/* As Xapian does it: the settings must be the same. */
static std::string deflated(std::string &data)
{
    z_stream z = {};
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, RAW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&z, data.size()), '\0');
    z.next_in = zlib_bytes(data);
    z.avail_in = static_cast<uInt>(data.size());
    z.next_out = zlib_bytes(out);
    z.avail_out = static_cast<uInt>(out.size());
    int result = deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    if (result != Z_STREAM_END)
        throw std::length_error("document data too long to be deflated");
    return out;
}

/* How much comes out of all but the last byte of a stream. */
static size_t inflated_before_last_byte(std::string &stream, size_t size)
{
    z_stream z = {};
    if (inflateInit2(&z, RAW) != Z_OK)
        throw std::bad_alloc();
    std::string out(size, '\0');
    z.next_in = zlib_bytes(stream);
    z.avail_in = static_cast<uInt>(stream.size() - 1);
    z.next_out = zlib_bytes(out);
    z.avail_out = static_cast<uInt>(out.size());
    inflate(&z, Z_SYNC_FLUSH);
    size_t inflated = z.total_out;
    inflateEnd(&z);
    return inflated;
}

static bool is_readable(std::string &data)
{
    std::string stream = deflated(data);
    return stream.size() >= data.size() /* is stored as it is */
           || inflated_before_last_byte(stream, data.size()) == data.size();
}

void docdata_make_readable(std::string &data)
{
    if (data.size() <= WINDOW_SIZE)
        return;
    size_t original = data.size();
    while (!is_readable(data)) {
        if (data.size() - original == BLANKS_MAX)
            throw std::length_error("document data that cannot be read back");
        data += ' ';
    }
}

} // namespace engine
