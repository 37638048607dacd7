#include "searcher/session/query_line.h"

#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "searcher/query.h"

enum step_kind { STEP_QUERY, STEP_NARROW, STEP_SORT };

enum narrow_field {
    BY_TITLE,
    BY_AUTHOR,
    BY_TAG,
    BY_SOURCE,
    BY_SECTION,
    BY_LANG,
    BY_SINCE,
    BY_UNTIL,
    BY_DATE,
    BY_WITH,
    BY_WITHOUT,
    BY_LENGTH,
    NARROW_FIELDS
};

const char *const query_line_fields[] = {
    [BY_TITLE] = "title",   [BY_AUTHOR] = "author",   [BY_TAG] = "tag",
    [BY_SOURCE] = "source", [BY_SECTION] = "section", [BY_LANG] = "lang",
    [BY_SINCE] = "since",   [BY_UNTIL] = "until",     [BY_DATE] = "date",
    [BY_WITH] = "with",     [BY_WITHOUT] = "without", [BY_LENGTH] = "length",
    [NARROW_FIELDS] = NULL};

struct step {
    enum step_kind kind;
    enum narrow_field field; /* of a narrowing */
    char *value;             /* or the query */
    enum engine_sort sort;   /* that holds from here on */
};

struct query_line {
    struct step steps[QUERY_LINE_STEPS_MAX];
    size_t count;
    enum engine_sort sort; /* before any step */
};

struct query_line *query_line_new(enum engine_sort sort)
{
    struct query_line *l = mem_zeroed(1, sizeof *l);
    l->sort = sort;
    return l;
}

void query_line_free(struct query_line *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->count; i++)
        free(l->steps[i].value);
    free(l);
}

/* --- steps ---------------------------------------------------------------- */

static void forget_oldest(struct query_line *l)
{
    l->sort = l->steps[0].sort;
    free(l->steps[0].value);
    l->count--;
    memmove(l->steps, l->steps + 1, l->count * sizeof *l->steps);
}

static struct step *add(struct query_line *l, enum step_kind kind,
                        struct text value)
{
    if (l->count == QUERY_LINE_STEPS_MAX)
        forget_oldest(l);
    struct step *s = &l->steps[l->count];
    *s = (struct step){.kind = kind,
                       .value = mem_copy_string(value.ptr, value.len),
                       .sort = query_line_order(l)};
    l->count++;
    return s;
}

/* The steps from the last query on; all of them if it has been forgotten. */
static size_t last_query(const struct query_line *l)
{
    size_t at = l->count;
    while (at > 0 && l->steps[at - 1].kind != STEP_QUERY)
        at--;
    return at > 0 ? at - 1 : 0;
}

void query_line_ask(struct query_line *l, struct text query)
{
    add(l, STEP_QUERY, text_trim(query));
}

static bool adds_up(enum narrow_field field)
{
    return field == BY_TITLE || field == BY_AUTHOR || field == BY_TAG ||
           field == BY_WITH || field == BY_WITHOUT;
}

enum status query_line_narrow(struct query_line *l, struct text name,
                              struct text value, struct error *err)
{
    unsigned field = 0;
    value = text_trim(value);
    while (field < NARROW_FIELDS && !text_is(name, query_line_fields[field]))
        field++;
    if (field == NARROW_FIELDS)
        return error_set(err, STATUS_USAGE, "there is no '/%.*s'; ? helps",
                         TEXT_ARG(text_slice(name, 0, 100)));
    if (query_line_is_empty(l))
        return error_set(err, STATUS_USAGE,
                         "there is no query to narrow yet (* finds every "
                         "article)");
    if (value.len == 0 && adds_up(field))
        return error_set(err, STATUS_USAGE, "'/%s' needs something behind it",
                         query_line_fields[field]);
    add(l, STEP_NARROW, value)->field = field;
    return STATUS_OK;
}

void query_line_sort(struct query_line *l, enum engine_sort sort)
{
    const struct text nothing = {"", 0};
    add(l, STEP_SORT, nothing)->sort = sort;
}

bool query_line_undo(struct query_line *l)
{
    if (l->count == 0)
        return false;
    free(l->steps[--l->count].value);
    return true;
}

bool query_line_is_empty(const struct query_line *l)
{
    return l->count == 0 || l->steps[last_query(l)].kind != STEP_QUERY;
}

enum engine_sort query_line_order(const struct query_line *l)
{
    return l->count > 0 ? l->steps[l->count - 1].sort : l->sort;
}

/* --- as text -------------------------------------------------------------- */

enum brackets { BRACKETS_AROUND_OR, BRACKETS_AROUND_SEVERAL };

static bool is_one(enum query_kind kind)
{
    return kind == QUERY_WORD || kind == QUERY_PHRASE ||
           kind == QUERY_WILDCARD || kind == QUERY_FUZZY || kind == QUERY_CAPS;
}

/* Whether the first character's parenthesis is closed by the last. */
static bool is_bracketed(struct text t)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == '"')
            quoted = !quoted;
        if (!quoted)
            depth += (t.ptr[i] == '(') - (t.ptr[i] == ')');
        if (depth == 0)
            return i > 0 && i + 1 == t.len;
    }
    return false;
}

/* With parentheses where it would be torn apart beside something else. What is
 * no query stays as it is: it is refused as a whole. */
static void write_part(struct strbuf *out, struct text part,
                       enum brackets brackets)
{
    struct error err = ERROR_NONE;
    AUTO(query) query = NULL;
    bool around = false;
    if (query_parse(&query, part, &err) == STATUS_OK)
        around = brackets == BRACKETS_AROUND_OR ? query->root->kind == QUERY_OR
                                                : !is_one(query->root->kind);
    if (around && !is_bracketed(part))
        strbuf_append_format(out, "(%.*s)", TEXT_ARG(part));
    else
        strbuf_append(out, part);
}

/* In quotes if it is more than a word and stands in none. */
static void write_value(struct strbuf *out, struct text value)
{
    const bool several =
        memchr(value.ptr, ' ', value.len) || memchr(value.ptr, '\t', value.len);
    if (!several || value.ptr[0] == '"' || value.ptr[0] == '(') {
        strbuf_append(out, value);
        return;
    }
    strbuf_append_char(out, '"');
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != '"')
            strbuf_append_char(out, value.ptr[i]);
    strbuf_append_char(out, '"');
}

static void write_narrowing(struct strbuf *out, const struct step *s)
{
    const struct text value = text_from(s->value);
    const char *name = query_line_fields[s->field];
    const char first = *value.ptr;
    strbuf_append_char(out, ' ');
    if (s->field == BY_WITH) {
        write_part(out, value, BRACKETS_AROUND_OR);
    } else if (s->field == BY_WITHOUT) {
        strbuf_append_char(out, '-');
        write_part(out, value, BRACKETS_AROUND_SEVERAL);
    } else if (s->field == BY_LENGTH && (first == '<' || first == '>')) {
        strbuf_append_format(out, "%s%s", name, s->value);
    } else {
        strbuf_append_format(out, "%s:", name);
        write_value(out, value);
    }
}

/* Whether it still counts. */
static bool counts(const struct query_line *l, size_t at)
{
    const struct step *s = &l->steps[at];
    if (s->kind != STEP_NARROW || *s->value == '\0')
        return false;
    if (adds_up(s->field))
        return true;
    for (size_t i = at + 1; i < l->count; i++)
        if (l->steps[i].kind == STEP_NARROW && l->steps[i].field == s->field)
            return false;
    return true;
}

void query_line_write(const struct query_line *l, struct strbuf *out)
{
    if (query_line_is_empty(l))
        return;
    const size_t first = last_query(l);
    const struct text query = text_from(l->steps[first].value);
    bool narrowed = false;
    for (size_t i = first + 1; i < l->count; i++)
        narrowed = narrowed || counts(l, i);
    if (narrowed)
        write_part(out, query, BRACKETS_AROUND_OR);
    else
        strbuf_append(out, query);
    for (size_t i = first + 1; i < l->count; i++)
        if (counts(l, i))
            write_narrowing(out, &l->steps[i]);
}
