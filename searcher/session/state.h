/* What a session knows between two lines. */
#ifndef SEARCHER_SESSION_STATE_H
#define SEARCHER_SESSION_STATE_H

#include <stdbool.h>

#include "common/message.h"
#include "searcher/finding.h"
#include "searcher/hits.h"
#include "searcher/holdings.h"
#include "searcher/session/editor.h"
#include "searcher/session/history.h"
#include "searcher/session/query_line.h"
#include "searcher/session/window.h"
#include "searcher/survey.h"
#include "searcher/timeline.h"

struct session {
    const struct searcher_settings *settings;
    struct messages *messages;
    struct holdings *holdings;
    struct history *history; /* NULL: none is kept */
    struct editor *editor;
    struct query_line *line;
    struct finding found;  /* `holdings` NULL: nothing was asked yet */
    struct survey spread;  /* of what was found */
    struct survey archive; /* of all of the holdings */
    enum timeline_measure measure;
    struct hits hits;
    struct window window;
    struct strbuf out;         /* to be shown */
    struct strbuf readings[2]; /* offered by number; empty: none */
    bool is_over;
};

/* Whether something has been searched for; if not, what is said of it. */
bool session_has_asked(const struct session *s);
enum status session_needs_query(struct error *err);

/* Shows what there is in `out`, before more is found out. */
void session_show(struct session *s);

#endif
