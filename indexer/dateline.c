#include "indexer/dateline.h"

#include <string.h>
#include <strings.h>

#include "common/dating.h"

/* Bytes: of all before the text, of a name, of a line at the end. */
enum { LINE_BYTES = 120, PLACE_BYTES = 60, TAIL_BYTES = 40 };

/* Some write places as anybody does, the others in capitals. */
static const struct {
    const char *written, *name;
    bool any_case;
} agencies[] = {
    {"reuters", "Reuters", false},
    {"reuter", "Reuters", false},
    {"thomson reuters", "Reuters", false},
    {"ap", "AP", false},
    {"the associated press", "AP", false},
    {"associated press", "AP", false},
    {"upi", "UPI", false},
    {"pa", "PA", false},
    {"pa media", "PA", false},
    {"xinhua", "Xinhua", false},
    {"kyodo", "Kyodo", true},
    {"yonhap", "Yonhap", true},
    {"bernama", "Bernama", true},
    {"antara", "Antara", true},
    {"pti", "PTI", true},
    {"ians", "IANS", true},
    {"aap", "AAP", true},
    {"cp", "CP", false},
    {"the canadian press", "CP", false},
    {"bloomberg", "Bloomberg", false},
    {"interfax", "Interfax", false},
    {"tass", "TASS", false},
    {"itar-tass", "TASS", false},
    {"ria novosti", "RIA Novosti", false},
    {"ukrinform", "Ukrinform", false},
    {"pap", "PAP", true},
    {"čtk", "ČTK", true},
    {"dpa", "dpa", true},
    {"dpa-afx", "dpa-AFX", true},
    {"apa", "APA", true},
    {"sda", "SDA", true},
    {"keystone-sda", "SDA", true},
    {"ats", "ATS", true},
    {"epd", "epd", true},
    {"kna", "KNA", true},
    {"sid", "SID", true},
    {"afp", "AFP", true},
    {"efe", "EFE", true},
    {"europa press", "Europa Press", true},
    {"ansa", "ANSA", false},
    {"lusa", "Lusa", true},
    {"belga", "Belga", true},
    {"anp", "ANP", true},
    {"ntb", "NTB", true},
    {"tt", "TT", true},
    {"ritzau", "Ritzau", true},
    {"stt", "STT", true},
    {"anadolu", "Anadolu", true},
    {"mena", "MENA", false},
    {"irna", "IRNA", false},
};
enum { AGENCY_COUNT = sizeof agencies / sizeof *agencies };

/* An index in `agencies`; AGENCY_COUNT if it is none. */
static size_t find_agency(struct text name)
{
    size_t i = 0;
    while (i < AGENCY_COUNT &&
           (strlen(agencies[i].written) != name.len ||
            strncasecmp(agencies[i].written, name.ptr, name.len) != 0))
        i++;
    return i;
}

/* --- at the beginning ----------------------------------------------------- */

static bool skip(struct text *t, const char *what)
{
    if (!text_starts_with(*t, text_from(what)))
        return false;
    *t = text_slice(*t, strlen(what), t->len);
    return true;
}

static void skip_blanks(struct text *t)
{
    while (skip(t, " ") || skip(t, "\t") || skip(t, "\xc2\xa0"))
        ;
}

/* A dash of any kind between blanks, or ".-"; at least one blank follows. */
static bool skip_dash(struct text *t)
{
    static const char *const dashes[] = {
        "--", "-", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95", "_", ".-"};
    struct text rest = *t;
    skip_blanks(&rest);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        struct text behind = rest;
        if (!skip(&behind, dashes[i]))
            continue;
        size_t len = behind.len;
        skip_blanks(&behind);
        bool blank = behind.len < len || skip(&behind, "\n");
        if (!blank)
            continue;
        *t = behind;
        return true;
    }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_digit(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]))
            return true;
    return false;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Names of one to six words that begin with a capital, the first of them in
 * capitals unless `any_case`. */
static bool is_place(struct text t, bool any_case)
{
    struct text word;
    size_t words = 0, letters = 0;
    if (t.len < 2 || t.len > PLACE_BYTES || has_digit(t))
        return false;
    for (struct text rest = t; text_split(&rest, ' ', &word); words++) {
        bool small = word.len == 0 || is_lower(word.ptr[0]);
        if ((small && (words == 0 || word.len > 3)) || words == 6 ||
            strchr("\"'()[]:;!?", word.len > 0 ? word.ptr[0] : '('))
            return false;
        for (size_t i = 0; words == 0 && i < word.len; i++) {
            letters += (word.ptr[i] & 0x80) || (word.ptr[i] >= 'A');
            if (is_lower(word.ptr[i]) && !any_case)
                return false;
        }
    }
    return letters >= 2;
}

/* "Feb 7", "7 fév 2022", "07 FEB": short words and numbers, no number over 31
 * but a year. */
static bool is_date(struct text t)
{
    struct text word;
    size_t words = 0, numbers = 0, names = 0;
    for (struct text rest = t; text_split(&rest, ' ', &word);) {
        if (word.len == 0)
            continue;
        if (++words > 4 || word.len > 12)
            return false;
        if (is_digit(word.ptr[0]))
            numbers++;
        else
            names++;
    }
    return numbers >= 1 && numbers <= 2 && names <= 2 && names >= 1;
}

/* "MOSCOW, Feb 7", "KYIV, Ukraine", "MOSCOW. Feb 7", "MADRID 7 feb"; nothing at
 * all is right, too. */
static bool read_place(struct text t, bool any_case, struct dateline *out)
{
    struct text rest = text_trim(t), part;
    const char *dot = rest.len > 0 ? memmem(rest.ptr, rest.len, ". ", 2) : NULL;
    size_t parts = 0;
    *out = (struct dateline){.body = {NULL, 0}};
    if (rest.len == 0)
        return true;
    if (dot && !memchr(rest.ptr, ',', rest.len)) {
        struct text date =
            text_make(dot + 1, (size_t)(rest.ptr + rest.len - dot) - 1);
        out->place = text_make(rest.ptr, (size_t)(dot - rest.ptr));
        out->date = text_trim(date);
        return is_place(out->place, any_case) && is_date(out->date);
    }
    while (text_split(&rest, ',', &part)) {
        part = text_trim(part);
        if (parts++ == 0)
            out->place = part;
        else if (has_digit(part) && out->date.len == 0)
            out->date = part;
        else if (has_digit(part) && part.len == 4) /* the year of "Feb 7, 2022"
                                                    */
            out->date = text_make(
                out->date.ptr, (size_t)(part.ptr + part.len - out->date.ptr));
        else if (out->date.len > 0 || !is_place(part, true))
            return false;
    }
    struct text day = out->date;
    const char *comma = day.len > 0 ? memchr(day.ptr, ',', day.len) : NULL;
    if (comma)
        day.len = (size_t)(comma - day.ptr);
    return parts <= 4 && is_place(out->place, any_case) &&
           (day.len == 0 || is_date(day));
}

/* Behind "(ANSA) - ": "ROMA, 07 FEB - " */
static void read_place_behind(struct dateline *out)
{
    struct dateline d;
    struct text line = text_slice(out->body, 0, LINE_BYTES);
    for (size_t i = 0; i + 2 < line.len && line.ptr[i] != '\n'; i++) {
        struct text rest = text_slice(out->body, i, out->body.len);
        if (line.ptr[i] != ' ' || !skip_dash(&rest))
            continue;
        if (read_place(text_slice(line, 0, i), false, &d) && d.date.len > 0) {
            out->place = d.place;
            out->date = d.date;
            out->body = rest;
        }
        return;
    }
}

static bool find_beginning(struct text body, struct dateline *out)
{
    struct text start = text_trim(body);
    struct text line = text_slice(start, 0, LINE_BYTES);
    const char *open = line.len > 0 ? memchr(line.ptr, '(', line.len) : NULL;
    const char *end = line.len > 0 ? memchr(line.ptr, '\n', line.len) : NULL;
    if (!open || (end && end < open))
        return false;
    struct text name =
        text_slice(line, (size_t)(open - line.ptr) + 1, line.len);
    const char *close = name.len > 0 ? memchr(name.ptr, ')', name.len) : NULL;
    if (!close)
        return false;
    name.len = (size_t)(close - name.ptr);
    size_t agency = find_agency(text_trim(name));
    struct text rest =
        text_make(close + 1, (size_t)(start.ptr + start.len - close) - 1);
    if (agency == AGENCY_COUNT || !skip_dash(&rest) ||
        !read_place(text_make(line.ptr, (size_t)(open - line.ptr)),
                    agencies[agency].any_case, out))
        return false;
    out->agency = text_from(agencies[agency].name);
    out->body = rest;
    if (out->place.len == 0)
        read_place_behind(out);
    return true;
}

/* --- at the end ----------------------------------------------------------- */

/* "AP-NY-02-07-22 1845EST" */
static bool is_ap_code(struct text t)
{
    static const char form[] = "AP-AA-00-00-00 0000";
    if (t.len < sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++) {
        char c = t.ptr[i];
        bool fits = form[i] == '0'   ? is_digit(c)
                    : form[i] == 'A' ? c >= 'A' && c <= 'Z'
                                     : c == form[i];
        if (!fits)
            return false;
    }
    return true;
}

/* The agency of a line that is nothing but its name or code. */
static size_t agency_of_tail(struct text line)
{
    static const char *const around[] = {"--", "-", "/", "(", "\xe2\x80\x94"};
    line = text_trim(line);
    if (line.len > TAIL_BYTES)
        return AGENCY_COUNT;
    if (is_ap_code(line))
        return find_agency(text_from("ap"));
    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        if (skip(&line, around[i]))
            break;
    line = text_trim(line);
    while (line.len > 0 && strchr(").", line.ptr[line.len - 1]))
        line.len--;
    return find_agency(line);
}

static bool find_end(struct text body, struct dateline *out)
{
    struct text text = text_trim(body);
    size_t start = text.len;
    while (start > 0 && text.ptr[start - 1] != '\n')
        start--;
    size_t agency = start > 0
                        ? agency_of_tail(text_slice(text, start, text.len))
                        : AGENCY_COUNT;
    if (agency == AGENCY_COUNT)
        return false;
    if (out->agency.len == 0)
        out->agency = text_from(agencies[agency].name);
    size_t before = (size_t)(text.ptr - body.ptr) + start;
    out->body = text_slice(body, 0, before);
    while (out->body.len > 0 &&
           strchr(" \t\n", out->body.ptr[out->body.len - 1]))
        out->body.len--;
    return true;
}

bool dateline_find(struct text body, struct dateline *out)
{
    struct dateline d = {.body = body};
    bool begins = find_beginning(body, &d);
    if (!begins)
        d = (struct dateline){.body = body};
    bool ends = find_end(d.body, &d);
    if (begins || ends)
        *out = d;
    return begins || ends;
}

/* --- an article ----------------------------------------------------------- */

static bool has_tag(const struct text *tags, size_t count, struct text tag)
{
    for (size_t i = 0; i < count; i++)
        if (tags[i].len == tag.len &&
            strncasecmp(tags[i].ptr, tag.ptr, tag.len) == 0)
            return true;
    return false;
}

static void add_tag(struct text *tags, size_t *count, const char *prefix,
                    struct text name, struct arena *arena)
{
    size_t len = strlen(prefix);
    if (name.len == 0)
        return;
    char *copy = arena_alloc(arena, len + name.len + 1);
    memcpy(copy, prefix, len);
    memcpy(copy + len, name.ptr, name.len);
    copy[len + name.len] = '\0';
    struct text tag = text_make(copy, len + name.len);
    if (!has_tag(tags, *count, tag))
        tags[(*count)++] = tag;
}

void dateline_take(struct article *a, timestamp newest, struct arena *arena)
{
    struct dateline d;
    if (!dateline_find(a->body, &d))
        return;
    struct text *tags = arena_alloc(arena, (a->tag_count + 2) * sizeof *tags);
    if (a->tag_count > 0)
        memcpy(tags, a->tags, a->tag_count * sizeof *tags);
    add_tag(tags, &a->tag_count, "place:", d.place, arena);
    add_tag(tags, &a->tag_count, "agency:", d.agency, arena);
    a->tags = tags;
    a->body = d.body;
    (void)dating_read(a, d.date, DATING_TEXT, newest);
}
