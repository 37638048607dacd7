#include "indexer/byline.h"

#include <string.h>
#include <strings.h>

/* Capitalised, but for the first: "von" begins names. "Di" and "da" are left
 * out, which begin names even so. */
static const char *const words[] = {"By ",   "Par ", "Von ", "Por ",
                                    "Door ", "Av ",  "Af ",  NULL};

struct text byline_name(struct text line)
{
    line = text_trim(line);
    for (size_t i = 0; words[i]; i++) {
        const size_t len = strlen(words[i]);
        if (line.len > len &&
            (text_starts_with(line, text_from(words[i])) ||
             (i == 0 && strncasecmp(line.ptr, words[i], len) == 0)))
            return text_trim(text_slice(line, len, line.len));
    }
    return line;
}
