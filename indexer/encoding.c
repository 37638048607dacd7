#include "indexer/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <uchardet.h>

#include "common/utf8.h"
#include "indexer/encoding_check.h"

/* Where declarations are looked for, and how much uchardet is shown, in
 * bytes. */
enum { HEAD_MAX = 4096, SHOWN_MAX = 256 << 10, CHUNK = 16 << 10 };

static bool is_name_character(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           c == '-' || c == '_' || c == ':' || c == '.';
}

static struct text name_at(struct text t, size_t at)
{
    while (at < t.len && (t.ptr[at] == ' ' || t.ptr[at] == '"' ||
                          t.ptr[at] == '\'' || t.ptr[at] == '='))
        at++;
    size_t end = at;
    while (end < t.len && is_name_character(t.ptr[end]))
        end++;
    return text_slice(t, at, end - at);
}

/* Behind `word` in any case, within the first `max` bytes. */
static struct text name_behind(struct text t, const char *word, size_t max)
{
    size_t len = strlen(word);
    t = text_slice(t, 0, max);
    for (size_t at = 0; at + len < t.len; at++)
        if (strncasecmp(t.ptr + at, word, len) == 0 &&
            (t.ptr[at + len] == '=' || t.ptr[at + len] == ' '))
            return name_at(t, at + len);
    return text_make(NULL, 0);
}

struct text encoding_of_content_type(struct text content_type)
{
    return name_behind(content_type, "charset", content_type.len);
}

struct text encoding_declared(struct text document)
{
    struct text head = text_slice(document, 0, HEAD_MAX);
    if (text_starts_with(text_trim(head), (struct text)TEXT("<?xml"))) {
        const char *end = memchr(head.ptr, '>', head.len);
        size_t len = end ? (size_t)(end - head.ptr) : head.len;
        return name_behind(head, "encoding", len);
    }
    return name_behind(head, "charset", head.len);
}

struct mark {
    struct text bytes;
    const char *name;
    bool is_mark; /* no part of the text */
};

static const struct mark marks[] = {
    {TEXT("\xef\xbb\xbf"), "UTF-8", true},
    {TEXT("\xff\xfe\0\0"), "UTF-32LE", true},
    {TEXT("\0\0\xfe\xff"), "UTF-32BE", true},
    {TEXT("\xff\xfe"), "UTF-16LE", true},
    {TEXT("\xfe\xff"), "UTF-16BE", true},
    /* the beginning of an XML document without one */
    {TEXT("<\0\0\0"), "UTF-32LE", false},
    {TEXT("\0\0\0<"), "UTF-32BE", false},
    {TEXT("<\0?\0"), "UTF-16LE", false},
    {TEXT("\0<\0?"), "UTF-16BE", false},
    /* and of a page */
    {TEXT("<\0!\0"), "UTF-16LE", false},
    {TEXT("\0<\0!"), "UTF-16BE", false},
    {TEXT("<\0h\0"), "UTF-16LE", false},
    {TEXT("\0<\0h"), "UTF-16BE", false},
};

static const struct mark *find_mark(struct text t)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_starts_with(t, marks[i].bytes))
            return &marks[i];
    return NULL;
}

static bool is_beyond_ascii(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.ptr[i] >= 0x80)
            return true;
    return false;
}

/* Browsers' rule: who says Latin-1 or ASCII writes Windows-1252. */
static const char *widened(const char *name)
{
    static const char *const pairs[][2] = {
        {"iso-8859-1", "WINDOWS-1252"},
        {"iso8859-1", "WINDOWS-1252"},
        {"iso_8859-1", "WINDOWS-1252"},
        {"latin1", "WINDOWS-1252"},
        {"latin-1", "WINDOWS-1252"},
        {"us-ascii", "WINDOWS-1252"},
        {"ascii", "WINDOWS-1252"},
        {"gb2312", "GB18030"},
        {"gbk", "GB18030"},
        {"x-gbk", "GB18030"},
        {"x-euc-jp", "EUC-JP"},
        {"koi8-r", "KOI8-U"},
        {"tis-620", "CP874"},
        {"iso-8859-11", "CP874"},
        {"iso-8859-8-i", "ISO-8859-8"},
        {"iso-8859-9", "WINDOWS-1254"},
        {"ks_c_5601-1987", "CP949"},
        {"euc-kr", "CP949"},
        {"shift_jis", "CP932"},
        {"x-sjis", "CP932"},
        {"big5", "BIG5-HKSCS"},
        {"utf8", "UTF-8"},
        {"x-mac-roman", "MACINTOSH"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcasecmp(pairs[i][0], name) == 0)
            return pairs[i][1];
    return name;
}

/* What uchardet takes for ISO 8859 may have letters of Windows' as well. */
static bool has_c1(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.ptr[i] >= 0x80 && (unsigned char)t.ptr[i] < 0xa0)
            return true;
    return false;
}

/* The other way round: signs in words are letters of ISO 8859-2. */
static bool is_iso_8859_2(struct text t)
{
    static const char letters[] = "\xa1\xa6\xac\xb1\xb6\xbc";
    for (size_t i = 1; i < t.len && !has_c1(t); i++)
        if (t.ptr[i] != '\0' && strchr(letters, t.ptr[i]) &&
            (t.ptr[i - 1] | 0x20) >= 'a' && (t.ptr[i - 1] | 0x20) <= 'z')
            return true;
    return false;
}

static void detect(struct text t, char *name, size_t size)
{
    uchardet_t detector = uchardet_new();
    struct text shown = text_slice(t, 0, SHOWN_MAX);
    const char *found = "";
    if (detector && uchardet_handle_data(detector, shown.ptr, shown.len) == 0) {
        uchardet_data_end(detector);
        found = widened(uchardet_get_charset(detector));
    }
    if (strcmp(found, "WINDOWS-1250") == 0 && is_iso_8859_2(shown))
        found = "ISO-8859-2";
    else if (strcmp(found, "ISO-8859-2") == 0 && has_c1(shown))
        found = "WINDOWS-1250";
    snprintf(name, size, "%s", *found ? found : "WINDOWS-1252");
    if (detector)
        uchardet_delete(detector);
}

static void append_repaired(struct text t, struct strbuf *out, size_t *replaced)
{
    while (t.len > 0) {
        size_t valid = utf8_valid_length(t);
        strbuf_append(out, text_slice(t, 0, valid));
        if (valid == t.len)
            return;
        strbuf_append_string(out, UTF8_REPLACEMENT);
        ++*replaced;
        t = text_slice(t, valid + 1, t.len);
    }
}

static void convert(iconv_t converter, struct text t, struct strbuf *out,
                    size_t *replaced)
{
    char chunk[CHUNK];
    char *from = (char *)(uintptr_t)t.ptr;
    size_t left = t.len;
    while (left > 0) {
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t result = iconv(converter, &from, &left, &to, &room);
        strbuf_append(out, text_make(chunk, sizeof chunk - room));
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        strbuf_append_string(out, UTF8_REPLACEMENT);
        ++*replaced;
        if (errno == EINVAL)
            return;
        from++;
        left--;
    }
}

/* False if there is no such charset. */
static bool decode_as(const char *name, struct text t, struct strbuf *out,
                      size_t *replaced)
{
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1)
        return false;
    convert(converter, t, out, replaced);
    iconv_close(converter);
    return true;
}

/* Writes everything in bytes of ASCII. */
static bool shifts(struct text declared)
{
    return declared.len > 8 && strncasecmp(declared.ptr, "iso-2022", 8) == 0;
}

/* What it is written in, as far as can be told; `t` loses its mark. */
static void find_name(struct text *t, struct text declared, char *name)
{
    const struct mark *mark = find_mark(*t);
    if (mark) {
        snprintf(name, ENCODING_NAME_MAX, "%s", mark->name);
        if (mark->is_mark)
            *t = text_slice(*t, mark->bytes.len, t->len);
        return;
    }
    bool ascii = !is_beyond_ascii(*t);
    snprintf(name, ENCODING_NAME_MAX, "%s", "UTF-8");
    if ((ascii && !shifts(declared)) || (!ascii && utf8_is_valid(*t)))
        return;
    char said[ENCODING_NAME_MAX];
    snprintf(said, sizeof said, "%.*s", TEXT_ARG(declared));
    const char *believed = widened(said);
    if (said[0] && strncasecmp(said, "utf-16", 6) != 0 &&
        encoding_is_plausible(believed, *t))
        snprintf(name, ENCODING_NAME_MAX, "%s", believed);
    else
        detect(*t, name, ENCODING_NAME_MAX);
}

bool encoding_may_be_utf8(struct text head)
{
    return !find_mark(head) && !shifts(encoding_declared(head));
}

void encoding_decode(struct text t, struct text declared, struct strbuf *out,
                     struct encoding_report *report)
{
    char *name = report->name;
    const size_t before = out->len;
    find_name(&t, declared, name);
    for (int attempt = 0; attempt < 2; attempt++) {
        report->replaced = 0;
        if (strcasecmp(name, "UTF-8") == 0)
            break;
        bool known = decode_as(name, t, out, &report->replaced);
        if (known && (attempt > 0 || !encoding_is_broken(t, report->replaced)))
            return;
        strbuf_truncate(out, before);
        detect(t, name, ENCODING_NAME_MAX);
    }
    snprintf(name, ENCODING_NAME_MAX, "%s", "UTF-8");
    append_repaired(t, out, &report->replaced);
}
