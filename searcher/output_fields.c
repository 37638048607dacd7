#include "searcher/output_fields.h"

#include "common/strbuf.h"
#include "common/text.h"

const char *const output_field_names[] = {
    [FIELD_OF_RANK] = "rank",       [FIELD_OF_SCORE] = "score",
    [FIELD_OF_ID] = "id",           [FIELD_OF_TITLE] = "title",
    [FIELD_OF_URL] = "url",         [FIELD_OF_DATE] = "date",
    [FIELD_OF_DATING] = "dating",   [FIELD_OF_SOURCE] = "source",
    [FIELD_OF_SECTION] = "section", [FIELD_OF_AUTHORS] = "authors",
    [FIELD_OF_LANGUAGE] = "lang",   [FIELD_OF_TAGS] = "tags",
    [FIELD_OF_PATH] = "path",       [FIELD_OF_SNIPPETS] = "snippets",
    [FIELD_OF_BODY] = "body",       [FIELDS_OF_OUTPUT] = NULL};

bool output_fields_has(const struct output_fields *fields,
                       enum output_field field)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->list[i] == field)
            return true;
    return false;
}

static enum status refuse(struct text name, struct error *err)
{
    AUTO_DONE(strbuf) names = STRBUF_INIT(200);
    for (size_t i = 0; output_field_names[i]; i++)
        strbuf_append_format(&names, i > 0 ? ", %s" : "%s",
                             output_field_names[i]);
    return error_set(err, STATUS_USAGE,
                     "there is no field '%.*s': there are %s",
                     TEXT_ARG(text_slice(name, 0, 50)), strbuf_string(&names));
}

enum status output_fields_parse(struct output_fields *out, const char *list,
                                struct error *err)
{
    struct output_fields fields = {.count = 0};
    struct text rest = text_from(list), name;
    while (text_split(&rest, ',', &name)) {
        unsigned field = FIELD_OF_RANK;
        while (field < FIELDS_OF_OUTPUT &&
               !text_is(name, output_field_names[field]))
            field++;
        if (field == FIELDS_OF_OUTPUT)
            return refuse(name, err);
        if (!output_fields_has(&fields, field))
            fields.list[fields.count++] = field;
    }
    *out = fields;
    return STATUS_OK;
}
