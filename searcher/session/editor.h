/* Reads lines that a person types: with editing, history and completion
 * (libedit), or, in a plain window, as the terminal gives them.
 *
 * Life cycle: editor_new(), editor_read() for each line, editor_free(). */
#ifndef SEARCHER_SESSION_EDITOR_H
#define SEARCHER_SESSION_EDITOR_H

#include "common/arena.h"
#include "common/cleanup.h"
#include "common/strbuf.h"
#include "common/text.h"
#include "searcher/session/history.h"
#include "searcher/session/window.h"

struct editor;

enum { EDITOR_CHOICES_MAX = 200 };

/* What may stand in the place of the last bytes before the cursor. */
struct editor_choices {
    size_t replaced; /* how many bytes */
    struct text texts[EDITOR_CHOICES_MAX];
    size_t count;
    struct arena arena; /* of the texts; reset before each question */
};

typedef void editor_complete_fn(void *context, struct editor_choices *out,
                                struct text before_cursor);

struct editor_settings {
    const char *prompt;
    struct history *history; /* borrowed; NULL: none */
    editor_complete_fn *complete;
    void *context;
    enum window_style style;
};

struct editor *editor_new(const struct editor_settings *settings);
void editor_free(struct editor *e);
DEFINE_AUTO(editor);

enum editor_event {
    EDITOR_LINE,
    EDITOR_INTERRUPTED, /* Ctrl-C */
    EDITOR_END          /* Ctrl-D, or the terminal is gone */
};

/* Replaces the content of `line`, which is without its end. */
enum editor_event editor_read(struct editor *e, struct strbuf *line);

/* The longest beginning that all have, cut at a character's edge. */
struct text editor_common(const struct text *texts, size_t count);

#endif
