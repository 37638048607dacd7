#include "common/engine/glass_inflate.h"

#include <libdeflate.h>

#include "common/mem.h"

enum {
    ROOM_MIN = 256,
    RATIO = 4 /* what is deflated is expected to grow by */
};

void glass_inflater_done(struct glass_inflater *i)
{
    libdeflate_free_decompressor(i->machine);
    i->machine = NULL;
}

bool glass_inflate(struct glass_inflater *i, struct text packed,
                   struct strbuf *out)
{
    if (!i->machine)
        i->machine = libdeflate_alloc_decompressor();
    if (!i->machine)
        mem_exhausted(sizeof *i);
    enum libdeflate_result result;
    size_t most = out->max - out->len, room = packed.len * RATIO + ROOM_MIN,
           len = 0;
    do {
        room = room < most ? room : most;
        char *at = strbuf_reserve(out, room);
        if (!at)
            return false;
        result = libdeflate_deflate_decompress(i->machine, packed.ptr,
                                               packed.len, at, room, &len);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room == most)
            break;
        room *= 2;
    } while (result == LIBDEFLATE_INSUFFICIENT_SPACE);
    if (result == LIBDEFLATE_SUCCESS)
        out->len += len;
    if (out->ptr)
        out->ptr[out->len] = '\0';
    return result == LIBDEFLATE_SUCCESS;
}
