/* A reader turns the bytes of a source into articles. There is one
 * reader_<format>.c a format; the registry here knows them all and finds the
 * right one by content.
 *
 * Life cycle: reader_open(), reader_next() until STATUS_END, reader_free(). */
#ifndef INDEXER_READER_H
#define INDEXER_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/cleanup.h"
#include "common/compiler.h"
#include "common/container.h"
#include "common/error.h"
#include "common/input.h"
#include "common/text.h"

/* What is accepted; more is rejected. */
struct reader_limits {
    size_t article; /* bytes of its texts together, half those of a line */
    size_t page;    /* bytes of a web page, whose tree is many times as large */
    struct container_limits container;
};
#define READER_LIMITS                                                          \
    (struct reader_limits)                                                     \
    {                                                                          \
        .article = 64 << 20, .page = 16 << 20, .container = CONTAINER_LIMITS   \
    }
enum { READER_ARTICLE_MAX = 128 << 20 }; /* that `article` can be */

struct reader;

/* Where a file that has grown can be read on: after the last record that is
 * complete. */
struct reader_place {
    struct input_place input;
    uint64_t line; /* from 1 */
};

struct reader_format {
    const char *name;    /* for --from */
    const char *summary; /* half a line for --help */

    /* A source is one article without an id of its own, which is then to be
     * made of the source's path. */
    bool one_article_per_file;

    /* How sure it is that a source beginning with `head` is of its format: 0
     * no, 1 perhaps (plain text says so of anything printable), 2 yes. */
    int (*recognise)(struct text head);

    /* Takes `in` over, also on failure; keeps it as long as it lives. */
    enum status (*open)(struct reader **out, struct input *in,
                        struct error *err);
    enum status (*next)(struct reader *reader, struct arena *arena,
                        struct article *out, struct error *err);
    void (*free)(struct reader *reader);

    /* Both NULL where records may depend on what stands before them.
     * `find_place` is false if there is none; `go_on` is told, before the first
     * `next`, the place that the input was opened at. */
    bool (*find_place)(const struct reader *reader, struct reader_place *out);
    void (*go_on)(struct reader *reader, const struct reader_place *place);
};

/* What every reader begins with; formats embed it as their first member. */
struct reader {
    const struct reader_format *format;
    const struct input *input;   /* what it reads; its own */
    struct reader_limits limits; /* READER_LIMITS; may be changed before the
                                    first article */
    const char *map;           /* --map: "title=headline,body=text"; or NULL */
    timestamp newest;          /* a later date is a mistake; two days ahead */
    uint64_t mojibake;         /* articles that were mended, since opening */
    uint64_t warnings;         /* things noted below, since opening */
    char warning[256];         /* the last: what was odd and not fatal; "" */
    struct origin reject;      /* after STATUS_SOURCE: where the bad one was */
    struct text reject_bytes;  /* its raw bytes as far as kept (64 KiB at most),
                                  borrowed until the next call */
    const char *reject_reason; /* a stable word: "bad-json", "no-body" … */
    struct text withdrawn;     /* the id of an item that its provider takes back
                                  by that; in the arena, or empty */
};

extern const struct reader_format *const reader_formats[]; /* NULL-ended */

/* NULL if there is none called so. */
const struct reader_format *reader_format_by_name(const char *name);

/* `format` NULL: by content. STATUS_SOURCE if nothing recognises it (binary);
 * an empty file is a source without articles, STATUS_OK. STATUS_IO if it cannot
 * be opened. */
enum status reader_open(struct reader **out, const char *path,
                        const struct reader_format *format, struct error *err)
    NODISCARD;

/* The same for an open input, which it takes over, also on failure. */
enum status reader_open_input(struct reader **out, struct input *in,
                              const struct reader_format *format,
                              struct error *err) NODISCARD;

/* Goes on in a file that has only grown since reader_find_place() gave this
 * place for it. */
enum status reader_open_at(struct reader **out, const char *path,
                           const struct reader_place *place, struct error *err)
    NODISCARD;

/* Whether the file would be read, from its beginning and with this format
 * (NULL: by content), as what reader_open_at() goes on with. */
bool reader_can_go_on(const char *path, const struct reader_format *format);

/* Where a later run may go on behind what was read so far; false if nowhere. */
bool reader_find_place(const struct reader *reader, struct reader_place *out);

/* STATUS_END after the last. STATUS_SOURCE: this article is bad (its place is
 * in `reader->reject`, and in the message: "'x.jsonl' line 3: ..."), the
 * reader is already past it. Anything else ends the source. Texts are allocated
 * in `arena`, are valid UTF-8 (what is not is replaced and noted as a warning)
 * and have no NUL bytes. The id is the article's own and may be empty. */
enum status reader_next(struct reader *reader, struct arena *arena,
                        struct article *out, struct error *err) NODISCARD;
void reader_free(struct reader *reader);
DEFINE_AUTO(reader);

/* For the formats. The path in an origin is the input's, borrowed. */
struct rejection {
    const char *reason;
    struct origin origin;
    struct text bytes;
};

/* Fills in the reject_ fields; returns STATUS_SOURCE. */
enum status reader_reject(struct reader *reader,
                          const struct rejection *rejection);

/* The same, and sets `err` to "'PATH' line N: EXPLANATION". */
enum status reader_reject_because(struct reader *reader,
                                  const struct rejection *rejection,
                                  struct error *err, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* The same of a news item, whose reason explains itself; "canceled" and
 * "withheld" take back what is called `id`. */
enum status reader_withdraw(struct reader *reader, struct text id,
                            const struct rejection *why, struct error *err);

/* What a stable word of a news item means, for people. */
const char *reader_explain(const char *reason);

void reader_warn(struct reader *reader, const struct origin *origin,
                 const char *format, ...) PRINTF_LIKE(3, 4);

/* STATUS_SOURCE, "too-large", if the texts together exceed the limit. */
enum status reader_check_size(struct reader *reader,
                              const struct article *article, struct text bytes,
                              struct error *err) NODISCARD;

#endif
