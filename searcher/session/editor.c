#include "searcher/session/editor.h"

#include <errno.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/shared_library.h"
#include "common/terminal.h"
#include "common/utf8.h"

#define LIBRARY "libedit.so.2"

enum { GAP = 2 /* columns between choices */, LIST_MAX = 1 << 20 };

/* Loaded when somebody sits down to type: to load it with the program takes a
 * tenth of the time of one answer. */
#define FUNCTIONS(X)                                                           \
    X(el_deletestr)                                                            \
    X(el_end)                                                                  \
    X(el_get)                                                                  \
    X(el_gets)                                                                 \
    X(el_init)                                                                 \
    X(el_insertstr)                                                            \
    X(el_line)                                                                 \
    X(el_set)                                                                  \
    X(el_source)                                                               \
    X(el_wset)                                                                 \
    X(history)                                                                 \
    X(history_end)                                                             \
    X(history_init)

SHARED_LIBRARY(LIBRARY, FUNCTIONS)

struct editor {
    struct editor_settings settings;
    EditLine *edit; /* NULL in a plain window, and without libedit */
    History *lines;
    struct editor_choices choices;
};

/* --- completion ----------------------------------------------------------- */

struct text editor_common(const struct text *texts, size_t count)
{
    struct text common = count > 0 ? texts[0] : text_make("", 0);
    for (size_t i = 1; i < count; i++) {
        size_t len = 0;
        while (len < common.len && len < texts[i].len &&
               common.ptr[len] == texts[i].ptr[len])
            len++;
        common.len = len;
    }
    return text_slice(common, 0, utf8_valid_length(common));
}

/* As the locale counts them, which is what libedit deletes by. */
static int characters(struct text t)
{
    int count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += MB_CUR_MAX == 1 || ((unsigned char)t.ptr[i] & 0xc0) != 0x80;
    return count;
}

static void list_choices(const struct editor_choices *c)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(LIST_MAX);
    const size_t width = terminal_width(STDOUT_FILENO);
    size_t widest = 0;
    for (size_t i = 0; i < c->count; i++)
        if (terminal_columns(c->texts[i]) > widest)
            widest = terminal_columns(c->texts[i]);
    const size_t across = width > widest + GAP ? width / (widest + GAP) : 1;
    for (size_t i = 0; i < c->count; i++) {
        const bool ends = (i + 1) % across == 0 || i + 1 == c->count;
        strbuf_append_string(&out, i % across == 0 ? "\n" : "");
        terminal_append(&out, c->texts[i], TERMINAL_ONE_LINE);
        if (!ends)
            strbuf_append_format(
                &out, "%*s",
                (int)(widest + GAP - terminal_columns(c->texts[i])), "");
    }
    strbuf_append_char(&out, '\n');
    fwrite(out.ptr, 1, out.len, stdout);
    fflush(stdout);
}

static unsigned char complete(EditLine *edit, int key)
{
    struct editor *e;
    (void)key;
    if (library.el_get(edit, EL_CLIENTDATA, &e) != 0 || !e->settings.complete)
        return CC_ERROR;
    const LineInfo *line = library.el_line(edit);
    const struct text before =
        text_make(line->buffer, (size_t)(line->cursor - line->buffer));
    struct editor_choices *c = &e->choices;
    arena_reset(&c->arena);
    c->count = c->replaced = 0;
    e->settings.complete(e->settings.context, c, before);
    if (c->count == 0)
        return CC_REFRESH_BEEP;
    const struct text common = editor_common(c->texts, c->count);
    const struct text typed =
        text_slice(before, before.len - c->replaced, c->replaced);
    if (common.len >= typed.len && !text_equal(common, typed)) {
        char *insert = mem_copy_string(common.ptr, common.len);
        library.el_deletestr(edit, characters(typed));
        library.el_insertstr(edit, insert);
        free(insert);
        return CC_REFRESH;
    }
    if (c->count == 1)
        return CC_REFRESH;
    list_choices(c);
    return CC_REDISPLAY;
}

/* --- libedit -------------------------------------------------------------- */

static char *prompt(EditLine *edit)
{
    static char text[64];
    struct editor *e = NULL;
    if (library.el_get(edit, EL_CLIENTDATA, &e) == 0)
        snprintf(text, sizeof text, "%s", e->settings.prompt);
    return text;
}

static void remember(struct editor *e, const char *line)
{
    HistEvent event;
    if (e->lines)
        (void)library.history(e->lines, &event, H_ENTER, line);
}

static void open_history(struct editor *e)
{
    HistEvent event;
    e->lines = library.history_init();
    if (!e->lines)
        return;
    (void)library.history(e->lines, &event, H_SETSIZE, 2 * HISTORY_LINES);
    (void)library.history(e->lines, &event, H_SETUNIQUE, 1);
    library.el_set(e->edit, EL_HIST, library.history, e->lines);
    for (size_t i = 0;
         e->settings.history && i < history_count(e->settings.history); i++)
        remember(e, history_line(e->settings.history, i));
}

static void open_edit(struct editor *e)
{
    e->edit = library.el_init("morgue-search", stdin, stdout, stderr);
    if (!e->edit)
        return;
    library.el_set(e->edit, EL_CLIENTDATA, e);
    library.el_set(e->edit, EL_PROMPT, prompt);
    library.el_set(e->edit, EL_EDITOR, "emacs");
    library.el_set(e->edit, EL_SIGNAL, 1);
    /* The narrow form keeps copies of the names for ever. */
    library.el_wset(e->edit, EL_ADDFN, L"complete", L"complete the word",
                    complete);
    library.el_set(e->edit, EL_BIND, "^I", "complete", NULL);
    library.el_set(e->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    open_history(e);
    library.el_source(e->edit, NULL);
}

struct editor *editor_new(const struct editor_settings *settings)
{
    struct editor *e = mem_zeroed(1, sizeof *e);
    e->settings = *settings;
    arena_init(&e->choices.arena);
    if (settings->style != WINDOW_PLAIN)
        load();
    if (library.loaded)
        open_edit(e);
    return e;
}

void editor_free(struct editor *e)
{
    if (!e)
        return;
    if (e->edit)
        library.el_end(e->edit);
    if (e->lines)
        library.history_end(e->lines);
    arena_done(&e->choices.arena);
    free(e);
}

/* --- a line --------------------------------------------------------------- */

static enum editor_event read_plain(struct editor *e, struct strbuf *line)
{
    fputs(e->settings.prompt, stdout);
    fflush(stdout);
    errno = 0;
    int c = getc(stdin);
    for (; c != EOF && c != '\n'; c = getc(stdin))
        strbuf_append_char(line, (char)c);
    if (c == '\n' || (line->len > 0 && errno != EINTR))
        return EDITOR_LINE;
    const bool interrupted = errno == EINTR;
    clearerr(stdin);
    return interrupted ? EDITOR_INTERRUPTED : EDITOR_END;
}

static enum editor_event read_edited(struct editor *e, struct strbuf *line)
{
    int count = 0;
    errno = 0;
    const char *typed = library.el_gets(e->edit, &count);
    if (!typed)
        return count < 0 && errno == EINTR ? EDITOR_INTERRUPTED : EDITOR_END;
    struct text text = text_from(typed);
    while (text.len > 0 &&
           (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
        text.len--;
    strbuf_append(line, text);
    return EDITOR_LINE;
}

enum editor_event editor_read(struct editor *e, struct strbuf *line)
{
    strbuf_reset(line);
    const enum editor_event event =
        e->edit ? read_edited(e, line) : read_plain(e, line);
    if (event == EDITOR_LINE && line->len > 0 && line->len <= HISTORY_LINE_MAX)
        remember(e, strbuf_string(line));
    return event;
}
