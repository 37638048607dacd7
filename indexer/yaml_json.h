/* A mapping in YAML as members of a JSON object. Scalars become strings, a
 * plain null becomes null, an alias what it stands for. Depth and what aliases
 * stand for are bounded; the time is in proportion to the bytes. */
#ifndef INDEXER_YAML_JSON_H
#define INDEXER_YAML_JSON_H

#include <stddef.h>

#include "common/json_writer.h"
#include "common/text.h"

enum { YAML_DEPTH_MAX = 32 };

enum yaml_verdict {
    YAML_IS_MAPPING,
    YAML_IS_OTHER, /* nothing, a scalar or a sequence */
    YAML_IS_INVALID
};

struct yaml_fault {
    size_t line; /* from 1 */
    char what[100];
};

/* Writes the members of `yaml`, valid UTF-8, to the object that is open in `w`:
 * of what is no mapping, none. `*aliases` bytes of JSON may come of aliases,
 * and it is made less by those that did. `fault` is set for what is invalid. */
enum yaml_verdict yaml_json_write(struct json_writer *w, struct text yaml,
                                  size_t *aliases, struct yaml_fault *fault);

#endif
