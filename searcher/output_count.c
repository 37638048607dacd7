#include <inttypes.h>
#include <stdbool.h>

#include "common/json_writer.h"
#include "searcher/output_format.h"

#define SCHEMA "morgue.count/1"

enum { BUFFER_MAX = 1 << 25 };

static void put_json(struct strbuf *out, const struct output_settings *settings,
                     const struct result_summary *summary)
{
    struct json_writer w;
    json_writer_init(&w, out);
    json_writer_object(&w);
    if (settings->format == OUTPUT_JSONL) {
        json_writer_key(&w, "type");
        json_writer_string(&w, "summary");
    }
    output_json_summary(&w, SCHEMA, summary);
    output_json_took(&w, summary);
    json_writer_end_object(&w);
}

enum status output_count(const struct output_settings *settings,
                         const struct result_summary *summary,
                         struct error *err)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(BUFFER_MAX);
    if (output_is_json(settings->format))
        put_json(&out, settings, summary);
    else
        strbuf_append_format(&out, "%" PRIu64, summary->total);
    strbuf_append_char(&out, '\n');
    if (fwrite(out.ptr, 1, out.len, settings->stream) != out.len ||
        fflush(settings->stream) != 0)
        return error_io(err, "write", "stdout");
    return STATUS_OK;
}
