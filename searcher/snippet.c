#include "searcher/snippet.h"

#include <stdint.h>
#include <string.h>

#include "common/codepoint.h"
#include "common/eight.h"

/* --- choosing ------------------------------------------------------------ */

/* A mark, counted in characters. */
struct place {
    size_t from, to;
    unsigned group;
};

struct places {
    const struct place *list;
    size_t count;
    uint64_t weights[SNIPPET_GROUPS]; /* whole numbers, so that sums are exact
                                         in whatever order they are made */
};

/* Marks [first, last]. */
struct window {
    size_t first, last;
    uint64_t coverage, closeness;
    uint64_t groups; /* one bit each */
};

static unsigned group_of(const struct mark *mark)
{
    return mark->group < SNIPPET_GROUPS ? mark->group : SNIPPET_GROUPS - 1;
}

static uint64_t whole_weight(double weight)
{
    const double most = 1e6;
    if (!(weight > 0))
        return 1;
    return 1 + (uint64_t)((weight < most ? weight : most) * 256);
}

static void place_marks(struct places *out,
                        const struct snippet_request *request,
                        struct arena *arena)
{
    struct place *list = arena_zeroed(arena, request->mark_count, sizeof *list);
    size_t at = 0, characters = 0;
    for (size_t i = 0; i < request->mark_count; i++) {
        const struct mark *mark = &request->marks[i];
        characters += passage_characters(
            text_slice(request->text, at, mark->offset - at));
        at = mark->offset;
        size_t length =
            passage_characters(text_slice(request->text, at, mark->length));
        unsigned group = group_of(mark);
        list[i] = (struct place){characters, characters + length, group};
        uint64_t weight = whole_weight(mark->weight);
        if (weight > out->weights[group])
            out->weights[group] = weight;
    }
    out->list = list;
    out->count = request->mark_count;
}

/* What two neighbours of different groups add: the more, the closer. */
static uint64_t pair_worth(const struct places *places, size_t second)
{
    const struct place *a = &places->list[second - 1];
    const struct place *b = &places->list[second];
    if (a->group == b->group)
        return 0;
    uint64_t gap = b->from > a->to ? b->from - a->to : 0;
    return (places->weights[a->group] + places->weights[b->group]) * 8 /
           (8 + gap);
}

static bool better(const struct window *a, const struct window *b)
{
    if (a->coverage != b->coverage)
        return a->coverage > b->coverage;
    return a->closeness > b->closeness;
}

/* The best window of at most `characters` among the marks [from, to); groups
 * in `covered` are worth nothing any more. */
static struct window best_window(const struct places *places,
                                 struct range marks, size_t characters,
                                 uint64_t covered)
{
    size_t seen[SNIPPET_GROUPS] = {0};
    struct window w = {.first = marks.from}, best = {0};
    for (w.last = marks.from; w.last < marks.to; w.last++) {
        const struct place *last = &places->list[w.last];
        uint64_t weight = places->weights[last->group];
        if (w.last > w.first)
            w.closeness += pair_worth(places, w.last);
        if (seen[last->group]++ > 0)
            w.closeness += weight / 4;
        else if (!(covered >> last->group & 1))
            w.coverage += weight;
        w.groups |= UINT64_C(1) << last->group;
        while (w.first < w.last &&
               last->to > places->list[w.first].from + characters) {
            unsigned group = places->list[w.first].group;
            w.closeness -= pair_worth(places, ++w.first);
            if (--seen[group] > 0) {
                w.closeness -= places->weights[group] / 4;
                continue;
            }
            w.groups &= ~(UINT64_C(1) << group);
            if (!(covered >> group & 1))
                w.coverage -= places->weights[group];
        }
        if (w.last == marks.from || better(&w, &best))
            best = w;
    }
    return best;
}

static uint64_t whole_coverage(const struct places *places)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < SNIPPET_GROUPS; i++)
        sum += places->weights[i];
    return sum;
}

/* One window, or two of half the length if they cover more; in the order of
 * the text. */
static size_t choose_windows(struct window out[SNIPPET_PASSAGES],
                             const struct places *places,
                             const struct snippet_request *request)
{
    struct range all = {0, places->count};
    out[0] = best_window(places, all, request->characters, 0);
    size_t half = request->characters / 2;
    if (request->passages < 2 || half == 0 ||
        out[0].coverage == whole_coverage(places))
        return 1;

    struct window one = best_window(places, all, half, 0);
    struct range before = {0, one.first}, after = {one.last + 1, all.to};
    struct window two = best_window(places, before, half, one.groups);
    struct window late = best_window(places, after, half, one.groups);
    if (better(&late, &two))
        two = late;
    if (one.coverage + two.coverage <= out[0].coverage)
        return 1;
    bool in_order = one.first < two.first;
    out[0] = in_order ? one : two;
    out[1] = in_order ? two : one;
    return 2;
}

/* --- making one line ----------------------------------------------------- */

/* A snippet being written, with the source's marks that are still to come. */
struct line {
    char *bytes;
    size_t len;
    struct range *ranges;
    size_t range_count;
    const struct mark *marks, *marks_end;
    bool blank, open;
    size_t open_until; /* in the source */
};

static bool is_blank(int32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

static void put(struct line *line, struct text t)
{
    memcpy(line->bytes + line->len, t.ptr, t.len);
    line->len += t.len;
}

static void close_mark(struct line *line)
{
    struct range *range = &line->ranges[line->range_count - 1];
    range->to = line->len;
    line->open = false;
}

/* Marks that overlap become one. */
static void open_marks(struct line *line, size_t at)
{
    for (; line->marks < line->marks_end && line->marks->offset <= at;
         line->marks++) {
        size_t end = line->marks->offset + line->marks->length;
        if (end <= at)
            continue;
        if (!line->open)
            line->ranges[line->range_count++].from = line->len;
        if (!line->open || end > line->open_until)
            line->open_until = end;
        line->open = true;
    }
}

static void put_character(struct line *line, struct codepoint c, size_t at,
                          const char *bytes)
{
    if (is_blank(c.value)) {
        line->blank = line->len > 0;
        return;
    }
    bool goes_on = line->open && line->open_until > at;
    if (line->open && !goes_on)
        close_mark(line);
    if (line->blank)
        put(line, text_make(" ", 1));
    line->blank = false;
    open_marks(line, at);
    put(line,
        c.valid ? text_make(bytes, c.length) : text_make("\xef\xbf\xbd", 3));
}

/* Puts the ASCII characters at `at` that need no more thought than the one
 * before them: up to a blank, to where a mark begins or ends, or to `end`. */
static size_t put_alike(struct line *line, struct text t, size_t at, size_t end)
{
    if (line->marks < line->marks_end && line->marks->offset < end)
        end = line->marks->offset;
    if (line->open && line->open_until < end)
        end = line->open_until;
    size_t from = at;
    while (at < end) {
        uint64_t bytes = eight_load(t.ptr + at, end - at);
        size_t alike =
            eight_before(eight_blank(bytes) | eight_beyond_ascii(bytes));
        at += alike < end - at ? alike : end - at;
        if (alike < 8)
            break;
    }
    if (at > from)
        put(line, text_slice(t, from, at - from));
    return at;
}

/* The passage as one line. Bytes that are no UTF-8 take three. */
static struct snippet make_line(struct passage passage,
                                const struct snippet_request *request,
                                struct arena *arena)
{
    struct range source = passage.bytes;
    struct line line = {
        .bytes = arena_alloc(arena, (source.to - source.from) * 3 + 1),
        .ranges = arena_zeroed(arena, request->mark_count, sizeof *line.ranges),
        .marks = request->marks,
        .marks_end = request->marks + request->mark_count,
    };
    for (size_t at = source.from; at < source.to;) {
        struct text rest = text_slice(request->text, at, source.to - at);
        struct codepoint c = codepoint_first(rest);
        put_character(&line, c, at, rest.ptr);
        at += c.length;
        if (!line.blank)
            at = put_alike(&line, request->text, at, source.to);
    }
    if (line.open)
        close_mark(&line);
    line.bytes[line.len] = '\0';
    return (struct snippet){
        .text = {line.bytes, line.len},
        .marks = line.ranges,
        .mark_count = line.range_count,
        .source = source,
        .cut_before = passage.cut_before,
        .cut_after = passage.cut_after,
    };
}

/* --- the two together ---------------------------------------------------- */

static struct range core_of(const struct snippet_request *request,
                            const struct window *w)
{
    struct range core = {request->marks[w->first].offset, 0};
    for (size_t i = w->first; i <= w->last; i++) {
        size_t end = request->marks[i].offset + request->marks[i].length;
        core.to = end > core.to ? end : core.to;
    }
    if (core.to > request->text.len)
        core.to = request->text.len;
    return core;
}

/* Without blanks at its end, and without marks beyond it. */
static struct snippet_request trimmed(const struct snippet_request *request)
{
    struct snippet_request r = *request;
    struct text inside = text_trim(r.text);
    r.text.len =
        inside.len > 0 ? (size_t)(inside.ptr - r.text.ptr) + inside.len : 0;
    while (r.mark_count > 0 && r.marks[r.mark_count - 1].offset >= r.text.len)
        r.mark_count--;
    return r;
}

static size_t make_passages(struct snippet out[SNIPPET_PASSAGES],
                            const struct snippet_request *request,
                            struct arena *arena)
{
    struct places places = {0};
    struct window windows[SNIPPET_PASSAGES];
    place_marks(&places, request, arena);
    size_t count = choose_windows(windows, &places, request);
    struct range limits = {0, request->text.len};
    for (size_t i = 0; i < count; i++) {
        struct range core = core_of(request, &windows[i]);
        limits.to = request->text.len;
        if (i + 1 < count)
            limits.to = request->marks[windows[i + 1].first].offset;
        if (limits.to < core.to)
            limits.to = core.to;
        struct passage passage = passage_around(request->text, core, limits,
                                                request->characters / count);
        out[i] = make_line(passage, request, arena);
        limits.from = passage.bytes.to;
    }
    return count;
}

size_t snippet_choose(struct snippet out[SNIPPET_PASSAGES],
                      const struct snippet_request *request,
                      struct arena *arena)
{
    struct snippet_request r = trimmed(request);
    if (r.text.len == 0 || r.characters == 0)
        return 0;
    if (r.mark_count > 0)
        return make_passages(out, &r, arena);
    size_t from = 0;
    while (is_blank(r.text.ptr[from]))
        from++;
    struct range start = {from, from}, limits = {from, r.text.len};
    out[0] = make_line(passage_around(r.text, start, limits, r.characters), &r,
                       arena);
    return 1;
}

struct snippet snippet_whole(struct text text, const struct mark *marks,
                             size_t mark_count, struct arena *arena)
{
    struct snippet_request request = {
        .text = text, .marks = marks, .mark_count = mark_count};
    struct passage whole = {.bytes = {0, text.len}};
    return make_line(whole, &request, arena);
}
