#include "common/record.h"

#include <stdio.h>
#include <string.h>

#include "common/dating.h"
#include "common/digest.h"
#include "common/json_writer.h"
#include "common/sha256.h"

/* Leaves room for a prefix in a term of 245 bytes. */
enum { ID_MAX = 240 };

static void write_number(struct json_writer *w, const char *key, uint64_t value)
{
    if (value == 0)
        return;
    json_writer_key(w, key);
    json_writer_number(w, (int64_t)value);
}

static void write_origin(struct json_writer *w, const struct origin *o)
{
    char digest[16] = "";
    if (o->length > 0)
        snprintf(digest, sizeof digest, "%06x", (unsigned)o->digest);
    json_writer_known_text(w, "path", o->path);
    json_writer_known_text(w, "member", o->member);
    write_number(w, "offset", o->offset);
    write_number(w, "length", o->length);
    json_writer_known_text(w, "digest", text_from(digest));
}

/* Without its Z where the zone is not known; how it is known, unless that is
 * explicit. */
static void write_time(struct json_writer *w, const struct article *a)
{
    char date[TIMESTAMP_SIZE] = "", seen[TIMESTAMP_SIZE] = "";
    bool dated = a->published != TIMESTAMP_UNKNOWN;
    timestamp_format(a->published, date, sizeof date);
    if (dated && a->zone_unknown)
        date[strlen(date) - 1] = '\0';
    if (dating_has_seen(a))
        timestamp_format(a->seen, seen, sizeof seen);
    json_writer_known_text(w, "date", text_from(date));
    if (a->dating != DATING_EXPLICIT && (dated || *seen))
        json_writer_known_text(w, "dating", text_from(dating_name(a->dating)));
    json_writer_known_text(w, "seen", text_from(seen));
}

void record_write(const struct article *article, struct strbuf *out)
{
    struct json_writer w;
    json_writer_init(&w, out);
    json_writer_object(&w);
    json_writer_known_text(&w, "id", article->id);
    json_writer_known_text(&w, "title", article->title);
    json_writer_known_text(&w, "url", article->url);
    write_time(&w, article);
    json_writer_known_text(&w, "source", article->source);
    json_writer_known_text(&w, "section", article->section);
    json_writer_known_text(&w, "lang", article->language);
    json_writer_known_texts(&w, "authors", article->authors,
                            article->author_count);
    json_writer_known_texts(&w, "tags", article->tags, article->tag_count);
    write_origin(&w, &article->origin);
    json_writer_known_text(&w, "body", article->body);
    json_writer_end_object(&w);
}

void record_write_stored(const struct article *article, struct strbuf *out)
{
    struct article stored = *article;
    stored.origin = (struct origin){0};
    record_write(&stored, out);
}

/* Lengths go in, too, so that no two different lists of texts are the same
 * bytes. */
static void add_texts(struct digester *d, const struct text *texts,
                      size_t count)
{
    digester_add_number(d, count);
    for (size_t i = 0; i < count; i++) {
        digester_add_number(d, texts[i].len);
        digester_add(d, texts[i]);
    }
}

void record_digest(const struct article *article, struct digest *out)
{
    const struct text texts[] = {
        article->id,      article->url,      article->title, article->source,
        article->section, article->language, article->body,
    };
    AUTO(digester) d = digester_new();
    add_texts(d, texts, sizeof texts / sizeof *texts);
    add_texts(d, article->authors, article->author_count);
    add_texts(d, article->tags, article->tag_count);
    digester_add_number(d, (uint64_t)article->published);
    if (article->published != TIMESTAMP_UNKNOWN)
        digester_add_number(d, (uint64_t)article->dating * 2 +
                                   article->zone_unknown);
    const struct digest whole = digester_value(d);
    *out = (struct digest){{0}};
    memcpy(out->bytes, whole.bytes, RECORD_DIGEST_SIZE);
}

void record_id_term(struct text id, struct strbuf *out)
{
    strbuf_reset(out);
    strbuf_append_char(out, 'Q');
    if (id.len <= ID_MAX) {
        strbuf_append(out, id);
        return;
    }
    char hex[SHA256_HEX_SIZE];
    sha256_hex(id, hex);
    strbuf_append_string(out, hex);
}
