/* Prints one article whole: for people wrapped to the width, as JSON the
 * stored record; or the bytes that it was made of. */
#ifndef SEARCHER_SHOW_H
#define SEARCHER_SHOW_H

#include <stdio.h>

#include "common/archive.h"
#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"
#include "searcher/output.h"

enum show_what { SHOW_ARTICLE, SHOW_ORIGINAL };

struct show_settings {
    struct archive *archive;
    enum output_format format; /* text, or JSON for any other */
    FILE *stream;
    size_t width; /* columns; 0: lines as they are, no terminal */
    enum show_what what;
};

/* STATUS_NOT_FOUND if no article of the archive has that id, STATUS_SOURCE if
 * its original is no longer what was read. */
enum status show_article(const struct show_settings *settings, struct text id,
                         struct error *err) NODISCARD;

#endif
