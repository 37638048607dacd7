#include "searcher/plan_checks.h"

#include <stdlib.h>
#include <string.h>

#include "common/arena.h"
#include "common/engine/index.h"
#include "common/mem.h"
#include "common/record.h"
#include "searcher/archive_evaluator.h"

enum { RECORD_MAX = 512 << 20 };

/* A check of words in a name; lives as long as all of them. */
struct name_check {
    struct plan_checks *checks;
    enum field field;
    const struct words *words;
};

struct plan_checks {
    struct archive *archive;
    struct analyzer *analyzer;
    struct arena arena; /* of the names' checks */
    struct evaluator **evaluators;
    size_t evaluator_count, evaluator_capacity;
    struct arena scratch; /* of one article */
    struct strbuf record;
    struct error failure; /* the first, of reading a record */
};

struct plan_checks *plan_checks_new(struct archive *archive,
                                    struct analyzer *analyzer)
{
    struct plan_checks *c = mem_zeroed(1, sizeof *c);
    c->failure = (struct error)ERROR_NONE;
    c->archive = archive;
    c->analyzer = analyzer;
    arena_init(&c->arena);
    arena_init(&c->scratch);
    strbuf_init(&c->record, RECORD_MAX);
    return c;
}

void plan_checks_free(struct plan_checks *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->evaluator_count; i++)
        evaluator_free(c->evaluators[i]);
    free(c->evaluators);
    arena_done(&c->arena);
    arena_done(&c->scratch);
    strbuf_done(&c->record);
    free(c);
}

/* --- positions ------------------------------------------------------------ */

static bool check_positions(void *context, struct engine_document document)
{
    return evaluator_check(context, document.segment, document.docid);
}

static void expect_positions(void *context, struct engine_document document)
{
    evaluator_expect(context, document.segment, document.docid);
}

/* How many articles of those that have the words have them in place is not
 * known beforehand; that many at most is a guess that keeps the check behind
 * the words it stands beside. */
static uint32_t all_articles(const struct plan_checks *c)
{
    uint64_t count = manifest_articles(archive_manifest(c->archive));
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

struct engine_query *plan_checks_positions(struct plan_checks *c,
                                           const struct condition *condition,
                                           struct evaluator **evaluator)
{
    struct evaluator *e = archive_evaluator(c->archive, condition);
    MEM_GROW(c->evaluators, c->evaluator_count, c->evaluator_capacity);
    c->evaluators[c->evaluator_count++] = e;
    if (evaluator)
        *evaluator = e;
    return engine_query_expect(
        engine_query_check(check_positions, e, all_articles(c)),
        expect_positions);
}

/* --- names ---------------------------------------------------------------- */

struct name_token {
    struct text word;
    uint32_t position, span;
};

struct name {
    struct name_token *tokens;
    size_t count;
    uint32_t end; /* positions */
};

static struct name read_name(struct plan_checks *c, struct text text)
{
    struct name name = {.tokens = NULL};
    struct token token;
    size_t capacity = 0;
    analyzer_start(c->analyzer, text);
    while (analyzer_next(c->analyzer, &token)) {
        MEM_GROW(name.tokens, name.count, capacity);
        name.tokens[name.count++] =
            (struct name_token){token.lexeme->word, token.position, token.span};
        if (token.position + token.span > name.end)
            name.end = token.position + token.span;
    }
    return name;
}

/* Of Jean-Luc Doe, both jean luc doe and jeanluc doe are a sequence: after each
 * word, all positions are noted at which the next one may stand. */
static bool has_sequence(struct plan_checks *c, struct text text,
                         const struct words *wanted)
{
    struct name name = read_name(c, text);
    bool *here = arena_zeroed(&c->scratch, name.end + 1, sizeof *here);
    memset(here, true, name.end + 1);
    bool found = true;
    for (size_t i = 0; i < wanted->count && found; i++) {
        bool *next = arena_zeroed(&c->scratch, name.end + 1, sizeof *next);
        found = false;
        for (size_t k = 0; k < name.count; k++) {
            const struct name_token *t = &name.tokens[k];
            if (here[t->position] && text_equal(t->word, wanted->parts[i].word))
                next[t->position + t->span] = found = true;
        }
        here = next;
    }
    free(name.tokens);
    return found;
}

static bool has_author(struct plan_checks *c, const struct article *article,
                       const struct words *wanted)
{
    for (size_t i = 0; i < article->author_count; i++)
        if (has_sequence(c, article->authors[i], wanted))
            return true;
    return false;
}

static enum status read_article(struct article *out, struct plan_checks *c,
                                struct engine_document document,
                                struct error *err)
{
    arena_reset(&c->scratch);
    strbuf_reset(&c->record);
    enum status status = engine_document_data(archive_index(c->archive),
                                              document, &c->record, err);
    return status == STATUS_OK
               ? record_read(out, strbuf_text(&c->record), &c->scratch, err)
               : status;
}

static bool check_name(void *context, struct engine_document document)
{
    struct name_check *check = context;
    struct plan_checks *c = check->checks;
    struct error err = ERROR_NONE;
    struct article article;
    if (read_article(&article, c, document, &err) != STATUS_OK) {
        if (c->failure.status == STATUS_OK)
            c->failure = err;
        return false;
    }
    if (check->field == FIELD_AUTHOR)
        return has_author(c, &article, check->words);
    struct text name =
        check->field == FIELD_SOURCE ? article.source : article.section;
    return has_sequence(c, name, check->words);
}

struct engine_query *plan_checks_name(struct plan_checks *c, enum field field,
                                      const struct words *words)
{
    struct name_check *check = arena_alloc(&c->arena, sizeof *check);
    struct words *kept = arena_alloc(&c->arena, sizeof *kept);
    *kept = *words;
    *check = (struct name_check){c, field, kept};
    return engine_query_check(check_name, check, all_articles(c));
}

enum status plan_checks_intact(const struct plan_checks *c, struct error *err)
{
    if (c->failure.status != STATUS_OK) {
        *err = c->failure;
        return err->status;
    }
    for (size_t i = 0; i < c->evaluator_count; i++)
        if (evaluator_damaged(c->evaluators[i]))
            return error_set(err, STATUS_CORRUPT,
                             "archive '%s' is damaged: the words of an article "
                             "cannot be read",
                             archive_path(c->archive));
    return STATUS_OK;
}
