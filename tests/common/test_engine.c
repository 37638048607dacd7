#include "common/engine/engine.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct text pack(double number, char out[ENGINE_NUMBER_MAX])
{
    return text_make(out, engine_number_pack(number, out));
}

Test(engine, names_the_version_of_xapian)
{
    const char *version = engine_version();
    cr_assert(version[0] >= '1' && version[1] == '.', "%s", version);
}

Test(engine, whole_numbers_come_back_as_they_were)
{
    static const double numbers[] = {
        0,           1,    -1, 0.5, 1645142400, -62135596800., 253402300799.,
        4294967295., -2.25};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char packed[ENGINE_NUMBER_MAX];
        struct text t = pack(numbers[i], packed);
        cr_assert_leq(t.len, ENGINE_NUMBER_MAX);
        cr_assert_eq(engine_number_unpack(t), numbers[i]);
    }
}

Test(engine, packed_numbers_sort_as_bytes)
{
    static const double ascending[] = {
        -INFINITY, -1e300, -253402300799., -1000,      -2,   -1,
        -0.25,     0,      1e-10,          1,          1.5,  2,
        255,       256,    1645142400,     1645142401, 1e18, INFINITY};
    size_t count = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i + 1 < count; i++) {
        char a[ENGINE_NUMBER_MAX], b[ENGINE_NUMBER_MAX];
        cr_assert_lt(
            text_compare(pack(ascending[i], a), pack(ascending[i + 1], b)), 0,
            "%g and %g", ascending[i], ascending[i + 1]);
    }
}

Test(engine, any_bytes_unpack_to_something)
{
    (void)engine_number_unpack(text_make(NULL, 0));
    char bytes[20];
    for (int first = 0; first < 256; first++) {
        memset(bytes, first, sizeof bytes);
        for (size_t len = 0; len <= sizeof bytes; len++)
            (void)engine_number_unpack(text_make(bytes, len));
    }
}
