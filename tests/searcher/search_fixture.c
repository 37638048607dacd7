#include "tests/searcher/search_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "common/engine/index.h"
#include "common/mem.h"
#include "common/message.h"
#include "common/record.h"
#include "indexer/cli.h"
#include "indexer/delete.h"
#include "indexer/run.h"
#include "searcher/ranking_stems.h"
#include "tests/support/tempdir.h"

enum { LINES_MAX = 1 << 28, FOUND_MAX = 1 << 20, RECORD_MAX = 1 << 24 };

void search_fixture_init(struct search_fixture *f, const char *language)
{
    *f =
        (struct search_fixture){.folder = tempdir_make(), .language = language};
    const char *path = tempdir_file(f->folder, "archive");
    f->path = mem_copy_string(path, strlen(path));
    arena_init(&f->arena);
    strbuf_init(&f->lines, LINES_MAX);
    strbuf_init(&f->found, FOUND_MAX);
}

void search_fixture_done(struct search_fixture *f)
{
    archive_free(f->archive);
    analyzer_free(f->analyzer);
    strbuf_done(&f->lines);
    strbuf_done(&f->found);
    arena_done(&f->arena);
    free(f->articles);
    free(f->path);
    tempdir_remove(f->folder);
}

/* --- articles ------------------------------------------------------------- */

static const struct text *copy_texts(struct arena *arena,
                                     const struct text *texts, size_t count)
{
    struct text *copies = arena_zeroed(arena, count, sizeof *copies);
    for (size_t i = 0; i < count; i++)
        copies[i] = arena_text(arena, texts[i]);
    return copies;
}

static struct article copy_article(struct arena *arena,
                                   const struct article *article)
{
    struct article copy = *article;
    struct text *const texts[] = {&copy.id,     &copy.url,     &copy.title,
                                  &copy.source, &copy.section, &copy.language,
                                  &copy.body};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_text(arena, *texts[i]);
    copy.authors = copy_texts(arena, copy.authors, copy.author_count);
    copy.tags = copy_texts(arena, copy.tags, copy.tag_count);
    return copy;
}

static struct article *place_of(struct search_fixture *f, struct text id)
{
    for (size_t i = 0; i < f->article_count; i++)
        if (text_equal(f->articles[i].id, id))
            return &f->articles[i];
    MEM_GROW(f->articles, f->article_count, f->article_capacity);
    return &f->articles[f->article_count++];
}

void search_fixture_add(struct search_fixture *f, const struct article *article)
{
    *place_of(f, article->id) = copy_article(&f->arena, article);
    record_write(article, &f->lines);
    strbuf_append_char(&f->lines, '\n');
}

void search_fixture_add_text(struct search_fixture *f, const char *id,
                             const char *title, const char *body)
{
    const struct article article = {.id = text_from(id),
                                    .title = text_from(title),
                                    .body = text_from(body),
                                    .published = TIMESTAMP_UNKNOWN};
    search_fixture_add(f, &article);
}

void search_fixture_bodies(struct search_fixture *f, const char *const *bodies,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char id[32];
        snprintf(id, sizeof id, "%zu", f->article_count + 1);
        search_fixture_add_text(f, id, "", bodies[i]);
    }
    search_fixture_publish(f);
}

/* --- publishing ----------------------------------------------------------- */

static void open_archive(struct search_fixture *f)
{
    struct error err = ERROR_NONE;
    archive_free(f->archive);
    f->archive = NULL;
    cr_assert_eq(archive_open(&f->archive, f->path, &err), STATUS_OK, "%s",
                 err.message);
    if (!f->analyzer)
        cr_assert_eq(analyzer_new(&f->analyzer,
                                  archive_manifest(f->archive)->language, &err),
                     STATUS_OK, "%s", err.message);
}

typedef enum status change_fn(struct summary *out,
                              const struct indexer_settings *settings,
                              struct messages *messages, struct error *err);

/* Runs what changes the archive, with one operand, and opens what comes of it.
 */
static void change(struct search_fixture *f, change_fn *how,
                   const char *operand)
{
    char *operands[] = {(char *)operand, NULL};
    const struct indexer_settings settings = {.archive = f->path,
                                              .language = f->language,
                                              .jobs = 1,
                                              .memory = 64 << 20,
                                              .level = LEVEL_QUIET,
                                              .sources = operands};
    struct messages messages;
    struct summary summary;
    struct error err = ERROR_NONE;
    message_init(&messages, "fixture", stderr);
    messages.level = MESSAGE_QUIET;
    cr_assert_eq(how(&summary, &settings, &messages, &err), STATUS_OK, "%s",
                 err.message);
    cr_assert_eq(summary.rejected + summary.missing, 0);
    open_archive(f);
}

void search_fixture_publish(struct search_fixture *f)
{
    const char *file = tempdir_file(f->folder, "articles.jsonl");
    tempdir_write(file, strbuf_string(&f->lines), f->lines.len);
    strbuf_reset(&f->lines);
    change(f, run_index, file);
}

void search_fixture_delete(struct search_fixture *f, struct text id)
{
    AUTO_DONE(strbuf) name = STRBUF_INIT(1000);
    struct article *place = place_of(f, id);
    strbuf_append(&name, id);
    change(f, delete_run, strbuf_string(&name));
    *place = f->articles[--f->article_count];
}

/* --- searching ------------------------------------------------------------ */

static enum status answer(struct search_answer *a, struct search_fixture *f,
                          const char *query, const struct search_options *o)
{
    enum status status = query_parse(&a->query, text_from(query), &a->error);
    if (status != STATUS_OK)
        return status;
    const struct plan_request request = {
        .query = a->query,
        .archive = f->archive,
        .analyzer = f->analyzer,
        .match = o->match,
        .more = o->more,
        .more_count = o->more_count,
        .since = o->since,
        .until = o->until,
        .clock = {.now = o->now, .zone = o->zone}};
    status = plan_new(&a->plan, &request, &a->error);
    if (status != STATUS_OK)
        return status;
    AUTO(ranking_stems) stems = ranking_stems_new(f->archive);
    const struct search_request search = {.plan = a->plan,
                                          .archive = f->archive,
                                          .first = o->first,
                                          .count = o->count,
                                          .sort = o->sort,
                                          .ranking = o->ranking,
                                          .stems = stems,
                                          .total = o->total};
    return search_run(&a->result, &search, &a->error);
}

void search_fixture_answer(struct search_answer *out, struct search_fixture *f,
                           const char *query,
                           const struct search_options *options)
{
    static const struct search_options all = SEARCH_OPTIONS_ALL;
    *out = (struct search_answer){.error = ERROR_NONE};
    out->status = answer(out, f, query, options ? options : &all);
}

void search_answer_done(struct search_answer *a)
{
    search_result_done(&a->result);
    plan_free(a->plan);
    query_free(a->query);
}

struct article search_fixture_article(struct search_fixture *f,
                                      struct engine_document document,
                                      struct arena *arena)
{
    struct article article;
    struct error err = ERROR_NONE;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    cr_assert_eq(engine_document_data(archive_index(f->archive), document,
                                      &record, &err),
                 STATUS_OK, "%s", err.message);
    cr_assert_eq(record_read(&article, strbuf_text(&record), arena, &err),
                 STATUS_OK, "%s", err.message);
    return article;
}

static int compare_ids(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

enum id_order { IDS_AS_RANKED, IDS_SORTED };

static const char *ids_of(struct search_fixture *f, const char *query,
                          const struct search_options *options,
                          enum id_order order)
{
    AUTO_DONE(search_answer) a;
    AUTO_DONE(arena) arena = ARENA_INIT;
    search_fixture_answer(&a, f, query, options);
    strbuf_reset(&f->found);
    if (a.status == STATUS_QUERY)
        return "refused";
    cr_assert_eq(a.status, STATUS_OK, "%s: %s", query, a.error.message);
    struct text *ids = arena_zeroed(&arena, a.result.count, sizeof *ids);
    for (size_t i = 0; i < a.result.count; i++)
        ids[i] =
            search_fixture_article(f, a.result.hits[i].document, &arena).id;
    if (order == IDS_SORTED && a.result.count > 0)
        qsort(ids, a.result.count, sizeof *ids, compare_ids);
    for (size_t i = 0; i < a.result.count; i++) {
        if (i > 0)
            strbuf_append_char(&f->found, ' ');
        strbuf_append(&f->found, ids[i]);
    }
    return strbuf_string(&f->found);
}

const char *search_fixture_find(struct search_fixture *f, const char *query,
                                const struct search_options *options)
{
    return ids_of(f, query, options, IDS_AS_RANKED);
}

const char *search_fixture_set(struct search_fixture *f, const char *query,
                               const struct search_options *options)
{
    return ids_of(f, query, options, IDS_SORTED);
}
