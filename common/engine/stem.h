/* Snowball stemming. */
#ifndef COMMON_ENGINE_STEM_H
#define COMMON_ENGINE_STEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

struct engine_stemmer;

/* Any name or code that Snowball knows; "none" is not one. STATUS_USAGE. */
enum status engine_stemmer_new(struct engine_stemmer **out,
                               const char *language, struct error *err)
    NODISCARD;
void engine_stemmer_free(struct engine_stemmer *s);

/* Space-separated list of the languages, as for a message. */
const char *engine_stemmer_languages(void);

/* Borrowed until the next call on `s`. */
struct text engine_stem(struct engine_stemmer *s, struct text word);
DEFINE_AUTO(engine_stemmer);

#endif
