#include "tests/searcher/random_archive.h"

#include <stdio.h>

#include "common/strbuf.h"

#define DAY INT64_C(86400)

enum { IDS = 60 };

static const char *const words[] = {"gas",
                                    "gas",
                                    "price",
                                    "prices",
                                    "nord",
                                    "stream",
                                    "streams",
                                    "the",
                                    "the",
                                    "of",
                                    "to",
                                    "be",
                                    "us",
                                    "US",
                                    "U.S.",
                                    "who",
                                    "WHO",
                                    "covid-19",
                                    "covid19",
                                    "Covid",
                                    "19",
                                    "2022-02",
                                    "O'Neill",
                                    "o’neill's",
                                    "AT&T",
                                    "Erdoğan",
                                    "erdogan",
                                    "Häuser",
                                    "hauser",
                                    "Haus",
                                    "été",
                                    "ete",
                                    "l'été",
                                    "北京大学",
                                    "北京",
                                    "大",
                                    "1,000.50",
                                    "1000.50",
                                    "U.S.-led",
                                    "e-mail",
                                    "one-two-three-four-five",
                                    "NATO",
                                    "sanctions",
                                    "sanctioned"};
static const char *const ends[] = {" ", " ", " ", " ", " ", ", ", ". ", "\n\n"};
static const char *const authors[] = {
    "Jane Doe",     "Doe Jane", "Jane Mary Doe", "Jean-Luc Doe",
    "JANE O'Neill", "Jean Luc", "Jeanluc Doe",   "Mary"};
static const char *const sources[] = {"BBC News", "News BBC",  "BBC World News",
                                      "bbc",      "The Times", ""};
static const char *const languages[] = {"en", "de", "EN", ""};
static const char *const tags[] = {"oil", "Oil", "North Sea", "oil price"};
static const char *const names[] = {"jane",
                                    "doe",
                                    "\"jane doe\"",
                                    "\"mary doe\"",
                                    "jean-luc",
                                    "\"jean luc\"",
                                    "bbc",
                                    "news",
                                    "\"bbc news\"",
                                    "\"the times\"",
                                    "the",
                                    "jeanluc",
                                    "=jane",
                                    "\"jean-luc doe\"",
                                    "\"jeanluc doe\"",
                                    "\"...\""};
static const char *const days[] = {
    "2019-04-13", "2019-04-14", "2019-04-15", "2019-04-16", "2019-04-17",
    "2019-04",    "2019",       "2018",       "2019-05",    "1d",
    "2d",         "3d",         "1w",         "1m",         "1y",
    "today",      "yesterday",  "2019-02-30", "0d"};

static void random_text(struct dice *d, struct strbuf *out, size_t most)
{
    bool capitals = dice_below(d, 12) == 0;
    size_t from = out->len;
    for (size_t n = dice_below(d, most + 1); n > 0; n--) {
        strbuf_append_string(out, DICE_PICK(d, words));
        strbuf_append_string(out, DICE_PICK(d, ends));
    }
    for (size_t i = from; capitals && i < out->len; i++)
        if (out->ptr[i] >= 'a' && out->ptr[i] <= 'z')
            out->ptr[i] = (char)(out->ptr[i] - 'a' + 'A');
}

timestamp random_archive_edge(struct dice *d)
{
    static const timestamp hours[] = {-43200, -43201, 0, 43199, 43200};
    return RANDOM_ARCHIVE_NOON + (timestamp)dice_below(d, 4) * DAY +
           DICE_PICK(d, hours);
}

static size_t random_texts(struct dice *d, struct text *out,
                           const char *const *all, size_t count)
{
    size_t n = dice_below(d, 4);
    for (size_t i = 0; i < n; i++)
        out[i] = text_from(all[dice_below(d, count)]);
    return n;
}

static void add_article(struct search_fixture *f, struct dice *d)
{
    char id[32];
    AUTO_DONE(strbuf) title = STRBUF_INIT(10000);
    AUTO_DONE(strbuf) body = STRBUF_INIT(10000);
    struct text author_texts[3], tag_texts[3];
    struct article a = {.authors = author_texts, .tags = tag_texts};
    snprintf(id, sizeof id, "p%zu", dice_below(d, IDS));
    a.published =
        dice_below(d, 5) == 0 ? TIMESTAMP_UNKNOWN : random_archive_edge(d);
    random_text(d, &title, 5);
    for (size_t i = 0; i < title.len; i++)
        if (title.ptr[i] == '\n') /* as it is stored */
            title.ptr[i] = ' ';
    random_text(d, &body, dice_below(d, 4) ? 25 : 2);
    a.author_count = random_texts(d, author_texts, authors,
                                  sizeof authors / sizeof *authors);
    a.tag_count = random_texts(d, tag_texts, tags, sizeof tags / sizeof *tags);
    a.id = text_from(id);
    a.title = text_trim(strbuf_text(&title));
    a.body = text_trim(strbuf_text(&body));
    if (a.title.len == 0 && a.body.len == 0)
        a.body = text_from("gas");
    a.source = text_from(DICE_PICK(d, sources));
    a.section = text_from(DICE_PICK(d, sources));
    a.language = text_from(DICE_PICK(d, languages));
    search_fixture_add(f, &a);
}

/* But not all. */
static void delete_some(struct search_fixture *f, struct dice *dice)
{
    for (size_t n = dice_below(dice, 4); n > 0 && f->article_count > 1; n--) {
        size_t place = dice_below(dice, f->article_count);
        search_fixture_delete(f, f->articles[place].id);
    }
}

void random_archive_fill(struct search_fixture *f, struct dice *dice)
{
    for (size_t segments = 1 + dice_below(dice, 5); segments > 0; segments--) {
        for (size_t count = 1 + dice_below(dice, 25); count > 0; count--)
            add_article(f, dice);
        search_fixture_publish(f);
        delete_some(f, dice);
    }
}

struct query_generator random_archive_queries(struct dice *dice)
{
    return (struct query_generator){
        .dice = dice,
        .words = words,
        .word_count = sizeof words / sizeof *words,
        .names = names,
        .name_count = sizeof names / sizeof *names,
        .days = days,
        .day_count = sizeof days / sizeof *days,
        .ids = IDS,
    };
}
