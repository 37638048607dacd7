#include "indexer/mime.h"

#include <string.h>

#include "common/strbuf.h"
#include "indexer/cleaning.h"
#include "indexer/encoding.h"
#include "indexer/mime_coding.h"
#include "indexer/mime_header.h"
#include "indexer/xml_tree.h"

enum { DEPTH_MAX = 8, PARTS_MAX = 200, BODY_MAX = 64 << 20 };

/* Bytes of plain text that may be no more than "this message is in HTML". */
enum { STUB_MAX = 400 };

struct search {
    struct arena *arena;
    struct strbuf *out;
    unsigned parts;
    bool digest; /* parts that say no type are messages */
};

/* What may stand in for each other: the parts of multipart/alternative, or a
 * single one. */
struct choice {
    struct text plain, html;
};

struct mime_message mime_split(struct text message)
{
    struct text rest = message, line;
    while (text_split(&rest, '\n', &line))
        if (text_trim(line).len == 0)
            break;
    if (!rest.ptr)
        rest = text_slice(message, message.len, 0);
    return (struct mime_message){
        .headers = text_make(message.ptr, message.len - rest.len),
        .body = rest};
}

static struct text decode_part(const struct mime_message *m, struct text type,
                               struct arena *arena)
{
    AUTO_DONE(strbuf) bytes = STRBUF_INIT(BODY_MAX);
    AUTO_DONE(strbuf) text = STRBUF_INIT(m->body.len * 3 + 16);
    AUTO_DONE(strbuf) lines = STRBUF_INIT(m->body.len * 3 + 16);
    struct encoding_report report;
    struct text coding =
        mime_header_raw(m->headers, "content-transfer-encoding", arena);
    if (text_starts_in_any_case(coding, "base64"))
        mime_decode_base64(m->body, &bytes);
    else if (text_starts_in_any_case(coding, "quoted-printable"))
        mime_decode_quoted(m->body, MIME_IN_BODY, &bytes);
    else
        strbuf_append(&bytes, m->body);
    encoding_decode(strbuf_text(&bytes), mime_parameter(type, "charset", arena),
                    &text, &report);
    if (!text_starts_in_any_case(mime_parameter(type, "format", arena),
                                 "flowed"))
        return arena_text(arena, strbuf_text(&text));
    bool drop =
        text_starts_in_any_case(mime_parameter(type, "delsp", arena), "yes");
    mime_decode_flowed(strbuf_text(&text),
                       drop ? MIME_DROP_BLANK : MIME_KEEP_BLANK, &lines);
    return arena_text(arena, strbuf_text(&lines));
}

static void append(struct search *s, struct text t)
{
    t = text_trim(t);
    if (s->out->len > 0 && t.len > 0)
        strbuf_append_string(s->out, "\n\n");
    strbuf_append(s->out, t);
}

/* Of two that say the same, the plain one, unless it is a stub. */
static void append_choice(struct search *s, const struct choice *c)
{
    struct text html = xml_html_text(c->html, s->arena);
    struct text plain = text_trim(c->plain);
    bool stub = plain.len < STUB_MAX && html.len > 2 * plain.len;
    append(s, plain.len > 0 && !stub ? plain : html);
}

static void search_parts(struct search *s, const struct mime_message *m,
                         struct choice *choice, unsigned depth);

/* What a list's software puts below each message. */
static bool is_footer(struct text t)
{
    t = text_trim(t);
    return text_starts_in_any_case(t, "_____") ||
           text_starts_in_any_case(t, "-- \n") ||
           text_starts_in_any_case(t, "-----");
}

static void read_part(struct search *s, const struct mime_message *m,
                      struct text type, struct choice *choice)
{
    struct choice own = {.plain = {NULL, 0}};
    struct choice *c = choice ? choice : &own;
    if (text_starts_in_any_case(type, "text/html") && c->html.len == 0)
        c->html = decode_part(m, type, s->arena);
    else if ((type.len == 0 || text_starts_in_any_case(type, "text/plain") ||
              text_starts_in_any_case(type, "text;")) &&
             c->plain.len == 0)
        c->plain = decode_part(m, type, s->arena);
    if (!choice && !(s->out->len > 0 && is_footer(own.plain)))
        append_choice(s, &own);
}

/* A message within a message: what it is about, and its text. */
static void read_message(struct search *s, struct text bytes, unsigned depth)
{
    while (bytes.len > 0 && (bytes.ptr[0] == '\n' || bytes.ptr[0] == '\r'))
        bytes = text_slice(bytes, 1, bytes.len);
    struct mime_message m = mime_split(bytes);
    bool outer = s->digest;
    s->digest = false;
    append(s, mime_header(m.headers, "subject", s->arena));
    search_parts(s, &m, NULL, depth + 1);
    s->digest = outer;
}

static bool is_boundary(struct text line, struct text boundary)
{
    if (line.len < boundary.len + 2 || memcmp(line.ptr, "--", 2) != 0 ||
        memcmp(line.ptr + 2, boundary.ptr, boundary.len) != 0)
        return false;
    struct text rest = text_slice(line, boundary.len + 2, line.len);
    return text_trim(rest).len == 0 || text_starts_in_any_case(rest, "--");
}

/* What is between "--boundary" lines. */
static void search_multipart(struct search *s, struct text body,
                             struct text boundary, struct choice *choice,
                             unsigned depth)
{
    struct text rest = body, line;
    const char *start = NULL;
    while (text_split(&rest, '\n', &line)) {
        bool mark = is_boundary(line, boundary);
        if (!mark && rest.ptr)
            continue;
        const char *end = mark ? line.ptr : line.ptr + line.len;
        if (start && end > start) {
            struct mime_message part =
                mime_split(text_make(start, (size_t)(end - start)));
            search_parts(s, &part, choice, depth + 1);
        }
        start = mark && rest.ptr ? rest.ptr : NULL;
    }
}

static void search_parts(struct search *s, const struct mime_message *m,
                         struct choice *choice, unsigned depth)
{
    struct text type = mime_header_raw(m->headers, "content-type", s->arena);
    struct text place =
        mime_header_raw(m->headers, "content-disposition", s->arena);
    struct text boundary = mime_parameter(type, "boundary", s->arena);
    if (depth > DEPTH_MAX || ++s->parts > PARTS_MAX ||
        text_starts_in_any_case(place, "attachment"))
        return;
    if (text_starts_in_any_case(type, "multipart/alternative") &&
        boundary.len > 0) {
        struct choice own = {.plain = {NULL, 0}};
        search_multipart(s, m->body, boundary, &own, depth);
        append_choice(s, &own);
    } else if (text_starts_in_any_case(type, "multipart/") &&
               boundary.len > 0) {
        bool outer = s->digest;
        s->digest = text_starts_in_any_case(type, "multipart/digest");
        search_multipart(s, m->body, boundary, choice, depth);
        s->digest = outer;
    } else if (text_starts_in_any_case(type, "message/rfc822") ||
               (s->digest && type.len == 0)) {
        read_message(s, m->body, depth);
    } else {
        read_part(s, m, type, choice);
    }
}

struct text mime_text(const struct mime_message *message, struct arena *arena)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(BODY_MAX);
    struct search s = {.arena = arena, .out = &out};
    bool nul = false;
    search_parts(&s, message, NULL, 0);
    return text_trim(
        cleaning_copy(strbuf_text(&out), CLEANING_BLOCK, arena, &nul));
}
