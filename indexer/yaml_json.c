#include "indexer/yaml_json.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

enum { ANCHOR_COUNT_MAX = 64, ANCHOR_NAME_SIZE = 32 };

/* The JSON that was written for a node. */
struct anchor {
    char name[ANCHOR_NAME_SIZE]; /* "" for a node without one */
    size_t start, len;
};

/* A sequence or mapping that is open. */
struct level {
    struct anchor anchor;
    bool mapping;
    bool after_key;
};

struct conversion {
    yaml_parser_t parser;
    struct json_writer *out;
    struct yaml_fault *fault;
    struct level levels[YAML_DEPTH_MAX];
    size_t depth; /* levels that are open */
    struct anchor anchors[ANCHOR_COUNT_MAX];
    size_t anchor_count;
    size_t *aliases;
    bool other; /* the root is no mapping */
    bool ended;
};

static bool fail(struct conversion *c, size_t line, const char *what)
{
    c->fault->line = line + 1;
    snprintf(c->fault->what, sizeof c->fault->what, "%s", what);
    return false;
}

/* --- anchors -------------------------------------------------------------- */

/* Of a node that is about to be written. */
static struct anchor begin_anchor(const struct conversion *c,
                                  const yaml_char_t *name)
{
    struct anchor anchor = {.start = c->out->out->len};
    if (name && strlen((const char *)name) < ANCHOR_NAME_SIZE)
        snprintf(anchor.name, sizeof anchor.name, "%s", (const char *)name);
    return anchor;
}

/* Of a node that was written; a comma before it is no part of it. */
static void end_anchor(struct conversion *c, struct anchor anchor)
{
    const struct strbuf *json = c->out->out;
    if (!anchor.name[0] || c->anchor_count == ANCHOR_COUNT_MAX)
        return;
    anchor.start += anchor.start < json->len && json->ptr[anchor.start] == ',';
    anchor.len = json->len - anchor.start;
    c->anchors[c->anchor_count++] = anchor;
}

/* The last of that name. */
static const struct anchor *find_anchor(const struct conversion *c,
                                        const char *name)
{
    for (size_t i = c->anchor_count; i-- > 0;)
        if (strcmp(c->anchors[i].name, name) == 0)
            return &c->anchors[i];
    return NULL;
}

/* --- nodes ---------------------------------------------------------------- */

static struct level *innermost(struct conversion *c)
{
    return c->depth > 0 ? &c->levels[c->depth - 1] : NULL;
}

static bool is_key(struct conversion *c)
{
    const struct level *level = innermost(c);
    return level && level->mapping && !level->after_key;
}

static void end_value(struct conversion *c)
{
    if (c->depth > 0)
        innermost(c)->after_key = false;
}

static bool is_null(const yaml_event_t *e, struct text value)
{
    return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (value.len == 0 || text_is(value, "~") || text_is(value, "null") ||
            text_is(value, "Null") || text_is(value, "NULL"));
}

static bool write_scalar(struct conversion *c, const yaml_event_t *e)
{
    const char *bytes = (const char *)e->data.scalar.value;
    struct text value = text_make(bytes, e->data.scalar.length);
    if (c->depth == 0) {
        c->other = true;
        return true;
    }
    if (is_key(c)) {
        json_writer_key(c->out, bytes);
        innermost(c)->after_key = true;
        return true;
    }
    struct anchor anchor = begin_anchor(c, e->data.scalar.anchor);
    if (is_null(e, value))
        json_writer_null(c->out);
    else
        json_writer_text(c->out, value);
    end_anchor(c, anchor);
    end_value(c);
    return true;
}

static bool write_alias(struct conversion *c, const yaml_event_t *e)
{
    const char *name = (const char *)e->data.alias.anchor;
    const struct anchor *anchor = find_anchor(c, name);
    if (!anchor || is_key(c) || c->depth == 0)
        return fail(c, e->start_mark.line, "an alias without its anchor");
    if (anchor->len > *c->aliases)
        return fail(c, e->start_mark.line, "aliases stand for too much");
    *c->aliases -= anchor->len;
    AUTO_DONE(strbuf) copy = STRBUF_INIT(anchor->len);
    strbuf_append(&copy, text_slice(strbuf_text(c->out->out), anchor->start,
                                    anchor->len));
    json_writer_json(c->out, strbuf_text(&copy));
    end_value(c);
    return true;
}

/* The root's braces are the caller's. */
static bool open_level(struct conversion *c, const yaml_event_t *e,
                       const yaml_char_t *anchor)
{
    bool mapping = e->type == YAML_MAPPING_START_EVENT;
    if (is_key(c))
        return fail(c, e->start_mark.line, "a key that is no word");
    if (c->depth == YAML_DEPTH_MAX)
        return fail(c, e->start_mark.line, "nested too deep");
    if (c->depth == 0 && !mapping) {
        c->other = true;
        return true;
    }
    struct level level = {.mapping = mapping};
    if (c->depth > 0) {
        level.anchor = begin_anchor(c, anchor);
        if (mapping)
            json_writer_object(c->out);
        else
            json_writer_array(c->out);
    }
    c->levels[c->depth++] = level;
    return true;
}

static void close_level(struct conversion *c)
{
    struct level level = *innermost(c);
    c->depth--;
    if (c->depth == 0)
        return;
    if (level.mapping)
        json_writer_end_object(c->out);
    else
        json_writer_end_array(c->out);
    end_anchor(c, level.anchor);
    end_value(c);
}

/* --- the document --------------------------------------------------------- */

static bool take_event(struct conversion *c, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return write_scalar(c, e);
    case YAML_ALIAS_EVENT:
        return write_alias(c, e);
    case YAML_SEQUENCE_START_EVENT:
        return open_level(c, e, e->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
        return open_level(c, e, e->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_level(c);
        return true;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        c->ended = true;
        return true;
    default:
        return true;
    }
}

/* What the parser says; of bytes that it refuses it knows no line. */
static bool fail_as_parsed(struct conversion *c, struct text yaml)
{
    const yaml_parser_t *p = &c->parser;
    size_t line = p->problem_mark.line;
    if (p->error == YAML_READER_ERROR) {
        line = 0;
        for (size_t i = 0; i < p->problem_offset && i < yaml.len; i++)
            line += yaml.ptr[i] == '\n';
    }
    return fail(c, line, p->problem ? p->problem : "not understood");
}

static bool convert(struct conversion *c, struct text yaml)
{
    bool good = true;
    while (good && !c->ended && !c->other) {
        yaml_event_t event;
        if (!yaml_parser_parse(&c->parser, &event))
            return fail_as_parsed(c, yaml);
        good = take_event(c, &event);
        yaml_event_delete(&event);
    }
    return good;
}

enum yaml_verdict yaml_json_write(struct json_writer *w, struct text yaml,
                                  size_t *aliases, struct yaml_fault *fault)
{
    const struct json_writer before = *w;
    const size_t length = w->out->len;
    struct conversion c = {.out = w, .aliases = aliases, .fault = fault};
    if (!yaml_parser_initialize(&c.parser)) {
        (void)fail(&c, 0, "no memory");
        return YAML_IS_INVALID;
    }
    yaml_parser_set_encoding(&c.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&c.parser, (const unsigned char *)yaml.ptr,
                                 yaml.len);
    bool good = convert(&c, yaml);
    yaml_parser_delete(&c.parser);
    if (!good) {
        *w = before;
        strbuf_truncate(w->out, length);
        return YAML_IS_INVALID;
    }
    return w->out->len > length ? YAML_IS_MAPPING : YAML_IS_OTHER;
}
