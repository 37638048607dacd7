#include <cassert>
#include <cmath>
#include <cstring>

#include "common/engine/guard.hh"
#include "common/engine/term.hh"

const char *engine_version(void)
{
    return Xapian::version_string();
}

size_t engine_number_pack(double number, char out[ENGINE_NUMBER_MAX])
{
    assert(!std::isnan(number));
    return engine::unfailing([&] {
        std::string packed = Xapian::sortable_serialise(number);
        memcpy(out, packed.data(), packed.size());
        return packed.size();
    });
}

double engine_number_unpack(struct text packed)
{
    return engine::unfailing([&] {
        return Xapian::sortable_unserialise(engine::to_string(packed));
    });
}
