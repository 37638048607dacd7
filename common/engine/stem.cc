#include <cstring>
#include <memory>

#include "common/engine/guard.hh"
#include "common/engine/term.hh"

extern "C" {
#include "common/engine/stem.h"
}

struct engine_stemmer {
    Xapian::Stem stem;
    std::string last;
};

/* Xapian takes both of these for "do not stem". */
static bool is_no_language(const char *name)
{
    return *name == '\0' || strcmp(name, "none") == 0;
}

enum status engine_stemmer_new(struct engine_stemmer **out,
                               const char *language, struct error *err)
{
    enum status status = engine::guarded(err, [&] {
        if (is_no_language(language))
            throw Xapian::InvalidArgumentError("no language");
        *out = new engine_stemmer{Xapian::Stem(language), {}};
        return STATUS_OK;
    });
    if (status != STATUS_INTERNAL)
        return status;
    return error_set(err, STATUS_USAGE, "no stemmer for language '%s'",
                     language);
}

void engine_stemmer_free(struct engine_stemmer *s)
{
    delete s;
}

const char *engine_stemmer_languages(void)
{
    return engine::unfailing([] {
        static const std::string names =
            Xapian::Stem::get_available_languages();
        return names.c_str();
    });
}

struct text engine_stem(struct engine_stemmer *s, struct text word)
{
    engine::unfailing([&] {
        s->last = s->stem(engine::to_string(word));
        return true;
    });
    return text_make(s->last.data(), s->last.size());
}
