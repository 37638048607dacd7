#include "indexer/json_keys.h"

#include <pthread.h>
#include <string.h>

const char *const json_field_names[JSON_FIELD_COUNT] = {
    [JSON_ID] = "id",           [JSON_TITLE] = "title",
    [JSON_BODY] = "body",       [JSON_HTML] = "html",
    [JSON_SUMMARY] = "summary", [JSON_DATE] = "date",
    [JSON_URL] = "url",         [JSON_AUTHOR] = "author",
    [JSON_SOURCE] = "source",   [JSON_SECTION] = "section",
    [JSON_LANG] = "lang",       [JSON_TAGS] = "tags",
    [JSON_DATING] = "dating",   [JSON_SEEN] = "seen",
    [JSON_WITHIN] = "articles",
};

static const struct json_key keys[] = {
    {TEXT("id"), JSON_ID},
    {TEXT("guid"), JSON_ID},
    {TEXT("uid"), JSON_ID},
    {TEXT("uuid"), JSON_ID},
    {TEXT("articleid"), JSON_ID},
    {TEXT("docid"), JSON_ID},
    {TEXT("storyid"), JSON_ID},
    {TEXT("storiesid"), JSON_ID},

    {TEXT("title"), JSON_TITLE},
    {TEXT("headline"), JSON_TITLE},
    {TEXT("webtitle"), JSON_TITLE},
    {TEXT("articletitle"), JSON_TITLE},
    {TEXT("heading"), JSON_TITLE},
    {TEXT("headlinetext"), JSON_TITLE},
    {TEXT("newstitle"), JSON_TITLE},
    {TEXT("newsheadline"), JSON_TITLE},
    {TEXT("titel"), JSON_TITLE},
    {TEXT("titre"), JSON_TITLE},
    {TEXT("titolo"), JSON_TITLE},
    {TEXT("titulo"), JSON_TITLE},
    {TEXT("título"), JSON_TITLE},
    {TEXT("überschrift"), JSON_TITLE},
    {TEXT("Überschrift"), JSON_TITLE},
    {TEXT("name"), JSON_TITLE},

    {TEXT("body"), JSON_BODY},
    {TEXT("text"), JSON_BODY},
    {TEXT("fulltext"), JSON_BODY},
    {TEXT("content"), JSON_BODY},
    {TEXT("maintext"), JSON_BODY},
    {TEXT("article"), JSON_BODY},
    {TEXT("articlebody"), JSON_BODY},
    {TEXT("articletext"), JSON_BODY},
    {TEXT("articlecontent"), JSON_BODY},
    {TEXT("contenttext"), JSON_BODY},
    {TEXT("textcontent"), JSON_BODY},
    {TEXT("bodytext"), JSON_BODY},
    {TEXT("story"), JSON_BODY},
    {TEXT("storytext"), JSON_BODY},
    {TEXT("plaintext"), JSON_BODY},
    {TEXT("cleanedtext"), JSON_BODY},
    {TEXT("contents"), JSON_BODY},
    {TEXT("contentelements"), JSON_BODY},
    {TEXT("paragraphs"), JSON_BODY},
    {TEXT("selftext"), JSON_BODY},
    {TEXT("rawtext"), JSON_BODY},
    {TEXT("newstext"), JSON_BODY},
    {TEXT("newsbody"), JSON_BODY},
    {TEXT("newscontent"), JSON_BODY},
    {TEXT("artikel"), JSON_BODY},
    {TEXT("inhalt"), JSON_BODY},
    {TEXT("texte"), JSON_BODY},
    {TEXT("contenu"), JSON_BODY},
    {TEXT("texto"), JSON_BODY},
    {TEXT("cuerpo"), JSON_BODY},
    {TEXT("contenido"), JSON_BODY},
    {TEXT("testo"), JSON_BODY},

    {TEXT("bodyhtml"), JSON_HTML},
    {TEXT("bodyxhtml"), JSON_HTML},
    {TEXT("contenthtml"), JSON_HTML},
    {TEXT("html"), JSON_HTML},

    {TEXT("leadparagraph"), JSON_SUMMARY},
    {TEXT("summary"), JSON_SUMMARY},
    {TEXT("description"), JSON_SUMMARY},
    {TEXT("shortdescription"), JSON_SUMMARY},
    {TEXT("abstract"), JSON_SUMMARY},
    {TEXT("excerpt"), JSON_SUMMARY},
    {TEXT("trailtext"), JSON_SUMMARY},
    {TEXT("snippet"), JSON_SUMMARY},

    {TEXT("dategmt"), JSON_DATE},
    {TEXT("date"), JSON_DATE},
    {TEXT("datepublish"), JSON_DATE},
    {TEXT("publishedat"), JSON_DATE},
    {TEXT("published"), JSON_DATE},
    {TEXT("publisheddate"), JSON_DATE},
    {TEXT("publishedon"), JSON_DATE},
    {TEXT("publishedtime"), JSON_DATE},
    {TEXT("pubdate"), JSON_DATE},
    {TEXT("datepublished"), JSON_DATE},
    {TEXT("publishdate"), JSON_DATE},
    {TEXT("publishingdate"), JSON_DATE},
    {TEXT("publishtime"), JSON_DATE},
    {TEXT("publicationdate"), JSON_DATE},
    {TEXT("publicationtime"), JSON_DATE},
    {TEXT("webpublicationdate"), JSON_DATE},
    {TEXT("datetime"), JSON_DATE},
    {TEXT("datum"), JSON_DATE},
    {TEXT("fecha"), JSON_DATE},
    {TEXT("timestamp"), JSON_DATE},
    {TEXT("createdat"), JSON_DATE},
    {TEXT("createdutc"), JSON_DATE},
    {TEXT("created"), JSON_DATE},
    {TEXT("time"), JSON_DATE},

    {TEXT("dating"), JSON_DATING},

    {TEXT("seen"), JSON_SEEN},
    {TEXT("datedownload"), JSON_SEEN},
    {TEXT("datecrawled"), JSON_SEEN},
    {TEXT("crawldate"), JSON_SEEN},
    {TEXT("crawledat"), JSON_SEEN},
    {TEXT("fetchedat"), JSON_SEEN},
    {TEXT("scrapedat"), JSON_SEEN},
    {TEXT("seendate"), JSON_SEEN},
    {TEXT("collectdate"), JSON_SEEN},
    {TEXT("indexeddate"), JSON_SEEN},

    {TEXT("url"), JSON_URL},
    {TEXT("link"), JSON_URL},
    {TEXT("canonicalurl"), JSON_URL},
    {TEXT("weburl"), JSON_URL},
    {TEXT("articleurl"), JSON_URL},
    {TEXT("permalink"), JSON_URL},
    {TEXT("href"), JSON_URL},
    {TEXT("respondedurl"), JSON_URL},
    {TEXT("requestedurl"), JSON_URL},
    {TEXT("source"), JSON_URL}, /* if it is one */

    {TEXT("author"), JSON_AUTHOR},
    {TEXT("authors"), JSON_AUTHOR},
    {TEXT("byline"), JSON_AUTHOR},
    {TEXT("authorname"), JSON_AUTHOR},
    {TEXT("creator"), JSON_AUTHOR},
    {TEXT("reporter"), JSON_AUTHOR},
    {TEXT("writer"), JSON_AUTHOR},
    {TEXT("autor"), JSON_AUTHOR},
    {TEXT("auteur"), JSON_AUTHOR},
    {TEXT("autore"), JSON_AUTHOR},
    {TEXT("by"), JSON_AUTHOR},

    {TEXT("sourcehostname"), JSON_SOURCE},
    {TEXT("source"), JSON_SOURCE},
    {TEXT("sourcename"), JSON_SOURCE},
    {TEXT("sourcedomain"), JSON_SOURCE},
    {TEXT("publisher"), JSON_SOURCE},
    {TEXT("publication"), JSON_SOURCE},
    {TEXT("site"), JSON_SOURCE},
    {TEXT("sitename"), JSON_SOURCE},
    {TEXT("newspaper"), JSON_SOURCE},
    {TEXT("outlet"), JSON_SOURCE},
    {TEXT("medianame"), JSON_SOURCE},
    {TEXT("provider"), JSON_SOURCE},
    {TEXT("hostname"), JSON_SOURCE},
    {TEXT("domain"), JSON_SOURCE},

    {TEXT("section"), JSON_SECTION},
    {TEXT("sectionname"), JSON_SECTION},
    {TEXT("articlesection"), JSON_SECTION},
    {TEXT("category"), JSON_SECTION},
    {TEXT("categories"), JSON_SECTION},
    {TEXT("desk"), JSON_SECTION},
    {TEXT("newsdesk"), JSON_SECTION},

    {TEXT("lang"), JSON_LANG},
    {TEXT("language"), JSON_LANG},
    {TEXT("langcode"), JSON_LANG},
    {TEXT("languagecode"), JSON_LANG},
    {TEXT("inlanguage"), JSON_LANG},
    {TEXT("metalang"), JSON_LANG},

    {TEXT("tags"), JSON_TAGS},
    {TEXT("keywords"), JSON_TAGS},
    {TEXT("topics"), JSON_TAGS},
    {TEXT("categories"), JSON_TAGS},
    {TEXT("subjects"), JSON_TAGS},
    {TEXT("topic"), JSON_TAGS},
    {TEXT("metakeywords"), JSON_TAGS},

    {TEXT("source"), JSON_WITHIN}, /* "_source" of Elasticsearch */
    {TEXT("articles"), JSON_WITHIN},
    {TEXT("response"), JSON_WITHIN},
    {TEXT("results"), JSON_WITHIN},
    {TEXT("result"), JSON_WITHIN},
    {TEXT("docs"), JSON_WITHIN},
    {TEXT("documents"), JSON_WITHIN},
    {TEXT("hits"), JSON_WITHIN},
    {TEXT("stories"), JSON_WITHIN},
    {TEXT("posts"), JSON_WITHIN},
    {TEXT("news"), JSON_WITHIN},
    {TEXT("items"), JSON_WITHIN},
    {TEXT("entries"), JSON_WITHIN},
    {TEXT("records"), JSON_WITHIN},
    {TEXT("rows"), JSON_WITHIN},
    {TEXT("edges"), JSON_WITHIN},
    {TEXT("children"), JSON_WITHIN},
    {TEXT("doc"), JSON_WITHIN},
    {TEXT("document"), JSON_WITHIN},
    {TEXT("node"), JSON_WITHIN},
    {TEXT("attributes"), JSON_WITHIN},
    {TEXT("fields"), JSON_WITHIN},
    {TEXT("article"), JSON_WITHIN},
    {TEXT("post"), JSON_WITHIN},
    {TEXT("data"), JSON_WITHIN},
    {TEXT("value"), JSON_WITHIN},
};
enum {
    KEY_COUNT = sizeof keys / sizeof *keys,
    KEY_MAX = 20,
    NONE = 255,
    BUCKETS = 512
};

/* Of the keys that hash alike, each in front of the next one. */
static unsigned char first_alike[BUCKETS], next_alike[KEY_COUNT];
static pthread_once_t linked = PTHREAD_ONCE_INIT;

static size_t hash(const char *name, size_t len)
{
    const unsigned char first = (unsigned char)name[0];
    const unsigned char middle = (unsigned char)name[len / 2];
    const unsigned char last = (unsigned char)name[len - 1];
    return (len * 31 + first * 7 + middle * 3 + last) % BUCKETS;
}

static void link_keys(void)
{
    _Static_assert(KEY_COUNT <= NONE, "a byte numbers the keys");
    memset(first_alike, NONE, sizeof first_alike);
    for (size_t i = KEY_COUNT; i-- > 0;) {
        const size_t bucket = hash(keys[i].name.ptr, keys[i].name.len);
        next_alike[i] = first_alike[bucket];
        first_alike[bucket] = (unsigned char)i;
    }
}

/* From `i` on. */
static const struct json_key *find_from(size_t i, struct text plain)
{
    for (; i != NONE; i = next_alike[i])
        if (keys[i].name.len == plain.len &&
            memcmp(keys[i].name.ptr, plain.ptr, plain.len) == 0)
            return &keys[i];
    return NULL;
}

static const struct json_key *find(struct text plain)
{
    if (plain.len == 0 || plain.len > KEY_MAX)
        return NULL;
    return find_from(first_alike[hash(plain.ptr, plain.len)], plain);
}

/* In small letters and without what parts words. */
static struct text plain_name(struct text name, char plain[KEY_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        const char c = name.ptr[i];
        if (c == '_' || c == '-' || c == ' ' || c == '@')
            continue;
        if (len == KEY_MAX)
            return text_make(NULL, 0);
        plain[len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    return text_make(plain, len);
}

const struct json_key *json_keys_find(struct text name)
{
    char plain[KEY_MAX];
    pthread_once(&linked, link_keys);
    const struct json_key *key = find(name);
    return key ? key : find(plain_name(name, plain));
}

const struct json_key *json_keys_next(const struct json_key *key)
{
    return find_from(next_alike[key - keys], key->name);
}
