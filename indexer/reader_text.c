/* Reads plain text, one article a file: the first line is the title. */
#include <stdlib.h>
#include <strings.h>

#include "common/mem.h"
#include "common/original.h"
#include "common/strbuf.h"
#include "common/utf8.h"
#include "indexer/charset.h"
#include "indexer/cleaning.h"
#include "indexer/reader.h"

extern const struct reader_format reader_text;

/* More control characters than this are not text. */
enum { CONTROL_PERCENT_MAX = 3 };

struct reader_text {
    struct reader base;
    struct input *in;
    struct strbuf raw, decoded;
    bool done;
};

/* Whole lines that pages have around their articles, in any case. */
static const char *const furniture[] = {
    "Advertisement",
    "Article ad box",
    "Comments",
    "Follow us",
    "Listen",
    "Listen to this article",
    "Log in",
    "Menu",
    "Print",
    "Save",
    "Share",
    "Share this",
    "Share this article",
    "Sign in",
    "Sign up",
    "Skip to content",
    "Skip to main content",
    "Subscribe",
};

static struct reader_text *downcast(struct reader *reader)
{
    return (struct reader_text *)reader;
}

static bool is_control(char c)
{
    bool layout = c == '\t' || c == '\n' || c == '\f' || c == '\r';
    return ((unsigned char)c < 0x20 && !layout) || c == 0x7f;
}

/* Of a format of elements that nobody knows: tags as words are no article. */
static bool is_markup(struct text head)
{
    head = text_trim(utf8_without_mark(head));
    const char next = head.len > 1 && head.ptr[0] == '<' ? head.ptr[1] : ' ';
    const bool letter = (next >= 'a' && next <= 'z') ||
                        (next >= 'A' && next <= 'Z') || next == '_';
    return next == '?' || next == '!' || (letter && text_contains(head, "</"));
}

static int text_recognise(struct text head)
{
    if (is_markup(head))
        return 0;
    if (charset_guess(head) == CHARSET_UTF16)
        return 1;
    size_t controls = 0;
    for (size_t i = 0; i < head.len; i++) {
        if (head.ptr[i] == '\0')
            return 0;
        controls += is_control(head.ptr[i]);
    }
    return controls * 100 <= head.len * CONTROL_PERCENT_MAX;
}

static enum status text_open(struct reader **out, struct input *in,
                             struct error *err)
{
    (void)err;
    struct reader_text *r = mem_zeroed(1, sizeof *r);
    r->in = in;
    *out = &r->base;
    return STATUS_OK;
}

static void text_free(struct reader *reader)
{
    struct reader_text *r = downcast(reader);
    strbuf_done(&r->raw);
    strbuf_done(&r->decoded);
    input_free(r->in);
    free(r);
}

/* STATUS_END if it is longer than an article may be. */
static enum status read_all(struct reader_text *r, struct error *err)
{
    struct text part;
    strbuf_init(&r->raw, r->base.limits.article);
    for (;;) {
        enum status status = input_read(r->in, &part, err);
        if (status != STATUS_OK || part.len == 0)
            return status;
        size_t room = r->raw.max - r->raw.len;
        strbuf_append(&r->raw, text_slice(part, 0, room));
        if (part.len > room)
            return STATUS_END;
    }
}

static bool is_furniture(struct text line)
{
    for (size_t i = 0; i < sizeof furniture / sizeof furniture[0]; i++)
        if (text_from(furniture[i]).len == line.len &&
            strncasecmp(furniture[i], line.ptr, line.len) == 0)
            return true;
    return false;
}

static struct text take_title(struct text *rest)
{
    struct text line;
    while (text_split(rest, '\n', &line)) {
        line = text_trim(line);
        if (line.len > 0 && !is_furniture(line))
            return line;
    }
    return (struct text){NULL, 0};
}

/* Without blank lines at the top; the first line keeps its indentation. */
static struct text trim_body(struct text body)
{
    struct text rest = body, line;
    while (text_split(&rest, '\n', &line) && text_trim(line).len == 0)
        body = rest;
    struct text trimmed = text_trim(body);
    if (trimmed.len > 0)
        body.len = (size_t)(trimmed.ptr + trimmed.len - body.ptr);
    return trimmed.len > 0 ? body : trimmed;
}

/* --- many in one ------------------------------------------------------------
 */

/* "1 of 100 DOCUMENTS", as LexisNexis begins each. */
static bool is_lexis(struct text line)
{
    struct text word, words[4] = {{NULL, 0}};
    size_t count = 0;
    while (text_split(&line, ' ', &word))
        if (word.len > 0 && count < 4)
            words[count++] = text_trim(word);
        else if (word.len > 0)
            return false;
    return count == 4 && text_is(words[1], "of") &&
           (text_is(words[3], "DOCUMENTS") || text_is(words[3], "DOCUMENT")) &&
           words[0].len > 0 && words[0].ptr[0] >= '0' && words[0].ptr[0] <= '9';
}

/* "Document J000000020220207ei27000ab", with which Factiva ends each. */
static bool is_factiva(struct text line)
{
    const struct text before = TEXT("Document ");
    struct text code = text_trim(line);
    if (!text_starts_with(code, before))
        return false;
    code = text_slice(code, before.len, code.len);
    size_t digits = 0;
    for (size_t i = 0; i < code.len; i++) {
        if (code.ptr[i] == ' ')
            return false;
        digits += code.ptr[i] >= '0' && code.ptr[i] <= '9';
    }
    return code.len >= 20 && code.len <= 40 && digits >= 10;
}

/* A line of 50 underlines or more, with which ProQuest parts them. */
static bool is_proquest(struct text line)
{
    line = text_trim(line);
    size_t marks = 0;
    while (marks < line.len && line.ptr[marks] == '_')
        marks++;
    return marks >= 50 && marks == line.len;
}

/* Whose export of several documents it is, and of how many; else NULL. */
static const char *collection_of(struct text t, size_t *count)
{
    static bool (*const marks[])(struct text) = {is_lexis, is_factiva,
                                                 is_proquest};
    static const char *const names[] = {"LexisNexis", "Factiva", "ProQuest"};
    size_t counts[3] = {0};
    struct text line;
    while (text_split(&t, '\n', &line))
        for (size_t i = 0; i < 3 && line.len > 8; i++)
            counts[i] += marks[i](line);
    for (size_t i = 0; i < 3; i++)
        if (counts[i] >= 2) {
            *count = counts[i];
            return names[i];
        }
    return NULL;
}

static void decode(struct reader_text *r, const struct origin *origin)
{
    struct text raw = strbuf_text(&r->raw);
    enum charset charset = charset_guess(raw);
    strbuf_init(&r->decoded, raw.len * 3);
    charset_decode(raw, charset, &r->decoded);
    if (charset == CHARSET_1252)
        reader_warn(&r->base, origin, "not valid UTF-8, read as Windows-1252");
    else if (charset == CHARSET_DAMAGED_UTF8)
        reader_warn(&r->base, origin, "bytes that are not UTF-8 replaced");
}

static struct article split(struct reader_text *r, struct arena *arena,
                            const struct origin *origin)
{
    bool nul = false;
    struct text rest =
        cleaning_copy(strbuf_text(&r->decoded), CLEANING_BLOCK, arena, &nul);
    struct text title = take_title(&rest);
    if (nul)
        reader_warn(&r->base, origin, "NUL bytes replaced by blanks");
    return (struct article){
        .title = cleaning_copy(title, CLEANING_LINE, arena, &nul),
        .body = trim_body(rest),
        .published = TIMESTAMP_UNKNOWN,
        .origin = *origin,
    };
}

static enum status text_next(struct reader *reader, struct arena *arena,
                             struct article *out, struct error *err)
{
    struct reader_text *r = downcast(reader);
    if (r->done)
        return STATUS_END;
    r->done = true;
    struct origin origin = {.path = text_from(input_path(r->in))};
    enum status status = read_all(r, err);
    struct rejection why = {.origin = origin, .bytes = strbuf_text(&r->raw)};
    if (status == STATUS_SOURCE) {
        why.reason = input_fault(r->in);
        return reader_reject(reader, &why);
    }
    if (status == STATUS_END) {
        why.reason = "too-large";
        return reader_reject_because(reader, &why, err, "larger than %zu bytes",
                                     reader->limits.article);
    }
    if (status != STATUS_OK)
        return status;
    if (text_trim(why.bytes).len == 0)
        return STATUS_END;
    original_measure(&origin, why.bytes);
    decode(r, &origin);
    size_t count = 0;
    const char *whose = collection_of(strbuf_text(&r->decoded), &count);
    if (whose) {
        why.reason = "many-in-one";
        return reader_reject_because(
            reader, &why, err,
            "an export of %zu documents from %s, not one article: split it",
            count, whose);
    }
    struct article article = split(r, arena, &origin);
    if (article.title.len == 0) {
        why.reason = "no-body";
        return reader_reject_because(reader, &why, err,
                                     "neither title nor body");
    }
    status = reader_check_size(reader, &article, why.bytes, err);
    if (status != STATUS_OK)
        return status;
    article.origin.path = arena_text(arena, origin.path);
    *out = article;
    return STATUS_OK;
}

const struct reader_format reader_text = {
    .name = "text",
    .summary = "plain text, one article a file",
    .one_article_per_file = true,
    .recognise = text_recognise,
    .open = text_open,
    .next = text_next,
    .free = text_free,
};
