#include "indexer/encoding_check.h"

#include <string.h>
#include <strings.h>

#include "common/utf8.h"

/* Bytes beyond ASCII: fewer say little. */
enum { BEYOND_MIN = 8, RUN_MIN = 3, REPLACED_MIN = 4, SIGNS_MIN = 3 };

static bool is_beyond(char c)
{
    return (unsigned char)c >= 0x80;
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static size_t count_beyond(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += is_beyond(t.ptr[i]);
    return count;
}

static bool is_hardly_utf8(struct text t)
{
    size_t characters = 0, bad = 0;
    for (size_t at = 0; at < t.len;) {
        size_t len = utf8_character(text_slice(t, at, t.len));
        characters += len > 1;
        bad += len == 0;
        at += len > 0 ? len : 1;
    }
    return bad > 4 * characters;
}

/* In Latin letters, those beyond ASCII stand alone or two by two. */
static bool has_long_runs(struct text t)
{
    size_t within = 0;
    for (size_t at = 0; at < t.len;) {
        size_t start = at;
        while (at < t.len && is_beyond(t.ptr[at]))
            at++;
        within += at - start >= RUN_MIN ? at - start : 0;
        at += at == start;
    }
    return within * 2 > count_beyond(t);
}

/* What are letters of Central Europe are signs in Western Europe that stand in
 * no word: "zag³osowa³". */
static bool has_signs_in_words(struct text t)
{
    static const char signs[] =
        "\xa3\xa5\xa6\xac\xaf\xb1\xb3\xb6\xb9\xbc\xbe\xbf";
    size_t count = 0;
    for (size_t i = 1; i + 1 < t.len; i++)
        count += is_beyond(t.ptr[i]) && strchr(signs, t.ptr[i]) &&
                 is_letter(t.ptr[i - 1]) && is_letter(t.ptr[i + 1]);
    return count >= SIGNS_MIN && count * 10 > count_beyond(t);
}

/* Capitals of Windows-1251 are small letters of KOI8-R, and the other way
 * round. */
static bool has_more_capitals(struct text t, unsigned char capitals)
{
    size_t large = 0, small = 0;
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        large += (c & 0xe0) == capitals;
        small += c >= 0xc0 && (c & 0xe0) != capitals;
    }
    return large > 2 * small;
}

/* Kana of Shift_JIS begin with what is no byte of EUC-JP. */
static bool has_no_kana(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count +=
            (unsigned char)t.ptr[i] > 0x80 && (unsigned char)t.ptr[i] < 0xa0;
    return count * 20 < count_beyond(t);
}

static bool is_among(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

bool encoding_is_plausible(const char *name, struct text t)
{
    static const char *const western[] = {"windows-1252", "iso-8859-15", NULL};
    static const char *const latin[] = {"windows-1250",
                                        "windows-1252",
                                        "windows-1254",
                                        "iso-8859-2",
                                        "iso-8859-15",
                                        "macintosh",
                                        NULL};
    if (strcasecmp(name, "utf-8") == 0)
        return !is_hardly_utf8(t);
    if (count_beyond(t) < BEYOND_MIN)
        return true;
    if (strcasecmp(name, "windows-1251") == 0)
        return !has_more_capitals(t, 0xc0);
    if (strcasecmp(name, "cp932") == 0)
        return !has_no_kana(t);
    if (strncasecmp(name, "koi8-", 5) == 0)
        return !has_more_capitals(t, 0xe0);
    if (is_among(name, western) && has_signs_in_words(t))
        return false;
    return !is_among(name, latin) || !has_long_runs(t);
}

bool encoding_is_broken(struct text t, size_t replaced)
{
    return replaced >= REPLACED_MIN && replaced * 50 > count_beyond(t);
}
