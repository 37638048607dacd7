#include "indexer/segment/packing.h"

#include <criterion/criterion.h>

static const char *hex(const struct strbuf *b)
{
    static char out[512];
    size_t len = 0;
    for (size_t i = 0; i < b->len; i++)
        len += (size_t)snprintf(out + len, sizeof out - len, "%02x",
                                (unsigned char)b->ptr[i]);
    out[len] = '\0';
    return out;
}

#define PACKED(call)                                                           \
    __extension__({                                                            \
        static struct strbuf b;                                                \
        b = (struct strbuf)STRBUF_INIT(1000);                                  \
        call;                                                                  \
        const char *digits = hex(&b);                                          \
        strbuf_done(&b);                                                       \
        digits;                                                                \
    })

Test(packing, uint_is_least_significant_first)
{
    cr_assert_str_eq(PACKED(pack_uint(&b, 0)), "00");
    cr_assert_str_eq(PACKED(pack_uint(&b, 127)), "7f");
    cr_assert_str_eq(PACKED(pack_uint(&b, 128)), "8001");
    cr_assert_str_eq(PACKED(pack_uint(&b, 300)), "ac02");
    cr_assert_str_eq(PACKED(pack_uint(&b, UINT32_MAX)), "ffffffff0f");
    cr_assert_str_eq(PACKED(pack_uint(&b, UINT64_MAX)), "ffffffffffffffffff01");
}

Test(packing, uint_last_leaves_leading_zero_bytes_out)
{
    cr_assert_str_eq(PACKED(pack_uint_last(&b, 0)), "");
    cr_assert_str_eq(PACKED(pack_uint_last(&b, 3)), "03");
    cr_assert_str_eq(PACKED(pack_uint_last(&b, 256)), "0001");
}

Test(packing, sortuint_changes_length_at_its_limits)
{
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 1)), "0001");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 0x7fff)), "7fff");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 0x8000)), "808000");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 0x3fffff)), "bfffff");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 0x400000)), "c0400000");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 0x1fffffff)), "dfffffff");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, 0x20000000)), "e020000000");
    cr_assert_str_eq(PACKED(pack_sortuint(&b, UINT32_MAX)), "e0ffffffff");
}

Test(packing, sorttext_doubles_zero_bytes)
{
    struct text plain = text_from("cat"), zeros = text_make("a\0b\0", 4);
    cr_assert_str_eq(PACKED(pack_sorttext(&b, plain)), "63617400");
    cr_assert_str_eq(PACKED(pack_sorttext_last(&b, plain)), "636174");
    cr_assert_str_eq(PACKED(pack_sorttext_last(&b, zeros)), "6100ff6200ff");
    cr_assert_str_eq(PACKED(pack_sorttext_last(&b, text_from(""))), "");
}

Test(packing, text_has_its_length_before_it)
{
    cr_assert_str_eq(PACKED(pack_text(&b, text_from("ab"))), "026162");
}
