#include "indexer/xml_parser.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/strbuf.h"
#include "common/utf8.h"

/* Of one text, and of trees at once. */
enum { TEXT_MAX = 128 << 20, TREE_MAX = 1 << 30 };

struct xml_parser {
    xmlParserCtxtPtr context;
    const struct xml_names *names;
    struct xml_part *first, **last;         /* complete */
    struct xml_part *part;                  /* open; or NULL */
    struct xml_node *at;                    /* of it, the innermost element */
    struct strbuf text;                     /* libxml2 gives it in pieces */
    size_t held;                            /* bytes of complete trees */
    xmlEntity entity;                       /* the last that was asked for */
    xmlChar character[UTF8_LENGTH_MAX + 1]; /* that it stands for */
    bool declares;                          /* entities */
    char message[XML_MESSAGE_MAX];
    uint64_t line, broken_at; /* of the first fault */
};

static struct text text_of(const xmlChar *string)
{
    return text_from((const char *)string);
}

static uint64_t consumed(const struct xml_parser *p)
{
    long at = xmlByteConsumed(p->context);
    return at > 0 ? (uint64_t)at : 0;
}

/* --- what libxml2 calls --------------------------------------------------- */

enum { FIELDS = 5 /* of an attribute, as libxml2 gives it */ };

/* An element that begins outside of all parts; LANGUAGE: it says which language
 * the records in it are in, and is given without what is in it. */
enum what { NOTHING, RECORD, OUTER, LANGUAGE };

static void copy_attributes(struct xml_node *node, const xmlChar **found,
                            int count, struct arena *arena)
{
    enum { LOCAL_NAME, VALUE = 3, VALUE_END };
    if (count <= 0)
        return;
    struct xml_attribute *list =
        arena_alloc(arena, (size_t)count * sizeof *list);
    for (int i = 0; i < count; i++, found += FIELDS) {
        size_t len = (size_t)(found[VALUE_END] - found[VALUE]);
        list[i].name = arena_text(arena, text_of(found[LOCAL_NAME]));
        list[i].value =
            arena_text(arena, text_make((const char *)found[VALUE], len));
    }
    node->attributes = list;
    node->attribute_count = (size_t)count;
}

static void flush(struct xml_parser *p)
{
    if (p->text.len == 0)
        return;
    struct xml_node *node = xml_append(p->at, &p->part->arena);
    node->text = arena_text(&p->part->arena, strbuf_text(&p->text));
    strbuf_reset(&p->text);
}

static void close_part(struct xml_parser *p, uint64_t end)
{
    p->part->end = end;
    p->held += p->part->arena.used;
    *p->last = p->part;
    p->last = &p->part->next;
    p->part = NULL;
    p->at = NULL;
}

static bool says_language(const xmlChar **attributes, int count)
{
    for (int i = 0; i < count; i++)
        if (text_is(text_of(attributes[i * FIELDS]), "lang"))
            return true;
    return false;
}

static enum what what_begins(const struct xml_parser *p, struct text name,
                             const xmlChar **attributes, int count)
{
    const struct xml_names *names = p->names;
    if (text_is_one_of(name, names->records))
        return RECORD;
    if (names->outers && text_is_one_of(name, names->outers))
        return OUTER;
    return says_language(attributes, count) ? LANGUAGE : NOTHING;
}

static void open_part(struct xml_parser *p, enum what what)
{
    p->part = mem_zeroed(1, sizeof *p->part);
    p->part->is_record = what == RECORD;
    p->part->open = consumed(p);
    p->part->line = (uint64_t)p->context->input->line;
}

static void start_element(void *user, const xmlChar *local,
                          const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int defaulted,
                          const xmlChar **attributes)
{
    struct xml_parser *p = user;
    (void)uri, (void)namespace_count, (void)namespaces;
    (void)defaulted;
    struct text name = text_of(local);
    enum what what = NOTHING; /* not within a part */
    if (!p->part) {
        what = what_begins(p, name, attributes, attribute_count);
        if (what == NOTHING)
            return;
        open_part(p, what);
    }
    struct arena *arena = &p->part->arena;
    if (p->held + arena->used > TREE_MAX) {
        snprintf(p->message, sizeof p->message, "too many elements");
        p->broken_at = consumed(p);
        xmlStopParser(p->context);
        return;
    }
    flush(p);
    p->at = xml_append(p->at, arena);
    p->at->name = arena_text(arena, name);
    p->at->prefix = arena_text(arena, text_of(prefix));
    if (!p->part->root)
        p->part->root = p->at;
    copy_attributes(p->at, attributes, attribute_count, arena);
    if (what == LANGUAGE)
        close_part(p, p->part->open);
}

static void end_element(void *user, const xmlChar *local, const xmlChar *prefix,
                        const xmlChar *uri)
{
    struct xml_parser *p = user;
    (void)local, (void)prefix, (void)uri;
    if (!p->part)
        return;
    flush(p);
    p->at = p->at->parent;
    if (!p->at)
        close_part(p, consumed(p));
}

static void characters(void *user, const xmlChar *bytes, int len)
{
    struct xml_parser *p = user;
    if (p->part && len > 0)
        strbuf_append(&p->text, text_make((const char *)bytes, (size_t)len));
}

static void declare_entity(void *user, const xmlChar *name, int type,
                           const xmlChar *public_id, const xmlChar *system_id,
                           xmlChar *content)
{
    struct xml_parser *p = user;
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    p->declares = true;
    p->context->hasPErefs = 1; /* what is not found is no fault */
}

/* XML's own five never come here. In a text, libxml2 takes the content of a
 * predefined entity as it is; in an attribute only its first byte, and that of
 * others as a string. It keeps the original of what it has just seen declared,
 * if there is none yet. */
static xmlEntityPtr get_entity(void *user, const xmlChar *name)
{
    struct xml_parser *p = user;
    const htmlEntityDesc *known = htmlEntityLookup(name);
    if (!known && !p->declares)
        return NULL;
    size_t len = known ? utf8_encode(known->value, (char *)p->character) : 0;
    p->character[len] = '\0';
    bool in_attribute = p->context->instate == XML_PARSER_ATTRIBUTE_VALUE;
    p->entity = (xmlEntity){
        .type = XML_ENTITY_DECL,
        .name = name,
        .orig = p->character,
        .content = p->character,
        .length = (int)len,
        .etype = in_attribute ? XML_INTERNAL_GENERAL_ENTITY
                              : XML_INTERNAL_PREDEFINED_ENTITY,
        .checked = 2, /* it holds no other */
    };
    return &p->entity;
}

/* An unknown namespace is none: names are local. */
static void note_error(void *user, xmlErrorPtr error)
{
    struct xml_parser *p = user;
    if (error->level < XML_ERR_FATAL || p->message[0] || !error->message)
        return;
    p->broken_at = consumed(p);
    struct text said, all = text_from(error->message);
    (void)text_split(&all, '\n', &said);
    snprintf(p->message, sizeof p->message, "%.*s",
             TEXT_ARG(text_slice(said, 0, XML_MESSAGE_MAX - 1)));
    p->line = error->line > 0 ? (uint64_t)error->line : 0;
}

static const xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = start_element,
    .endElementNs = end_element,
    .characters = characters,
    .ignorableWhitespace = characters,
    .cdataBlock = characters,
    .entityDecl = declare_entity,
    .getEntity = get_entity,
    .serror = note_error,
};

/* --- the parser ----------------------------------------------------------- */

enum {
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
              XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC
};

struct xml_parser *xml_parser_new(const struct xml_names *names)
{
    struct xml_parser *p = mem_zeroed(1, sizeof *p);
    p->names = names;
    p->last = &p->first;
    strbuf_init(&p->text, TEXT_MAX);
    return p;
}

static void set_context(struct xml_parser *p, xmlParserCtxtPtr context,
                        int options)
{
    if (!context)
        mem_exhausted(sizeof *context);
    p->context = context;
    xmlCtxtUseOptions(context, options);
}

/* The document is libxml2's, for the declarations. */
static void free_context(struct xml_parser *p)
{
    if (!p->context)
        return;
    if (p->context->myDoc)
        xmlFreeDoc(p->context->myDoc);
    xmlFreeParserCtxt(p->context);
    p->context = NULL;
}

void xml_parser_free(struct xml_parser *p)
{
    if (!p)
        return;
    free_context(p);
    xml_part_free(p->part);
    for (struct xml_part *part; (part = xml_parser_take(p));)
        xml_part_free(part);
    strbuf_done(&p->text);
    free(p);
}

void xml_parser_feed(struct xml_parser *p, struct text bytes)
{
    xmlSAXHandler sax = handler;
    if (!p->context)
        set_context(p, xmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL),
                    OPTIONS);
    (void)xmlParseChunk(p->context, bytes.ptr, (int)bytes.len, 0);
}

void xml_parser_end(struct xml_parser *p)
{
    if (p->context)
        (void)xmlParseChunk(p->context, NULL, 0, 1);
}

bool xml_parser_is_broken(const struct xml_parser *p, uint64_t *read)
{
    if (!p->context || (p->context->wellFormed && !p->context->disableSAX))
        return false;
    *read = p->broken_at;
    return true;
}

void xml_parser_mend(struct xml_parser *p, struct text document)
{
    if (document.len == 0)
        return;
    set_context(p,
                xmlCreateMemoryParserCtxt(
                    document.ptr, (int)text_slice(document, 0, INT_MAX).len),
                OPTIONS | XML_PARSE_RECOVER);
    *p->context->sax = handler;
    p->context->userData = p;
    (void)xmlParseDocument(p->context);
    if (p->part) {
        flush(p);
        close_part(p, 0);
    }
    free_context(p);
}

struct xml_part *xml_parser_take(struct xml_parser *p)
{
    struct xml_part *part = p->first;
    if (!part)
        return NULL;
    p->held -= part->arena.used;
    p->first = part->next;
    if (!p->first)
        p->last = &p->first;
    return part;
}

void xml_part_free(struct xml_part *part)
{
    if (!part)
        return;
    arena_done(&part->arena);
    free(part);
}

const char *xml_parser_message(const struct xml_parser *p, uint64_t *line)
{
    *line = p->line;
    return p->message;
}
