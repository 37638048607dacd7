/* How often "did you mean" is right: words of an archive, drawn as often as
 * they occur, with one letter left out, put in, exchanged or swapped with the
 * next. An error that makes another word of the archive is drawn again: nobody
 * would be asked.
 *
 *     suggest ARCHIVE [SEED]                                              */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/archive.h"
#include "common/clock.h"
#include "common/engine/index.h"
#include "searcher/letters.h"
#include "searcher/spelling.h"

enum { ERRORS = 500, LETTERS_LEAST = 5, WRONG_SHOWN = 60 };

struct drawing {
    struct archive *archive;
    uint64_t state; /* of xorshift64 */
};

static uint64_t below(struct drawing *d, uint64_t limit)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return d->state % limit;
}

static bool is_plain(const struct vocabulary_entry *e)
{
    for (size_t i = 0; i < e->word_len; i++)
        if (e->word[i] < 'a' || e->word[i] > 'z')
            return false;
    return e->word_len >= LETTERS_LEAST;
}

/* A word of an article, each as likely as any other. */
static void draw(struct drawing *d, struct vocabulary_entry *out)
{
    for (;;) {
        const size_t segment =
            (size_t)below(d, archive_manifest(d->archive)->segment_count);
        const struct tokens *tokens = archive_tokens(d->archive, segment);
        const uint32_t docid = 1 + (uint32_t)below(d, tokens_articles(tokens));
        struct token_cursor cursor;
        struct stream_word word, chosen = {.id = 0};
        uint64_t seen = 0;
        if (!tokens_article(tokens, docid, &cursor))
            continue;
        while (token_cursor_next(&cursor, &word))
            if (word.span == 1 && below(d, ++seen) == 0)
                chosen = word;
        if (seen > 0 &&
            vocabulary_by_id(archive_vocabulary(d->archive, segment), chosen.id,
                             out) &&
            is_plain(out))
            return;
    }
}

struct typed {
    char letters[VOCABULARY_TEXT_MAX + 2];
    size_t len;
};

static void insert(struct typed *t, size_t at, char letter)
{
    memmove(t->letters + at + 1, t->letters + at, t->len - at);
    t->letters[at] = letter;
    t->len++;
}

static void make_error(struct drawing *d, const struct vocabulary_entry *e,
                       struct typed *out)
{
    const char letter = (char)('a' + below(d, 26));
    size_t at = (size_t)below(d, e->word_len);
    memcpy(out->letters, e->word, e->word_len);
    out->len = e->word_len;
    switch (below(d, 4)) {
    case 0:
        memmove(out->letters + at, out->letters + at + 1, --out->len - at);
        break;
    case 1:
        insert(out, (size_t)below(d, e->word_len + 1), letter);
        break;
    case 2:
        out->letters[at] = letter;
        break;
    default:
        at = (size_t)below(d, e->word_len - 1);
        out->letters[at] = e->word[at + 1];
        out->letters[at + 1] = e->word[at];
    }
}

static bool is_known(const struct drawing *d, struct text word)
{
    struct error err = ERROR_NONE;
    uint32_t articles = 0;
    return engine_term_frequency(archive_index(d->archive), word, &articles,
                                 &err) != STATUS_OK ||
           articles > 0;
}

/* 1 if it is right. */
static int try_one(struct drawing *d, int *shown)
{
    AUTO_DONE(arena) arena = ARENA_INIT;
    struct vocabulary_entry meant;
    struct typed typed;
    struct spelling best = {{"", 0}, 0};
    struct error err = ERROR_NONE;
    do {
        draw(d, &meant);
        make_error(d, &meant, &typed);
    } while (is_known(d, text_make(typed.letters, typed.len)));
    const struct spelling_request request = {
        .archive = d->archive,
        .field = FIELD_ANY,
        .word = text_make(typed.letters, typed.len),
        .arena = &arena,
    };
    if (spelling_best(&best, &request, &err) != STATUS_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(2);
    }
    if (text_equal(best.word, text_make(meant.word, meant.word_len)))
        return 1;
    if (++*shown <= WRONG_SHOWN)
        printf("%.*s was %.*s, not %.*s\n", (int)typed.len, typed.letters,
               (int)meant.word_len, meant.word, TEXT_ARG(best.word));
    return 0;
}

int main(int argc, char **argv)
{
    struct error err = ERROR_NONE;
    struct drawing d = {.state = argc > 2 ? strtoull(argv[2], NULL, 0) : 1};
    if (argc < 2 || archive_open(&d.archive, argv[1], &err) != STATUS_OK) {
        fprintf(stderr, "suggest: %s\n", argc < 2 ? "no ARCHIVE" : err.message);
        return 2;
    }
    int right = 0, shown = 0;
    const double began_s = clock_now_s();
    for (int i = 0; i < ERRORS; i++)
        right += try_one(&d, &shown);
    printf("%d of %d right (%.1f%%), %.2f ms each\n", right, ERRORS,
           100.0 * right / ERRORS, (clock_now_s() - began_s) * 1e3 / ERRORS);
    archive_free(d.archive);
    return 0;
}
