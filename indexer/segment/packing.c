#include "indexer/segment/packing.h"

#include "common/packed.h"

void pack_uint(struct strbuf *out, uint64_t value)
{
    uint8_t bytes[PACKED_UINT64_MAX];
    uint8_t *end = packed_put_varint(bytes, value);
    strbuf_append(out, text_make((const char *)bytes, (size_t)(end - bytes)));
}

void pack_uint_last(struct strbuf *out, uint64_t value)
{
    for (; value > 0; value >>= 8)
        strbuf_append_char(out, (char)(value & 0xff));
}

void pack_sortuint(struct strbuf *out, uint32_t value)
{
    uint8_t be[5] = {0xe0, (uint8_t)(value >> 24), (uint8_t)(value >> 16),
                     (uint8_t)(value >> 8), (uint8_t)value};
    size_t from = 0;
    if (value < 0x8000) {
        from = 3;
    } else if (value < 0x400000) {
        from = 2;
        be[2] |= 0x80;
    } else if (value < 0x20000000) {
        from = 1;
        be[1] |= 0xc0;
    }
    strbuf_append(out, text_make((const char *)be + from, 5 - from));
}

void pack_text(struct strbuf *out, struct text t)
{
    pack_uint(out, t.len);
    strbuf_append(out, t);
}

void pack_sorttext_last(struct strbuf *out, struct text t)
{
    struct text rest = t, part;
    bool first = true;
    if (t.len == 0)
        return;
    while (text_split(&rest, '\0', &part)) {
        if (!first)
            strbuf_append(out, text_make("\0\xff", 2));
        first = false;
        strbuf_append(out, part);
    }
}

void pack_sorttext(struct strbuf *out, struct text t)
{
    pack_sorttext_last(out, t);
    strbuf_append_char(out, '\0');
}
