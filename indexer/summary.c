#include "indexer/summary.h"

#include <inttypes.h>

#include "common/json_writer.h"

enum status summary_check(const struct summary *s, struct error *err)
{
    uint64_t sum = s->added + s->updated + s->unchanged + s->rejected;
    if (s->read == sum)
        return STATUS_OK;
    return error_set(err, STATUS_INTERNAL,
                     "the articles do not add up: %" PRIu64 " read, %" PRIu64
                     " accounted for; nothing was published",
                     s->read, sum);
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void print_reading(const struct summary *s, struct strbuf *out)
{
    strbuf_append_format(
        out,
        "read %" PRIu64 ": %" PRIu64 " added, %" PRIu64 " updated, %" PRIu64
        " unchanged, %" PRIu64 " rejected",
        s->read, s->added, s->updated, s->unchanged, s->rejected);
    if (s->withdrawn > 0)
        strbuf_append_format(out, "; %" PRIu64 " taken back", s->withdrawn);
    if (s->mojibake > 0)
        strbuf_append_format(out, "; %" PRIu64 " with mojibake mended",
                             s->mojibake);
    if (s->files_unchanged > 0)
        strbuf_append_format(out, "; %" PRIu64 " unchanged file%s passed over",
                             s->files_unchanged, plural(s->files_unchanged));
    if (s->files_failed > 0)
        strbuf_append_format(out, "; %" PRIu64 " source%s not read",
                             s->files_failed, plural(s->files_failed));
}

void summary_print(const struct summary *s, struct strbuf *out)
{
    if (s->dry)
        strbuf_append_string(out, "dry run, nothing was changed: ");
    if (s->signal)
        strbuf_append_format(out, "stopped by signal %d; ", s->signal);
    if (s->kind == SUMMARY_READING)
        print_reading(s, out);
    else if (s->kind == SUMMARY_DELETING)
        strbuf_append_format(out, "deleted %" PRIu64 " article%s", s->deleted,
                             plural(s->deleted));
    else if (s->kind == SUMMARY_REPAIRING)
        strbuf_append_format(out,
                             "%u finding%s, %u segment%s rebuilt, %" PRIu64
                             " article%s gone",
                             s->damaged, plural(s->damaged), s->merges,
                             plural(s->merges), s->missing, plural(s->missing));
    else
        strbuf_append_format(out, "%u merge%s, %u segment%s", s->merges,
                             plural(s->merges), s->segments,
                             plural(s->segments));
    strbuf_append_format(out, "; %" PRIu64 " article%s in generation %" PRIu64,
                         s->articles, plural(s->articles), s->generation);
}

static double megabytes(uint64_t bytes)
{
    return (double)bytes / 1e6;
}

void summary_print_stats(const struct summary *s, struct strbuf *out)
{
    double speed = s->cpu_s > 0 ? megabytes(s->text_bytes) / s->cpu_s : 0;
    strbuf_append_format(out, "time     %8.2f s, CPU %.2f s\n", s->wall_s,
                         s->cpu_s);
    strbuf_append_format(out, "  read   %8.2f s\n", s->read_s);
    strbuf_append_format(out, "  index  %8.2f s (what reading did not hide)\n",
                         s->index_s);
    strbuf_append_format(out, "  publish%8.2f s\n", s->publish_s);
    strbuf_append_format(out, "  merge  %8.2f s (%u merge%s)\n", s->merge_s,
                         s->merges, plural(s->merges));
    strbuf_append_format(out, "text     %8.2f MB, %.1f MB a CPU second\n",
                         megabytes(s->text_bytes), speed);
    strbuf_append_format(out, "sources  %8.2f MB\n",
                         megabytes(s->source_bytes));
    strbuf_append_format(out, "archive  %8.2f MB in %u segment%s\n",
                         megabytes(s->archive_bytes), s->segments,
                         plural(s->segments));
    strbuf_append_format(out, "memory   %8.2f MB at most\n",
                         megabytes(s->peak_bytes));
}

static void number(struct json_writer *w, const char *key, uint64_t value)
{
    json_writer_key(w, key);
    json_writer_number(w, (int64_t)value);
}

static void seconds(struct json_writer *w, const char *key, double value)
{
    json_writer_key(w, key);
    json_writer_double(w, value, 3);
}

void summary_print_json(const struct summary *s, struct strbuf *out)
{
    struct json_writer w;
    char started[TIMESTAMP_SIZE];
    timestamp_format(s->started, started, sizeof started);
    json_writer_init(&w, out);
    json_writer_object(&w);
    json_writer_key(&w, "schema");
    json_writer_string(&w, "morgue.run/1");
    json_writer_key(&w, "started");
    json_writer_string(&w, started);
    json_writer_key(&w, "command");
    json_writer_string(&w, s->command ? s->command : "index");
    json_writer_key(&w, "dry_run");
    json_writer_bool(&w, s->dry);
    number(&w, "read", s->read);
    number(&w, "added", s->added);
    number(&w, "updated", s->updated);
    number(&w, "unchanged", s->unchanged);
    number(&w, "rejected", s->rejected);
    number(&w, "deleted", s->deleted);
    number(&w, "withdrawn", s->withdrawn);
    number(&w, "missing", s->missing);
    number(&w, "damaged", s->damaged);
    number(&w, "warnings", s->warnings);
    number(&w, "mojibake", s->mojibake);
    number(&w, "files", s->files);
    number(&w, "files_unchanged", s->files_unchanged);
    number(&w, "files_failed", s->files_failed);
    number(&w, "source_bytes", s->source_bytes);
    number(&w, "text_bytes", s->text_bytes);
    number(&w, "generation", s->generation);
    number(&w, "articles", s->articles);
    number(&w, "segments", s->segments);
    number(&w, "merges", s->merges);
    number(&w, "signal", (uint64_t)s->signal);
    number(&w, "archive_bytes", s->archive_bytes);
    number(&w, "peak_bytes", s->peak_bytes);
    seconds(&w, "wall_s", s->wall_s);
    seconds(&w, "cpu_s", s->cpu_s);
    seconds(&w, "read_s", s->read_s);
    seconds(&w, "index_s", s->index_s);
    seconds(&w, "publish_s", s->publish_s);
    seconds(&w, "merge_s", s->merge_s);
    json_writer_end_object(&w);
}
