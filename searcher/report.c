#include "searcher/report.h"

#include <inttypes.h>

#include "common/analyzer.h"
#include "common/atomic_file.h"
#include "common/strbuf.h"
#include "searcher/day.h"
#include "searcher/finding.h"
#include "searcher/html.h"
#include "searcher/output_format.h"
#include "searcher/script.h"
#include "searcher/survey.h"
#include "searcher/timeline.h"

enum { PAGE_MAX = 1 << 30, VALUES_SHOWN = 8, KEPT = 1 << 20 };

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n";

static const char style[] =
    "<style>\n"
    ":root{--text:#1b1b1b;--dim:#5f6368;--line:#d5d5d5;--mark:#ffe9a8;"
    "--bar:#2f6f8f;--page:#fff}\n"
    "@media (prefers-color-scheme:dark){:root{--text:#e6e6e6;--dim:#9aa0a6;"
    "--line:#3c4043;--mark:#6b5200;--bar:#5fa8c8;--page:#18191b}}\n"
    "body{font:1rem/1.5 Georgia,\"Times New Roman\",serif;color:var(--text);"
    "background:var(--page);max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "overflow-wrap:anywhere}\n"
    "h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}\n"
    "h2{font-size:1.1rem;line-height:1.3;margin:0}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;"
    "font-size:.875rem;margin:.5rem 0 1.5rem}\n"
    "dt,figcaption,.facts,footer{color:var(--dim)}\n"
    "dd{margin:0}\n"
    "code{font:.85em ui-monospace,monospace}\n"
    "figure{margin:1.5rem 0}\n"
    "figcaption,.facts,footer,table{font-size:.875rem}\n"
    "svg{display:block;width:100%;height:auto}\n"
    "svg text{font:11px sans-serif;fill:var(--dim)}\n"
    ".bar{fill:var(--bar)}.hole{fill:var(--line)}"
    ".axis{stroke:var(--line)}\n"
    ".facets{display:flex;flex-wrap:wrap;align-items:start;gap:1rem "
    "3rem;margin-bottom:2rem}\n"
    "caption{text-align:left;font-weight:bold}\n"
    "td{padding:0 1rem 0 0}td+td{text-align:right;padding:0;"
    "font-variant-numeric:tabular-nums}\n"
    "ol{padding-left:2rem}li{margin:0 0 1.2rem;break-inside:avoid}\n"
    "p{margin:.15rem 0}\n"
    "mark{background:var(--mark);color:inherit}\n"
    "a{color:inherit;text-decoration-color:var(--dim)}\n"
    "@media print{:root{--text:#000;--dim:#444;--line:#bbb;--bar:#555;"
    "--page:#fff;--mark:#eee}body{font-size:10pt;margin:0;max-width:none}"
    "mark{font-weight:bold}h2 a[href]::after{content:\" <\" attr(href) \">\";"
    "font-weight:normal;font-size:.8em}}\n"
    "</style>\n";

struct report {
    const struct report_request *request;
    struct finding found;
    struct survey spread, archive;
    struct hits hits;
    struct atomic_file *file;
    struct strbuf out;
};

/* --- the head ------------------------------------------------------------- */

static void put_title(struct report *r)
{
    struct strbuf *out = &r->out;
    strbuf_append_string(out, head);
    strbuf_append_string(out, "<title>");
    html_append(out, r->request->query);
    strbuf_append_string(out, " \xe2\x80\x93 morgue</title>\n");
    strbuf_append_string(out, style);
    strbuf_append_string(out, "</head>\n<body>\n<h1 dir=\"auto\">");
    html_append(out, r->request->query);
    strbuf_append_string(out, "</h1>\n<dl>\n");
}

static void put_fact(struct report *r, const char *name, const char *value)
{
    strbuf_append_format(&r->out, "<dt>%s</dt><dd>", name);
    html_append(&r->out, text_from(value));
    strbuf_append_string(&r->out, "</dd>\n");
}

static void put_total(struct report *r)
{
    const uint64_t total = r->spread.facets.total;
    const size_t count = r->found.result.count, first = r->found.first;
    strbuf_append_format(&r->out, "<dt>Found</dt><dd>%" PRIu64 " article%s",
                         total, total == 1 ? "" : "s");
    if (count > 0 && count < total)
        strbuf_append_format(&r->out, "; here are %zu to %zu", first + 1,
                             first + count);
    strbuf_append_format(
        &r->out, ", %s first</dd>\n",
        r->found.inquiry.settings.sort == ENGINE_NEWEST   ? "the newest"
        : r->found.inquiry.settings.sort == ENGINE_OLDEST ? "the oldest"
                                                          : "the best");
}

static void put_script(struct report *r)
{
    AUTO_DONE(strbuf) script = STRBUF_INIT(PAGE_MAX);
    script_write(&script, r->request->settings,
                 (enum engine_sort)r->found.inquiry.settings.sort,
                 r->request->query);
    strbuf_append_string(&r->out, "<dt>Command</dt><dd><code>");
    html_append(&r->out, strbuf_text(&script));
    strbuf_append_string(&r->out, "</code></dd>\n");
}

static void put_head(struct report *r)
{
    const struct manifest *m = archive_manifest(r->request->holdings->archive);
    const struct archive_missing missing =
        archive_missing(r->request->holdings->archive);
    char date[TIMESTAMP_SIZE], line[256];
    put_title(r);
    put_total(r);
    timestamp_format(r->request->now, date, sizeof date);
    put_fact(r, "Date", date);
    timestamp_format(m->published, date, sizeof date);
    snprintf(line, sizeof line, "%s, generation %" PRIu64 " of %s", m->id,
             m->generation, date);
    put_fact(r, "Archive", line);
    snprintf(line, sizeof line, "%" PRIu64 " articles, analyzer version %u",
             manifest_articles(m), m->analyzer_version);
    put_fact(r, "It holds", line);
    if (missing.segments > 0) {
        snprintf(line, sizeof line, "%" PRIu64 " articles, as damaged",
                 missing.articles);
        put_fact(r, "Left out", line);
    }
    put_script(r);
    strbuf_append_string(&r->out, "</dl>\n");
}

/* --- what was found ------------------------------------------------------- */

static void put_timeline(struct report *r)
{
    AUTO_DONE(timeline) t = {.count = 0};
    timeline_make(&t, &r->spread.facets.list[SURVEY_DAYS],
                  &r->archive.facets.list[SURVEY_DAYS], REPORT_PERIODS);
    report_timeline(&r->out, &t);
}

static void put_row(struct strbuf *out, struct text value, uint64_t count)
{
    strbuf_append_string(out, "<tr><td dir=\"auto\">");
    html_append(out, value);
    strbuf_append_format(out, "</td><td>%" PRIu64 "</td></tr>\n", count);
}

static void put_facet(struct strbuf *out, const char *title,
                      const struct facet *f)
{
    const size_t count = f->count < VALUES_SHOWN ? f->count : VALUES_SHOWN;
    if (f->count == 0)
        return;
    strbuf_append_format(out, "<table>\n<caption>%s", title);
    if (count < f->count)
        strbuf_append_format(out, ", %zu of %zu", count, f->count);
    strbuf_append_string(out, "</caption>\n<tbody>\n");
    for (size_t i = 0; i < count; i++)
        put_row(out, f->values[i].value, f->values[i].count);
    if (f->without > 0)
        put_row(out, text_from("none"), f->without);
    strbuf_append_string(out, "</tbody>\n</table>\n");
}

static void put_facets(struct report *r)
{
    const struct facet *list = r->spread.facets.list;
    strbuf_append_string(&r->out, "<div class=\"facets\">\n");
    put_facet(&r->out, "Sources", &list[SURVEY_SOURCES]);
    put_facet(&r->out, "Sections", &list[SURVEY_SECTIONS]);
    strbuf_append_string(&r->out, "</div>\n");
}

/* --- articles ------------------------------------------------------------- */

static void put_headline(struct strbuf *out, const struct hits_article *a,
                         struct arena *arena)
{
    const struct snippet title = snippet_whole(a->article.title, a->marks.title,
                                               a->marks.title_count, arena);
    const bool linked = html_is_link(a->article.url);
    strbuf_append_string(out, "<h2 dir=\"auto\">");
    if (linked) {
        strbuf_append_string(out, "<a href=\"");
        html_append(out, a->article.url);
        strbuf_append_string(out, "\" rel=\"noreferrer\">");
    }
    if (text_trim(title.text).len > 0)
        html_append_marked(out, &title);
    else
        html_append(out, a->article.id);
    strbuf_append_string(out, linked ? "</a></h2>\n" : "</h2>\n");
}

static void append_fact(struct strbuf *out, size_t from, struct text fact)
{
    fact = text_trim(fact);
    if (fact.len == 0)
        return;
    if (out->len > from)
        strbuf_append_string(out, " \xc2\xb7 ");
    html_append(out, fact);
}

static void put_facts(struct strbuf *out, const struct article *a)
{
    char day[DAY_SIZE];
    day_write(a->published, day);
    strbuf_append_string(out, "<p class=\"facts\" dir=\"auto\">");
    const size_t from = out->len;
    append_fact(out, from, a->source);
    append_fact(out, from, text_from(day));
    append_fact(out, from, a->section);
    for (size_t i = 0; i < a->author_count; i++)
        append_fact(out, from, a->authors[i]);
    if (!html_is_link(a->url))
        append_fact(out, from, a->url.len > 0 ? a->url : a->origin.path);
    strbuf_append_string(out, "</p>\n");
}

static void put_passages(struct strbuf *out, const struct hits_article *a,
                         struct arena *arena)
{
    struct snippet snippets[SNIPPET_PASSAGES];
    const struct snippet_request request = {
        .text = a->article.body,
        .marks = a->marks.body,
        .mark_count = a->marks.body_count,
        .characters = 2 * SNIPPET_CHARACTERS,
        .passages = SNIPPET_PASSAGES,
    };
    const size_t count = snippet_choose(snippets, &request, arena);
    for (size_t i = 0; i < count; i++) {
        const struct snippet *s = &snippets[i];
        strbuf_append_string(out, "<p dir=\"auto\">");
        strbuf_append_string(out, s->cut_before ? OUTPUT_ELLIPSIS " " : "");
        html_append_marked(out, s);
        strbuf_append_string(out, s->cut_after ? " " OUTPUT_ELLIPSIS : "");
        strbuf_append_string(out, "</p>\n");
    }
}

static void put_article(struct report *r, const struct hits_article *a)
{
    struct strbuf *out = &r->out;
    strbuf_append_string(out, "<li><article");
    if (html_is_language(a->article.language)) {
        strbuf_append_string(out, " lang=\"");
        html_append(out, a->article.language);
        strbuf_append_char(out, '"');
    }
    strbuf_append_string(out, ">\n");
    put_headline(out, a, &r->hits.arena);
    put_facts(out, &a->article);
    put_passages(out, a, &r->hits.arena);
    strbuf_append_string(out, "</article></li>\n");
}

static void write_out(struct report *r)
{
    atomic_file_write(r->file, strbuf_text(&r->out));
    if (r->out.capacity > KEPT)
        strbuf_done(&r->out);
    else
        strbuf_reset(&r->out);
}

static enum status put_articles(struct report *r, struct error *err)
{
    const size_t count = r->found.result.count, first = r->found.first;
    if (count == 0) {
        strbuf_append_string(&r->out, "<p>No article matches.</p>\n");
        return STATUS_OK;
    }
    strbuf_append_format(&r->out, "<ol start=\"%zu\">\n", first + 1);
    for (size_t i = 0; i < count; i++) {
        struct hits_article article;
        enum status status =
            finding_read(&article, &r->found, &r->hits, first + i + 1, err);
        if (status != STATUS_OK)
            return status;
        put_article(r, &article);
        if (r->out.overflowed)
            return error_set(err, STATUS_IO,
                             "cannot write the report: an article is too long");
        write_out(r);
    }
    strbuf_append_string(&r->out, "</ol>\n");
    return STATUS_OK;
}

/* --- the page ------------------------------------------------------------- */

static enum status find(struct report *r, struct error *err)
{
    const struct report_request *q = r->request;
    const struct finding_request request = {
        .holdings = q->holdings,
        .settings = q->settings,
        .query = q->query,
        .sort = (enum engine_sort)q->settings->sort,
        .first = (size_t)q->settings->offset,
        .count = (size_t)q->settings->limit,
    };
    enum status status = finding_make(&r->found, &request, err);
    if (status == STATUS_OK)
        status = survey_take(&r->spread, q->holdings, r->found.inquiry.plan,
                             &q->settings->zone, err);
    return status == STATUS_OK ? survey_take(&r->archive, q->holdings, NULL,
                                             &q->settings->zone, err)
                               : status;
}

static enum status write_page(struct report *r, struct error *err)
{
    enum status status = find(r, err);
    if (status == STATUS_OK)
        status = atomic_file_new(&r->file, r->request->path, err);
    if (status != STATUS_OK)
        return status;
    put_head(r);
    put_timeline(r);
    if (r->spread.facets.total > 0)
        put_facets(r);
    status = put_articles(r, err);
    if (status != STATUS_OK)
        return status;
    strbuf_append_string(&r->out, "<footer>Made by morgue-search; the "
                                  "articles are their authors'.</footer>\n"
                                  "</body>\n</html>\n");
    write_out(r);
    return atomic_file_commit(r->file, err);
}

enum status report_write(enum answer_found *out,
                         const struct report_request *request,
                         struct error *err)
{
    struct report r = {.request = request};
    strbuf_init(&r.out, PAGE_MAX);
    hits_init(&r.hits);
    enum status status = write_page(&r, err);
    if (status == STATUS_OK)
        *out = r.spread.facets.total > 0 ? ANSWER_FOUND : ANSWER_NOTHING;
    atomic_file_free(r.file);
    survey_done(&r.archive);
    survey_done(&r.spread);
    finding_done(&r.found);
    hits_done(&r.hits);
    strbuf_done(&r.out);
    return status;
}
