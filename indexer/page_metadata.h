/* What a page says of its article, in the order of trust: JSON-LD, OpenGraph
 * and article:*, other <meta> and <time>, the page itself. What is known from a
 * better source is never overwritten by a worse one. */
#ifndef INDEXER_PAGE_METADATA_H
#define INDEXER_PAGE_METADATA_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/text.h"
#include "common/timestamp.h"
#include "indexer/html_tree.h"

enum { PAGE_AUTHORS_MAX = 32, PAGE_TAGS_MAX = 64 };

/* All text is in the arena, plain and on one line, but `body`; empty where
 * nothing is said. */
struct page_metadata {
    struct text title;     /* of JSON-LD */
    struct text social;    /* the title of OpenGraph */
    struct text window;    /* of <title> */
    struct text website;   /* JSON-LD's, where no publisher is said */
    struct text base;      /* of <base> */
    struct text headline;  /* of the element that is marked as such */
    struct text publisher; /* the same */
    struct text site, section, language, url, summary;
    struct text kind; /* JSON-LD's type of the article, else og:type */
    struct text body; /* JSON-LD's articleBody */
    struct text authors[PAGE_AUTHORS_MAX], tags[PAGE_TAGS_MAX];
    size_t author_count, tag_count;
    struct article dated; /* only its time is set */
    timestamp modified;
    bool is_article; /* JSON-LD says so */
};

/* `newest`: a later date is not believed. */
void page_metadata_read(struct page_metadata *out, const struct html_node *root,
                        timestamp newest, struct arena *arena);

/* For the parts of it: */
void page_metadata_author(struct page_metadata *m, struct text name,
                          struct arena *arena);

/* Whether no author is known, or only the publisher as one. */
bool page_metadata_lacks_author(const struct page_metadata *m);

/* As page_metadata_author() where that is so; in place of the publisher only
 * somebody with two names. */
void page_metadata_person(struct page_metadata *m, struct text name,
                          struct arena *arena);

/* The same with the authors of `other`. */
void page_metadata_replace_authors(struct page_metadata *m,
                                   const struct page_metadata *other);
void page_metadata_tag(struct page_metadata *m, struct text name,
                       struct arena *arena);

/* Sets `*to` to `t`, plain, if it is empty still. */
void page_metadata_set(struct text *to, struct text t, struct arena *arena);

/* From the address: /2022/02/07/ and the like; the empty text if there is
 * none. */
enum { PAGE_URL_DATE_SIZE = 16 };
struct text page_url_date(struct text url, char day[PAGE_URL_DATE_SIZE]);

#endif
