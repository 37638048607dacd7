#include "indexer/verify_articles.h"

#include "common/analyzer.h"
#include "common/arena.h"
#include "common/digest.h"
#include "common/record.h"
#include "common/strbuf.h"
#include "indexer/stored.h"

enum { RECORD_MAX = 512 << 20 };

struct check {
    const struct verify_articles_request *request;
    struct analyzer *analyzer;
    struct strbuf *record;
    struct arena *arena;
};

/* --- words ---------------------------------------------------------------- */

static bool is_word(const struct vocabulary *v, const struct stream_word *word,
                    const struct lexeme *lexeme)
{
    struct vocabulary_entry entry;
    return vocabulary_by_id(v, word->id, &entry) &&
           text_equal(text_make(entry.word, entry.word_len), lexeme->word) &&
           text_equal(text_make(entry.stem, entry.stem_len), lexeme->stem);
}

/* Whether the stream goes on with the text's words. */
static bool are_next(struct check *c, struct token_cursor *cursor,
                     const struct vocabulary *v, struct text text, bool body)
{
    struct token token;
    struct stream_word word;
    analyzer_start(c->analyzer, text);
    while (analyzer_next(c->analyzer, &token))
        if (!token_cursor_next(cursor, &word) || word.body != body ||
            !is_word(v, &word, token.lexeme))
            return false;
    return true;
}

static bool has_its_words(struct check *c, struct engine_document document,
                          const struct article *article)
{
    struct token_cursor cursor;
    struct stream_word word;
    const struct archive *archive = c->request->archive;
    const struct vocabulary *v = archive_vocabulary(archive, document.segment);
    return tokens_article(archive_tokens(archive, document.segment),
                          document.docid, &cursor) &&
           are_next(c, &cursor, v, article->title, false) &&
           are_next(c, &cursor, v, article->body, true) &&
           !token_cursor_next(&cursor, &word);
}

/* --- an article ----------------------------------------------------------- */

static enum status check_content(struct check *c,
                                 struct engine_document document,
                                 const struct stored_facts *facts,
                                 struct error *err)
{
    struct article article;
    struct digest digest;
    strbuf_reset(c->record);
    arena_reset(c->arena);
    enum status status =
        stored_record(c->request->archive, document, c->record, err);
    if (status == STATUS_OK)
        status = record_read(&article, strbuf_text(c->record), c->arena, err);
    if (status != STATUS_OK)
        return status;
    record_digest(&article, &digest);
    if (!digest_equal(&digest, &facts->content))
        return error_set(err, STATUS_CORRUPT,
                         "its content is not that which was read");
    return has_its_words(c, document, &article)
               ? STATUS_OK
               : error_set(err, STATUS_CORRUPT,
                           "its token stream has other words than its text");
}

static void check_article(struct check *c, struct engine_document document,
                          const struct stored_facts *facts)
{
    struct error finding = ERROR_NONE;
    const struct manifest *m = archive_manifest(c->request->archive);
    if (check_content(c, document, facts, &finding) != STATUS_OK) {
        error_prefix(&finding, "segment '%s': article %u",
                     m->segments[document.segment].name, document.docid);
        c->request->on_finding(c->request->context, &finding);
    }
    c->request->on_article(c->request->context);
}

/* --- all of them ---------------------------------------------------------- */

enum status verify_articles(const struct verify_articles_request *request,
                            struct error *err)
{
    AUTO(analyzer) analyzer = NULL;
    AUTO(stored_walk) walk = NULL;
    AUTO_DONE(strbuf) record = STRBUF_INIT(RECORD_MAX);
    AUTO_DONE(arena) arena;
    arena_init(&arena);
    struct check check = {request, NULL, &record, &arena};
    enum status status = analyzer_new(
        &analyzer, archive_manifest(request->archive)->language, err);
    if (status == STATUS_OK)
        status = stored_walk_all(&walk, request->archive, err);
    check.analyzer = analyzer;
    while (status == STATUS_OK) {
        struct engine_document document;
        struct stored_facts facts;
        status = stored_walk_next(walk, &document, &facts, err);
        if (status == STATUS_OK)
            check_article(&check, document, &facts);
    }
    return status == STATUS_END ? STATUS_OK : status;
}
