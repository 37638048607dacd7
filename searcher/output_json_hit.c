/* The keys of a hit; docs/output-json.md says what holds of them. */
#include "searcher/output_format.h"

#include "common/dating.h"
#include "common/json_writer.h"
#include "common/timestamp.h"

enum { SCORE_DECIMALS = 4 };

static void put_text(struct json_writer *w, const char *key, struct text value)
{
    json_writer_key(w, key);
    json_writer_text(w, value);
}

/* null where nothing is known. */
static void put_or_null(struct json_writer *w, const char *key,
                        struct text value)
{
    json_writer_key(w, key);
    if (value.len > 0)
        json_writer_text(w, value);
    else
        json_writer_null(w);
}

static void put_snippet(struct json_writer *w, const struct snippet *s)
{
    json_writer_object(w);
    put_text(w, "text", s->text);
    json_writer_key(w, "marks");
    json_writer_array(w);
    for (size_t i = 0; i < s->mark_count; i++) {
        json_writer_array(w);
        json_writer_number(w, (int64_t)s->marks[i].from);
        json_writer_number(w, (int64_t)s->marks[i].to);
        json_writer_end_array(w);
    }
    json_writer_end_array(w);
    json_writer_end_object(w);
}

/* How the date is known, and what is known instead. */
static void put_dating(struct json_writer *w, const struct article *a)
{
    char seen[TIMESTAMP_SIZE];
    if (a->published != TIMESTAMP_UNKNOWN || dating_has_seen(a))
        put_text(w, "dating", text_from(dating_name(a->dating)));
    if (a->published != TIMESTAMP_UNKNOWN && a->zone_unknown)
        put_text(w, "zone", text_from("unknown"));
    if (dating_has_seen(a)) {
        timestamp_format(a->seen, seen, sizeof seen);
        put_text(w, "seen", text_from(seen));
    }
}

static void put_date(struct json_writer *w, const struct article *a)
{
    char date[TIMESTAMP_SIZE] = "";
    if (a->published != TIMESTAMP_UNKNOWN)
        timestamp_format(a->published, date, sizeof date);
    put_or_null(w, "date", text_from(date));
}

static void put_snippets(struct json_writer *w, const struct hit *hit)
{
    json_writer_key(w, "snippets");
    json_writer_array(w);
    for (size_t i = 0; i < hit->snippet_count; i++)
        put_snippet(w, &hit->snippets[i]);
    json_writer_end_array(w);
}

static void put_field(struct json_writer *w, enum output_field field,
                      const struct hit *hit)
{
    const struct article *a = hit->article;
    switch (field) {
    case FIELD_OF_RANK:
        json_writer_key(w, "rank");
        json_writer_number(w, (int64_t)hit->rank);
        break;
    case FIELD_OF_SCORE:
        json_writer_key(w, "score");
        json_writer_double(w, hit->score, SCORE_DECIMALS);
        break;
    case FIELD_OF_ID:
        put_text(w, "id", a->id);
        break;
    case FIELD_OF_TITLE:
        put_text(w, "title", a->title);
        break;
    case FIELD_OF_URL:
        put_or_null(w, "url", a->url);
        break;
    case FIELD_OF_DATE:
        put_date(w, a);
        break;
    case FIELD_OF_DATING:
        put_dating(w, a);
        break;
    case FIELD_OF_SOURCE:
        put_or_null(w, "source", a->source);
        break;
    case FIELD_OF_SECTION:
        json_writer_known_text(w, "section", a->section);
        break;
    case FIELD_OF_AUTHORS:
        json_writer_known_texts(w, "authors", a->authors, a->author_count);
        break;
    case FIELD_OF_LANGUAGE:
        json_writer_known_text(w, "lang", a->language);
        break;
    case FIELD_OF_TAGS:
        json_writer_known_texts(w, "tags", a->tags, a->tag_count);
        break;
    case FIELD_OF_PATH:
        put_or_null(w, "path", a->origin.path);
        json_writer_known_text(w, "member", a->origin.member);
        break;
    case FIELD_OF_SNIPPETS:
        put_snippets(w, hit);
        break;
    case FIELD_OF_BODY:
        put_text(w, "body", a->body);
        break;
    case FIELDS_OF_OUTPUT:
        break;
    }
}

/* Usually all but the body. */
void output_json_hit(struct json_writer *w, const struct hit *hit,
                     const struct output_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        put_field(w, fields->list[i], hit);
    if (fields->count > 0)
        return;
    for (enum output_field field = FIELD_OF_RANK; field < FIELD_OF_BODY;
         field++)
        put_field(w, field, hit);
}
