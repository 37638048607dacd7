#include "searcher/session/completion.h"

#include <stdlib.h>
#include <string.h>

#include "common/engine/index.h"
#include "common/fields.h"
#include "common/fold.h"
#include "common/terminal.h"
#include "searcher/cli.h"
#include "searcher/session/commands.h"
#include "searcher/session/query_line.h"
#include "searcher/value_counter.h"

enum { VALUE_MAX = 1 << 16, TERMS_MAX = 20000 };

static void add(struct editor_choices *out, const struct completion *c,
                struct text choice)
{
    if (out->count == EDITOR_CHOICES_MAX)
        return;
    for (size_t i = 0; i < choice.len && c->glyphs == WINDOW_ASCII; i++)
        if ((unsigned char)choice.ptr[i] >= 0x80)
            return; /* it could not be typed */
    out->texts[out->count++] = arena_text(&out->arena, choice);
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void sort(struct editor_choices *out)
{
    qsort(out->texts, out->count, sizeof *out->texts, by_bytes);
}

/* --- commands ------------------------------------------------------------- */

static void add_slash(struct editor_choices *out, const struct completion *c,
                      struct text typed, const char *name)
{
    char slash[64];
    snprintf(slash, sizeof slash, "/%s", name);
    if (text_starts_with(text_from(slash), typed))
        add(out, c, text_from(slash));
}

static void find_commands(struct editor_choices *out,
                          const struct completion *c, struct text typed)
{
    out->replaced = typed.len;
    for (size_t i = 0; i < commands_count; i++)
        add_slash(out, c, typed, commands[i].name);
    for (size_t i = 0; query_line_fields[i]; i++)
        add_slash(out, c, typed, query_line_fields[i]);
    sort(out);
}

static void find_orders(struct editor_choices *out, const struct completion *c,
                        struct text typed)
{
    out->replaced = typed.len;
    for (size_t i = 0; cli_orders[i]; i++)
        if (text_starts_with(text_from(cli_orders[i]), typed))
            add(out, c, text_from(cli_orders[i]));
}

/* --- values --------------------------------------------------------------- */

enum quotes { QUOTES_NEVER, QUOTES_AROUND_SEVERAL };

/* As typed again: what a query could not hold is left out. */
static void add_value(struct editor_choices *out, const struct completion *c,
                      struct text value, enum quotes quotes)
{
    AUTO_DONE(strbuf) clean = STRBUF_INIT(VALUE_MAX);
    AUTO_DONE(strbuf) choice = STRBUF_INIT(VALUE_MAX);
    terminal_append(&clean, value, TERMINAL_ONE_LINE);
    const struct text text = strbuf_text(&clean);
    const bool quoted = quotes == QUOTES_AROUND_SEVERAL && text.len > 0 &&
                        memchr(text.ptr, ' ', text.len);
    if (text.len == 0 || memchr(text.ptr, '"', text.len))
        return;
    strbuf_append_string(&choice, quoted ? "\"" : "");
    strbuf_append(&choice, text);
    strbuf_append_string(&choice, quoted ? "\"" : "");
    add(out, c, strbuf_text(&choice));
}

/* Values that begin with what was typed, whatever its case. */
static enum status find_values(struct editor_choices *out,
                               const struct completion *c,
                               enum survey_facet which, struct text typed,
                               enum quotes quotes, struct error *err)
{
    AUTO_DONE(strbuf) wanted = STRBUF_INIT(VALUE_MAX);
    AUTO_DONE(strbuf) folded = STRBUF_INIT(VALUE_MAX);
    enum status status =
        survey_take(c->archive, c->holdings, NULL, c->zone, err);
    if (status != STATUS_OK)
        return status;
    const struct facet *f = &c->archive->facets.list[which];
    out->replaced = typed.len;
    if (quotes == QUOTES_AROUND_SEVERAL && typed.len > 0 && typed.ptr[0] == '"')
        typed = text_slice(typed, 1, typed.len);
    fold_value(typed, &wanted);
    for (size_t i = 0; i < f->count; i++) {
        fold_value(f->values[i].value, &folded);
        if (text_starts_with(strbuf_text(&folded), strbuf_text(&wanted)))
            add_value(out, c, f->values[i].value, quotes);
    }
    sort(out);
    return STATUS_OK;
}

/* --- words ---------------------------------------------------------------- */

struct terms {
    struct value_counter counter;
    size_t count;
};

static bool on_term(void *context, struct text term, uint32_t frequency)
{
    struct terms *terms = context;
    value_counter_add(&terms->counter, term, frequency);
    return ++terms->count < TERMS_MAX;
}

static int most_first(const void *a, const void *b)
{
    const struct value_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return text_compare(x->value, y->value);
}

static enum status find_words(struct editor_choices *out,
                              const struct completion *c, struct text typed,
                              struct error *err)
{
    AUTO_DONE(strbuf) prefix = STRBUF_INIT(VALUE_MAX);
    struct engine_index *index = archive_index(c->holdings->archive);
    struct terms terms = {.count = 0};
    enum status status = STATUS_OK;
    fold_value(typed, &prefix);
    if (prefix.len < COMPLETION_LETTERS_MIN)
        return STATUS_OK;
    value_counter_init(&terms.counter);
    const size_t segments = engine_index_segments(index);
    for (size_t i = 0; i < segments && status == STATUS_OK; i++) {
        terms.count = 0;
        status =
            engine_terms(index, i, strbuf_text(&prefix), on_term, &terms, err);
    }
    struct value_count *found = terms.counter.entries;
    if (terms.counter.count > 0)
        qsort(found, terms.counter.count, sizeof *found, most_first);
    for (size_t i = 0; i < terms.counter.count && i < COMPLETION_WORDS; i++)
        add(out, c, found[i].value);
    value_counter_done(&terms.counter);
    out->replaced = typed.len;
    sort(out);
    return status;
}

/* --- a line --------------------------------------------------------------- */

/* What is typed of a query's word: behind the last blank or parenthesis. A
 * quote that is open behind a field belongs to it. */
static struct text last_token(struct text before)
{
    size_t from = 0;
    bool quoted = false, of_field = false;
    for (size_t i = 0; i < before.len; i++) {
        const char ch = before.ptr[i];
        if (ch == '"') {
            of_field = !quoted && i > from && before.ptr[i - 1] == ':';
            quoted = !quoted;
        }
        if ((ch == ' ' || ch == '(') && !(quoted && of_field))
            from = i + 1;
    }
    return text_slice(before, from, before.len);
}

/* Takes "NAME:" off the front; FIELD_ANY if there is no field. */
static enum field take_field(struct text *token)
{
    struct text rest = *token, name;
    if (!memchr(token->ptr, ':', token->len) || !text_split(&rest, ':', &name))
        return FIELD_ANY;
    const enum field field = field_by_name(name);
    if (field == FIELD_COUNT)
        return FIELD_ANY;
    *token = rest;
    return field;
}

static void add_fields(struct editor_choices *out, const struct completion *c,
                       struct text typed)
{
    static const char *const others[] = {"date", "since", "until", "length"};
    char name[64];
    for (size_t i = 0; i < FIELD_COUNT + sizeof others / sizeof *others; i++) {
        const char *field =
            i < FIELD_COUNT ? fields[i].name : others[i - FIELD_COUNT];
        if (!field || typed.len == 0)
            continue;
        snprintf(name, sizeof name, "%s:", field);
        if (text_starts_with(text_from(name), typed))
            add(out, c, text_from(name));
    }
}

static enum status find_in_query(struct editor_choices *out,
                                 const struct completion *c, struct text before,
                                 struct error *err)
{
    struct text token = last_token(before);
    while (token.len > 0 && strchr("-=", token.ptr[0]))
        token = text_slice(token, 1, token.len);
    const enum field field = token.len > 0 ? take_field(&token) : FIELD_ANY;
    if (field == FIELD_SOURCE || field == FIELD_SECTION)
        return find_values(
            out, c, field == FIELD_SOURCE ? SURVEY_SOURCES : SURVEY_SECTIONS,
            token, QUOTES_AROUND_SEVERAL, err);
    if (field != FIELD_ANY && field != FIELD_TITLE)
        return STATUS_OK;
    if (token.len > 0 && token.ptr[0] == '"')
        token = text_slice(token, 1, token.len);
    enum status status = find_words(out, c, token, err);
    out->replaced = token.len;
    if (status == STATUS_OK && field == FIELD_ANY)
        add_fields(out, c, token);
    return status;
}

enum status completion_find(struct editor_choices *out,
                            const struct completion *c, struct text before,
                            struct error *err)
{
    static const struct {
        struct text command;
        enum survey_facet facet;
    } values[] = {{TEXT("/source "), SURVEY_SOURCES},
                  {TEXT("/section "), SURVEY_SECTIONS}};
    const struct text order = TEXT("/sort "), slash = TEXT("/");
    out->count = out->replaced = 0;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (text_starts_with(before, values[i].command))
            return find_values(
                out, c, values[i].facet,
                text_slice(before, values[i].command.len, before.len),
                QUOTES_NEVER, err);
    if (text_starts_with(before, order))
        find_orders(out, c, text_slice(before, order.len, before.len));
    else if (text_starts_with(before, slash) &&
             !memchr(before.ptr, ' ', before.len))
        find_commands(out, c, before);
    else
        return find_in_query(out, c, before, err);
    return STATUS_OK;
}
