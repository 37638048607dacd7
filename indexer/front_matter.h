/* Front matter: a mapping in YAML between a line "---" and a line "---" or
 * "..." at the head of a text, as members of a JSON object (yaml_json.h); or
 * one in TOML (toml_json.h) between two lines "+++"; or lines "Title: …" and
 * the like up to an empty one. What of YAML is not valid as a whole is read
 * member by member, and a member that is not valid even so is a string, as it
 * stands. */
#ifndef INDEXER_FRONT_MATTER_H
#define INDEXER_FRONT_MATTER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/json_writer.h"
#include "common/text.h"
#include "indexer/yaml_json.h"

/* In bytes: the longest that is looked for, and the JSON that may come of it,
 * escaped, and of its aliases. */
enum {
    FRONT_MATTER_MAX = 64 << 10,
    FRONT_MATTER_ALIASES_MAX = 64 << 10,
    FRONT_MATTER_JSON_MAX = 8 * FRONT_MATTER_MAX + FRONT_MATTER_ALIASES_MAX
};

/* "key: value" at the margin, and the lines up to the next. */
struct front_matter_member {
    struct text key, value; /* as they stand; a key without its quotes */
    struct text all;
};

enum front_matter {
    FRONT_MATTER_NONE,
    FRONT_MATTER_YAML,
    FRONT_MATTER_TOML,
    FRONT_MATTER_PLAIN /* "Title: …" and the like, without fences; as YAML */
};

/* Takes off the head of `*t` what may be front matter; `inner` is what stands
 * between its fences, borrowed. FRONT_MATTER_NONE, and nothing is changed, if
 * there are none. */
enum front_matter front_matter_take(struct text *t, struct text *inner);

/* Takes the next member off `*yaml`, and lines before it that are none; false
 * if there is no more. */
bool front_matter_next(struct text *yaml, struct front_matter_member *member);

/* Writes the members of `yaml` to the object that is open in `w`. The fault's
 * line is that of the whole text, whose first is the fence; 0 if there is none.
 * False, and nothing was written, if there are no members: then it is no front
 * matter. */
bool front_matter_write(struct json_writer *w, struct text yaml,
                        struct yaml_fault *fault);

#endif
