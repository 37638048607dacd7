#include "common/analyzer.h"

#include <assert.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "common/character.h"
#include "common/engine/stem.h"
#include "common/fold.h"
#include "common/gap_scanner.h"
#include "common/language.h"
#include "common/lexicon.h"
#include "common/mem.h"
#include "common/stage.h"
#include "common/strbuf.h"
#include "common/utf8.h"
#include "common/word_scanner.h"
#include "common/word_skip.h"

/* Parts of a hyphenated word that is joined; one more to see that it is too
 * long. */
enum { JOINED_PARTS_MAX = 4, PARTS_LOOKED_AT = JOINED_PARTS_MAX + 1 };
enum { CAPITALS_MIN = 2, ORDINAL_DIGITS_MAX = 2 };

static const char no_language[] = "none";

struct analyzer {
    char *name;
    const struct language *language; /* NULL where nothing is known */
    enum language_apostrophe apostrophe;
    struct engine_stemmer *stemmer; /* NULL: none */
    struct lexicon *lexicon;
    uint64_t invalid;

    /* The text that is read. */
    struct text text;
    enum text_layout layout;
    bool all_capitals;
    size_t at;                 /* behind what was scanned */
    uint32_t position;         /* of the next word */
    struct scanned_word *word; /* the last, one of `words` */
    struct scanned_word joined;
    bool after_word; /* not at the start, nor behind CJK characters */

    /* Tokens that are given out before their words are looked up. */
    bool ahead;
    struct scanned_word words[ANALYZER_AHEAD];
    uint64_t heads[ANALYZER_AHEAD]; /* form_head() of each */
    struct token *waiting[ANALYZER_AHEAD];
    size_t waiting_count;

    /* A hyphenated word's tokens, yet to be given out. */
    struct token queue[PARTS_LOOKED_AT + 1];
    size_t queued, taken;
    bool in_chain; /* behind the first parts of one that is too long */
    bool skipping; /* nobody will look at the lexemes */

    /* The CJK character that the next bigram begins with. */
    size_t cjk_from, cjk_end; /* cjk_end 0: not within such a run */
    bool cjk_alone;           /* it is the first of its run */
    unsigned cjk_marks;
};

/* --- life cycle --------------------------------------------------------- */

static enum status unknown_language(const char *language, struct error *err)
{
    AUTO_DONE(strbuf) known = STRBUF_INIT(sizeof err->message);
    struct text rest = text_from(engine_stemmer_languages()), name;
    while (text_split(&rest, ' ', &name)) {
        char *string = mem_copy_string(name.ptr, name.len);
        const struct language *l = language_find(string);
        if (l && text_is(name, l->name))
            strbuf_append_format(&known, " %s", string);
        free(string);
    }
    return error_set(err, STATUS_USAGE,
                     "unknown language '%.20s'; known: none%s", language,
                     strbuf_string(&known));
}

enum status analyzer_new(struct analyzer **out, const char *language,
                         struct error *err)
{
    const struct language *known = language_find(language);
    const char *name = language_canonical(known, language);
    AUTO(engine_stemmer) stemmer = NULL;
    if (!text_is(text_from(name), no_language)) {
        if (!language_list_has(engine_stemmer_languages(), text_from(name)))
            return unknown_language(language, err);
        enum status status = engine_stemmer_new(&stemmer, name, err);
        if (status != STATUS_OK)
            return status;
    }
    struct analyzer *a = mem_zeroed(1, sizeof *a);
    a->name = mem_copy_string(name, strlen(name));
    a->language = known;
    a->apostrophe = known ? known->apostrophe : APOSTROPHE_JOINS;
    a->stemmer = TAKE(stemmer);
    a->lexicon = lexicon_new(a->stemmer);
    *out = a;
    return STATUS_OK;
}

void analyzer_free(struct analyzer *a)
{
    if (!a)
        return;
    lexicon_free(a->lexicon);
    engine_stemmer_free(a->stemmer);
    free(a->name);
    free(a);
}

const char *analyzer_language(const struct analyzer *a)
{
    return a->name;
}

uint64_t analyzer_invalid_count(const struct analyzer *a)
{
    return a->invalid;
}

uint32_t analyzer_lexeme_count(const struct analyzer *a)
{
    return lexicon_count(a->lexicon);
}

const struct lexeme *analyzer_lexeme(const struct analyzer *a, uint32_t number)
{
    return lexicon_at(a->lexicon, number);
}

size_t analyzer_memory(const struct analyzer *a)
{
    return lexicon_memory(a->lexicon);
}

void analyzer_forget(struct analyzer *a)
{
    analyzer_start(a, text_make(NULL, 0));
    lexicon_forget(a->lexicon);
}

/* --- words -------------------------------------------------------------- */

void analyzer_start(struct analyzer *a, struct text t)
{
    a->text = t;
    a->layout = gap_layout(t);
    a->all_capitals = gap_all_capitals(t);
    a->at = 0;
    a->position = 0;
    a->after_word = false;
    a->queued = a->taken = 0;
    a->in_chain = false;
    a->cjk_end = 0;
}

/* The next word to be scanned. */
static inline struct scanned_word *next_scanned(struct analyzer *a)
{
    return a->word = &a->words[a->waiting_count];
}

static inline void wait_for(struct analyzer *a, struct token *token)
{
    const size_t i = a->waiting_count++;
    a->heads[i] = lexicon_prefetch(a->lexicon, &a->words[i].form);
    a->waiting[i] = token;
}

/* Gives the tokens that wait their lexemes. */
static void settle(struct analyzer *a)
{
    const enum stage outer = stage_begin(STAGE_LOOKUP);
    for (size_t i = 0; i < a->waiting_count; i++)
        a->waiting[i]->lexeme =
            lexicon_look_up(a->lexicon, &a->words[i].form, a->heads[i]);
    a->waiting_count = 0;
    stage_end(outer);
}

static inline void make_token(struct analyzer *a, const struct scanned_word *w,
                              unsigned marks, struct token *out)
{
    bool capitals = w->capitals >= CAPITALS_MIN && w->capitals == w->letters;
    if (capitals && !a->all_capitals)
        marks |= TOKEN_CAPS;
    if (w->dotted)
        marks |= TOKEN_DOTTED;
    *out = (struct token){.offset = w->offset,
                          .length = w->end - w->offset,
                          .position = a->position,
                          .span = 1,
                          .marks = marks};
    if (a->ahead)
        wait_for(a, out);
    else if (!a->skipping)
        out->lexeme = lexicon_intern(a->lexicon, &w->form);
}

static inline void take_word(struct analyzer *a, unsigned marks,
                             struct token *out)
{
    make_token(a, a->word, marks, out);
    a->after_word = true;
    a->position++;
}

/* Scans the word at a->at; returns where the next part begins if a hyphen
 * joins one, else 0. */
static inline size_t scan_word(struct analyzer *a)
{
    word_scan(a->text, a->at, a->apostrophe, next_scanned(a));
    a->at = a->word->next;
    if (a->at >= a->text.len)
        return 0;
    char byte = a->text.ptr[a->at];
    return byte == '-' || (unsigned char)byte >= 0x80
               ? word_after_hyphen(a->text, a->at)
               : 0;
}

static void join_part(struct analyzer *a)
{
    struct scanned_word *joined = &a->joined;
    const struct scanned_word *part = a->word;
    word_form_append(&joined->form, &joined->form_full,
                     text_make(part->form.bytes, part->form.len));
    joined->end = part->end;
    joined->letters += part->letters;
    joined->capitals += part->capitals;
    joined->digits += part->digits;
}

static void queue_joined(struct analyzer *a)
{
    struct token *token = &a->queue[a->queued];
    make_token(a, &a->joined, TOKEN_JOINED, token);
    token->position = a->queue[0].position;
    token->span = (uint32_t)a->queued;
    a->queued++;
}

/* The first part has been scanned, another begins at `part`. */
static void queue_hyphenated(struct analyzer *a, size_t part, unsigned marks)
{
    a->joined = (struct scanned_word){.offset = a->word->offset};
    a->taken = 0;
    take_word(a, marks, &a->queue[0]);
    a->queued = 1;
    join_part(a);
    while (part && a->queued < PARTS_LOOKED_AT) {
        a->at = part;
        part = scan_word(a);
        take_word(a, 0, &a->queue[a->queued++]);
        join_part(a);
    }
    if (a->queued <= JOINED_PARTS_MAX && a->joined.letters > 0)
        queue_joined(a);
    a->in_chain = part > 0;
    if (part)
        a->at = part;
}

static void next_word(struct analyzer *a, unsigned marks, struct token *out)
{
    size_t part = scan_word(a);
    if (part && !a->in_chain) {
        const bool ahead = a->ahead;
        settle(a); /* lexemes are numbered in the order of their words */
        a->ahead = false;
        queue_hyphenated(a, part, marks);
        a->ahead = ahead;
        *out = a->queue[a->taken++];
        return;
    }
    a->in_chain = part > 0;
    if (part)
        a->at = part;
    take_word(a, marks, out);
}

/* --- CJK ---------------------------------------------------------------- */

static void take_cjk(struct analyzer *a, size_t end, unsigned marks,
                     struct token *out)
{
    struct scanned_word *w = next_scanned(a);
    w->form.len = 0;
    w->form_full = false;
    w->offset = a->cjk_from;
    w->end = end;
    w->letters = w->capitals = w->digits = 0;
    w->dotted = false;
    word_form_append(&w->form, &w->form_full,
                     text_slice(a->text, a->cjk_from, end - a->cjk_from));
    take_word(a, marks | a->cjk_marks, out);
    a->after_word = false;
    a->cjk_marks = 0;
}

static void start_cjk(struct analyzer *a, unsigned marks)
{
    a->cjk_from = a->at;
    a->cjk_end = word_scan_cjk(a->text, a->at);
    a->cjk_alone = true;
    a->cjk_marks = marks;
}

/* False at the end of the run. */
static bool next_cjk(struct analyzer *a, struct token *out)
{
    size_t end = word_scan_cjk(a->text, a->cjk_end);
    bool alone = a->cjk_alone;
    if (end == a->cjk_end) {
        a->at = end;
        a->cjk_end = 0;
        if (alone)
            take_cjk(a, end, 0, out);
        return alone;
    }
    take_cjk(a, end, TOKEN_BIGRAM, out);
    a->cjk_from = a->cjk_end;
    a->cjk_end = end;
    a->cjk_alone = false;
    return true;
}

/* --- sentences ---------------------------------------------------------- */

static bool last_word_is_in(struct analyzer *a, struct language_words list)
{
    const struct lexeme *last = lexicon_intern(a->lexicon, &a->word->form);
    return language_words_have(list, last->word);
}

/* Whether the dot behind the last word is its own and ends no sentence. */
static bool dot_is_of_word(struct analyzer *a, enum character next)
{
    const struct language *l = a->language;
    const struct scanned_word *w = a->word;
    if (!a->after_word || a->skipping)
        return false;
    if (w->letters == 1 && w->digits == 0)
        return true;
    if (!l)
        return false;
    bool is_number = w->digits == w->form.len;
    if (is_number)
        return l->ordinal == ORDINAL_DOT && w->digits <= ORDINAL_DIGITS_MAX;
    settle(a);
    return last_word_is_in(a, l->abbreviations) ||
           (next == CHARACTER_DIGIT && last_word_is_in(a, l->before_number));
}

static unsigned marks_of(struct analyzer *a, const struct gap *gap)
{
    if (a->position == 0 || gap->kind == GAP_PARAGRAPH)
        return TOKEN_SENTENCE | TOKEN_PARAGRAPH;
    if (gap->kind == GAP_PLAIN ||
        (gap->lone_dot && dot_is_of_word(a, gap->first)))
        return 0;
    return TOKEN_SENTENCE;
}

/* One space and then ASCII, as between most words. */
static bool is_plain_space(const struct analyzer *a)
{
    if (a->position == 0 || a->text.len - a->at < 2 ||
        a->text.ptr[a->at] != ' ')
        return false;
    unsigned char next = (unsigned char)a->text.ptr[a->at + 1];
    return next < 0x80 &&
           character_is_alphanumeric((enum character)character_ascii[next]);
}

bool analyzer_next(struct analyzer *a, struct token *out)
{
    if (a->taken < a->queued) {
        *out = a->queue[a->taken++];
        return true;
    }
    if (a->cjk_end && next_cjk(a, out))
        return true;
    if (is_plain_space(a)) {
        a->at++;
        next_word(a, 0, out);
        return true;
    }
    struct gap gap;
    gap_scan(a->text, a->at, a->layout, &gap);
    a->at = gap.next;
    a->invalid += gap.invalid;
    if (a->at == a->text.len)
        return false;
    unsigned marks = marks_of(a, &gap);
    if (gap.first == CHARACTER_CJK) {
        start_cjk(a, marks);
        return next_cjk(a, out);
    }
    next_word(a, marks, out);
    return true;
}

size_t analyzer_read(struct analyzer *a, struct token *out, size_t max)
{
    size_t count = 0;
    assert(max <= ANALYZER_AHEAD);
    a->ahead = true;
    while (count < max && analyzer_next(a, &out[count]))
        count++;
    settle(a);
    a->ahead = false;
    return count;
}

/* --- skipping ----------------------------------------------------------- */

/* Behind a word, and not within what is several tokens. */
static bool is_between_words(const struct analyzer *a)
{
    return a->taken == a->queued && !a->cjk_end && !a->in_chain;
}

bool analyzer_skip(struct analyzer *a, uint32_t count)
{
    struct token token;
    while (count > 0) {
        if (is_between_words(a)) {
            uint32_t left = count;
            a->at = word_skip(a->text, a->at, &left);
            a->position += count - left;
            count = left;
        }
        if (count == 0)
            return true;
        /* What is queued now must not be left for somebody to read. */
        a->skipping = count > PARTS_LOOKED_AT;
        bool more = analyzer_next(a, &token);
        a->skipping = false;
        if (!more)
            return false;
        count--;
    }
    return true;
}

/* --- forms -------------------------------------------------------------- */

void analyzer_caps_form(const struct lexeme *lexeme, struct strbuf *out)
{
    size_t length;
    strbuf_reset(out);
    for (size_t at = 0; at < lexeme->word.len; at += length) {
        utf8proc_int32_t c =
            (utf8proc_int32_t)utf8_decode(lexeme->word, at, &length);
        char bytes[UTF8_LENGTH_MAX];
        size_t len = utf8_encode((uint32_t)utf8proc_toupper(c), bytes);
        strbuf_append(out, text_make(bytes, len));
    }
}

void analyzer_fold_value(struct text value, struct strbuf *out)
{
    fold_value(value, out);
}
