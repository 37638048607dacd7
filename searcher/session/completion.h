/* What may be meant by the beginning of a word: commands and their arguments,
 * fields, the archive's sources and sections, its words (those that most
 * articles have). */
#ifndef SEARCHER_SESSION_COMPLETION_H
#define SEARCHER_SESSION_COMPLETION_H

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/session/editor.h"
#include "searcher/session/window.h"
#include "searcher/survey.h"

enum {
    COMPLETION_LETTERS_MIN = 2, /* bytes of a word that is looked up */
    COMPLETION_WORDS = 20       /* of them, at most */
};

struct completion {
    struct holdings *holdings;
    struct survey *archive; /* taken when it is needed */
    const struct zone *zone;
    enum window_glyphs glyphs;
};

/* Fills the choices for a line that ends at the cursor. */
enum status completion_find(struct editor_choices *out,
                            const struct completion *c, struct text before,
                            struct error *err) NODISCARD;

#endif
