#include "common/word_scanner.h"

#include <stdint.h>
#include <string.h>

#include "common/character.h"
#include "common/eight.h"
#include "common/utf8.h"

enum { NUMBER_GROUP = 3, AMPERSAND_PART_MAX = 3 };

struct scanner {
    struct text text;
    size_t at;
    enum language_apostrophe apostrophe;
    struct scanned_word *word;
    size_t group_commas; /* dropped from 1,000,000 so far */
    bool point;          /* a dot was joined: 1000.50 */
};

/* --- eight ASCII characters at once ------------------------------------- */

struct eight {
    uint64_t lower;            /* the bytes, capitals made small */
    uint64_t capitals, digits; /* the top bit of each byte that is one */
    unsigned count;            /* letters and digits before anything else */
};

static inline struct eight classify(uint64_t bytes)
{
    uint64_t capitals = eight_in_range(bytes, 'A', 'Z');
    uint64_t small = eight_in_range(bytes, 'a', 'z');
    uint64_t digits = eight_in_range(bytes, '0', '9');
    uint64_t others = ~(capitals | small | digits) & EIGHT(EIGHT_TOP);
    unsigned count = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    uint64_t kept = count == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * count) - 1;
    return (struct eight){.lower = (bytes | capitals >> 2) & kept,
                          .capitals = capitals & kept,
                          .digits = digits & kept,
                          .count = count};
}

static void store_last_eight(struct scanned_word *w, const struct eight *e)
{
    size_t room = w->form_full ? 0 : ANALYZER_WORD_MAX - w->form.len;
    unsigned count = e->count < room ? e->count : (unsigned)room;
    uint64_t kept = count == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * count) - 1;
    uint64_t bytes = htole64(e->lower & kept);
    memcpy(w->form.bytes + w->form.len, &bytes, sizeof bytes);
    w->form.len += count;
}

static inline void store_eight(struct scanned_word *w, const struct eight *e)
{
    if (w->form.len > ANALYZER_WORD_MAX - 8 || w->form_full) {
        store_last_eight(w, e);
        return;
    }
    uint64_t bytes = htole64(e->lower);
    memcpy(w->form.bytes + w->form.len, &bytes, sizeof bytes);
    w->form.len += e->count;
}

static void take_ascii(struct scanner *s)
{
    struct scanned_word *w = s->word;
    unsigned count;
    do {
        size_t left = s->text.len - s->at;
        struct eight e = classify(eight_load(s->text.ptr + s->at, left));
        store_eight(w, &e);
        size_t digits = eight_count(e.digits);
        w->digits += digits;
        w->letters += e.count - digits;
        w->capitals += eight_count(e.capitals);
        count = e.count;
        s->at += count;
        w->end = count ? s->at : w->end;
    } while (count == 8);
}

/* --- what may stand between -------------------------------------------- */

static enum character look(const struct scanner *s, size_t at)
{
    size_t length;
    return at < s->text.len ? character_at(s->text, at, &length)
                            : CHARACTER_OTHER;
}

static bool is_ascii_digit(struct text t, size_t at)
{
    return at < t.len && t.ptr[at] >= '0' && t.ptr[at] <= '9';
}

static bool is_ascii_letter(struct text t, size_t at)
{
    return at < t.len && (unsigned char)t.ptr[at] < 0x80 &&
           character_is_letter(
               (enum character)character_ascii[(unsigned char)t.ptr[at]]);
}

static bool continues_word(enum character c)
{
    return character_is_alphanumeric(c) || c == CHARACTER_MARK ||
           c == CHARACTER_IGNORED;
}

/* An s that ends the word at `at`: where it ends; else 0. */
static size_t possessive_end(const struct scanner *s, size_t at)
{
    bool is_s =
        at < s->text.len && (s->text.ptr[at] == 's' || s->text.ptr[at] == 'S');
    return is_s && !continues_word(look(s, at + 1)) ? at + 1 : 0;
}

static void append(struct scanner *s, struct text t)
{
    word_form_append(&s->word->form, &s->word->form_full, t);
}

/* `after` is behind the apostrophe at s->at. */
static bool take_apostrophe(struct scanner *s, size_t after)
{
    size_t end = possessive_end(s, after);
    if (end) {
        s->word->next = end;
        return false;
    }
    if (s->apostrophe == APOSTROPHE_SEPARATES || s->word->letters == 0 ||
        is_ascii_digit(s->text, s->at - 1) ||
        !character_is_letter(look(s, after)))
        return false;
    append(s, text_make("'", 1));
    s->at = after;
    return true;
}

/* 1,000: after one to three digits, and after earlier groups. */
static bool take_comma(struct scanner *s)
{
    const struct scanned_word *w = s->word;
    bool whole = w->letters == 0 && !s->point && w->digits == w->form.len &&
                 (s->group_commas > 0 || w->digits <= NUMBER_GROUP);
    for (size_t i = 1; whole && i <= NUMBER_GROUP; i++)
        whole = is_ascii_digit(s->text, s->at + i);
    if (!whole || is_ascii_digit(s->text, s->at + NUMBER_GROUP + 1))
        return false;
    s->group_commas++;
    s->at++;
    return true;
}

/* Whether the single letter at `at` is all of a part of U.S.; behind it in
 * *after. */
static bool is_lone_letter(const struct scanner *s, size_t at, size_t *after)
{
    size_t length;
    if (at >= s->text.len ||
        !character_is_letter(character_at(s->text, at, &length)))
        return false;
    *after = at + length;
    while (*after < s->text.len &&
           character_at(s->text, *after, &length) == CHARACTER_MARK)
        *after += length;
    enum character next = look(s, *after);
    if (next == CHARACTER_APOSTROPHE) {
        character_at(s->text, *after, &length);
        return possessive_end(s, *after + length) ||
               !character_is_letter(look(s, *after + length));
    }
    return !continues_word(next) && next != CHARACTER_AMPERSAND;
}

static void append_letter(struct scanner *s, size_t from, size_t to)
{
    struct text written = text_slice(s->text, from, to - from);
    char lower = written.ptr[0];
    bool ascii_capital = lower >= 'A' && lower <= 'Z';
    if (ascii_capital) {
        lower = (char)(lower + ('a' - 'A'));
        append(s, text_make(&lower, 1));
        append(s, text_slice(written, 1, written.len));
    } else {
        append(s, written);
    }
    s->word->letters++;
    s->word->capitals += look(s, from) == CHARACTER_UPPER;
}

/* U.S. and e.g: the dot at s->at comes after a single letter. */
static void take_acronym(struct scanner *s)
{
    struct scanned_word *w = s->word;
    size_t after;
    while (s->at < s->text.len && s->text.ptr[s->at] == '.' &&
           is_lone_letter(s, s->at + 1, &after)) {
        append_letter(s, s->at + 1, after);
        w->dotted = true;
        w->end = s->at = after;
    }
    if (!w->dotted)
        return;
    if (s->at < s->text.len && s->text.ptr[s->at] == '.')
        w->end = ++s->at;
    size_t length;
    if (s->at < s->text.len &&
        character_at(s->text, s->at, &length) == CHARACTER_APOSTROPHE)
        w->next = possessive_end(s, s->at + length);
}

static bool take_dot(struct scanner *s)
{
    struct scanned_word *w = s->word;
    if (is_ascii_digit(s->text, s->at - 1) &&
        is_ascii_digit(s->text, s->at + 1)) {
        append(s, text_make(".", 1));
        s->point = true;
        s->at++;
        return true;
    }
    if (w->letters == 1 && w->digits == 0)
        take_acronym(s);
    return false;
}

/* AT&T, R&D, s&p500, but not Marks&Spencer. */
static bool take_ampersand(struct scanner *s)
{
    size_t before = 0, after = 0;
    while (before < s->at - s->word->offset &&
           is_ascii_letter(s->text, s->at - before - 1))
        before++;
    while (after <= AMPERSAND_PART_MAX &&
           is_ascii_letter(s->text, s->at + 1 + after))
        after++;
    bool joins = before > 0 && before <= AMPERSAND_PART_MAX && after > 0 &&
                 after <= AMPERSAND_PART_MAX;
    if (joins) {
        append(s, text_make("&", 1));
        s->at++;
    }
    return joins;
}

static bool take_unicode(struct scanner *s, enum character c, size_t length)
{
    struct scanned_word *w = s->word;
    if (!continues_word(c))
        return false;
    if (c != CHARACTER_IGNORED) {
        append(s, text_slice(s->text, s->at, length));
        w->letters += character_is_letter(c);
        w->capitals += c == CHARACTER_UPPER;
        w->digits += c == CHARACTER_DIGIT;
        w->end = s->at + length;
    }
    s->at += length;
    return true;
}

/* One character that is no ASCII letter or digit, if the word goes on there. */
static bool take_other(struct scanner *s)
{
    if (s->at == s->text.len)
        return false;
    size_t length;
    enum character c = character_at(s->text, s->at, &length);
    switch (c) {
    case CHARACTER_APOSTROPHE:
        return take_apostrophe(s, s->at + length);
    case CHARACTER_COMMA:
        return take_comma(s);
    case CHARACTER_DOT:
        return take_dot(s);
    case CHARACTER_AMPERSAND:
        return take_ampersand(s);
    default:
        return take_unicode(s, c, length);
    }
}

void word_scan(struct text t, size_t at, enum language_apostrophe apostrophe,
               struct scanned_word *out)
{
    struct scanner s = {
        .text = t, .at = at, .apostrophe = apostrophe, .word = out};
    out->form.len = 0;
    out->form_full = false;
    out->offset = out->end = at;
    out->next = 0;
    out->letters = out->capitals = out->digits = 0;
    out->dotted = false;
    do
        take_ascii(&s);
    while (take_other(&s));
    if (out->next < s.at)
        out->next = s.at;
}

/* --- what stands beside words ------------------------------------------ */

size_t word_scan_cjk(struct text t, size_t at)
{
    size_t length, end = at;
    if (at >= t.len || (unsigned char)t.ptr[at] < 0x80 ||
        character_at(t, at, &length) != CHARACTER_CJK)
        return at;
    for (end += length; end < t.len; end += length) {
        if ((unsigned char)t.ptr[end] < 0x80)
            break;
        uint32_t c = utf8_decode(t, end, &length);
        if (c == UTF8_INVALID)
            break;
        if (character_extends_cjk(c))
            continue;
        enum character kind = character_of(c);
        if (kind != CHARACTER_MARK && kind != CHARACTER_IGNORED)
            break;
    }
    return end;
}

size_t word_after_hyphen(struct text t, size_t at)
{
    size_t length;
    if (at >= t.len || character_at(t, at, &length) != CHARACTER_HYPHEN)
        return 0;
    size_t part = at + length;
    if (part >= t.len ||
        !character_is_alphanumeric(character_at(t, part, &length)))
        return 0;
    return part;
}

void word_form_append(struct word_form *form, bool *full, struct text t)
{
    size_t room = ANALYZER_WORD_MAX - form->len;
    if (*full)
        return;
    if (t.len > room) {
        *full = true;
        t = utf8_cut(t, room);
    }
    memcpy(form->bytes + form->len, t.ptr, t.len);
    form->len += t.len;
    memset(form->bytes + form->len, 0, 8);
}
