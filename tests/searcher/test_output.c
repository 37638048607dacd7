#include "searcher/output.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;

static void release(void)
{
    arena_done(&arena);
}

TestSuite(output, .fini = release);

/* --- articles and answers ------------------------------------------------- */

static const struct text authors[] = {TEXT("Ann Lee"), TEXT("Bo")};

static const struct article plain = {
    .id = TEXT("n-1"),
    .url = TEXT("https://example.org/a"),
    .title = TEXT("Talks on the Nord Stream pipeline"),
    .source = TEXT("Example Times"),
    .section = TEXT("World"),
    .language = TEXT("en"),
    .authors = authors,
    .author_count = 2,
    .published = 1644259500,
    .origin = {.path = TEXT("/in/a.jsonl"), .offset = 5, .line = 1},
};

static const struct article bare = {
    .id = TEXT("b 2"),
    .title = TEXT(""),
    .published = TIMESTAMP_UNKNOWN,
};

/* What a malicious page may hold. */
static const struct article hostile = {
    .id = TEXT("a,\"b\"\t\xc3\xbc%"),
    .url = TEXT("http://x/\x1b]0;owned\x07"),
    .title =
        TEXT("\x1b[31mRed\x1b[0m, \"quoted\"\r\nnew\tline \xe2\x80\xaegnp"),
    .source = TEXT("\xff\xfe, \xc2\x9b"
                   "31m"),
    .section = TEXT(" spaced"),
    .published = TIMESTAMP_UNKNOWN,
    .origin = {.path = TEXT("/in/\x07")},
};

static const struct range one_mark[] = {{4, 15}};
static const struct range two_marks[] = {{0, 4}, {11, 20}};

static const struct snippet passages[] = {
    {.text = TEXT("The Nord Stream pipeline was \"shut\", they said."),
     .marks = one_mark,
     .mark_count = 1},
    {.text = TEXT("Then came, sanctions and much else that is longer"),
     .marks = two_marks,
     .mark_count = 2,
     .cut_before = true,
     .cut_after = true},
};

static struct hit plain_hit(void)
{
    static const struct range title_marks[] = {{13, 17}, {18, 24}};
    return (struct hit){
        .rank = 1,
        .score = 12.34567,
        .article = &plain,
        .title = {plain.title, title_marks, 2, {0}, false, false},
        .snippets = passages,
        .snippet_count = 2,
    };
}

static struct hit bare_hit(void)
{
    return (struct hit){.rank = 2, .score = 0.5, .article = &bare};
}

static struct hit hostile_hit(void)
{
    static const char body[] = "\x1b[2J evil \xff\xc2\x9b words\x07 here";
    static const struct mark marks[] = {{5, 4, 0, 1, MARK_STARTS},
                                        {14, 5, 1, 1, MARK_STARTS}};
    static struct snippet snippets[SNIPPET_PASSAGES];
    struct snippet_request request = {text_from(body), marks, 2, 100, 1};
    cr_assert_eq(snippet_choose(snippets, &request, &arena), 1);
    return (struct hit){
        .rank = 3,
        .score = 1,
        .article = &hostile,
        .title = snippet_whole(hostile.title, NULL, 0, &arena),
        .snippets = snippets,
        .snippet_count = 1,
    };
}

static struct result_summary summary(uint64_t total)
{
    return (struct result_summary){
        .query = TEXT("Nord Stream \"x\""),
        .parsed = TEXT("(AND nord stream x)"),
        .archive_id = "0b51c4ae-0000-4000-8000-000000000000",
        .generation = 7,
        .analyzer_version = 1,
        .total = total,
        .took_ms = 1.25,
    };
}

static char *written;
static size_t written_len;

static void finish(struct output *o, FILE *stream)
{
    output_free(o);
    fclose(stream);
}

/* Writes an answer of the hits (up to three, rank 0 ends) and gives the whole
 * output, to be freed. */
static char *answer(enum output_format format, const struct result_summary *s,
                    struct hit hits[3], size_t width)
{
    struct error err = ERROR_NONE;
    struct output_settings settings = {
        .format = format,
        .stream = open_memstream(&written, &written_len),
        .colour = TERMINAL_PLAIN,
        .width = width};
    struct output *o = output_new(&settings);
    output_begin(o, s);
    for (size_t i = 0; i < 3 && hits && hits[i].rank; i++)
        output_hit(o, &hits[i]);
    cr_assert_eq(output_end(o, &err), STATUS_OK);
    finish(o, settings.stream);
    return written;
}

static void expect(enum output_format format, uint64_t total,
                   struct hit hits[3], const char *golden)
{
    struct result_summary s = summary(total);
    char *text = answer(format, &s, hits, 60);
    cr_assert_str_eq(text, golden);
    free(text);
}

/* --- text ------------------------------------------------------------------
 */

Test(output, text_is_a_numbered_list)
{
    struct hit hits[3] = {plain_hit(), bare_hit()};
    expect(OUTPUT_TEXT, 27, hits,
           "1. Talks on the Nord Stream pipeline\n"
           "   Example Times \xc2\xb7 7 Feb 2022 \xc2\xb7 World \xc2\xb7 "
           "https://example.org/a\n"
           "   The Nord Stream pipeline was \"shut\", they said. \xe2\x80\xa6 "
           "Then\n"
           "   came, sanctions and much else that is longer \xe2\x80\xa6\n"
           "\n"
           "2. b 2\n"
           "\n"
           "2 of 27 articles\n");
}

Test(output, text_without_a_width_is_not_wrapped)
{
    struct hit hits[3] = {plain_hit()};
    struct result_summary s = summary(1);
    char *text = answer(OUTPUT_TEXT, &s, hits, 0);
    cr_assert(strstr(text, "   The Nord Stream pipeline was \"shut\", they "
                           "said. \xe2\x80\xa6 Then came, sanctions and much "
                           "else that is longer \xe2\x80\xa6\n\n1 article\n"),
              "%s", text);
    free(text);
}

static void expect_total(struct result_summary s, size_t first, size_t hits,
                         const char *line)
{
    struct error err = ERROR_NONE;
    struct output_settings settings = {
        .format = OUTPUT_TEXT,
        .stream = open_memstream(&written, &written_len),
        .colour = TERMINAL_PLAIN,
        .width = 60};
    struct output *o = output_new(&settings);
    output_begin(o, &s);
    for (size_t i = 0; i < hits; i++) {
        struct hit hit = bare_hit();
        hit.rank = first + i;
        output_hit(o, &hit);
    }
    cr_assert_eq(output_end(o, &err), STATUS_OK);
    finish(o, settings.stream);
    cr_assert_geq(written_len, strlen(line));
    cr_assert_str_eq(written + written_len - strlen(line), line);
    free(written);
}

Test(output, text_ends_with_how_many_there_are)
{
    struct result_summary s = summary(1);
    expect_total(s, 1, 1, "\n1 article\n");
    s.total = 3;
    expect_total(s, 1, 3, "\n3 articles\n");
    s.total = 27;
    expect_total(s, 1, 3, "\n3 of 27 articles\n");
    expect_total(s, 11, 10, "\n11 to 20 of 27 articles\n");
    expect_total(s, 1, 0, "0 of 27 articles\n");
    s.total_kind = TOTAL_ESTIMATED;
    expect_total(s, 1, 3, "\n3 of about 27 articles\n");
    s.match = MATCH_FALLBACK;
    expect_total(s, 1, 3,
                 "\n3 of about 27 articles with some of the words; none has "
                 "all\n");
}

Test(output, text_of_nothing_is_nothing)
{
    expect(OUTPUT_TEXT, 0, NULL, "");
}

static char *coloured(struct hit hit, size_t width)
{
    struct error err = ERROR_NONE;
    struct output_settings settings = {
        .format = OUTPUT_TEXT,
        .stream = open_memstream(&written, &written_len),
        .colour = TERMINAL_COLOUR,
        .width = width};
    struct output *o = output_new(&settings);
    struct result_summary s = summary(1);
    output_begin(o, &s);
    output_hit(o, &hit);
    cr_assert_eq(output_end(o, &err), STATUS_OK);
    finish(o, settings.stream);
    return written;
}

Test(output, colour_sets_off_the_words)
{
    char *text = coloured(plain_hit(), 100);
    cr_assert_str_eq(
        text,
        "1. \x1b[1mTalks on the \x1b[1;33mNord\x1b[0m\x1b[1m "
        "\x1b[1;33mStream\x1b[0m\x1b[1m pipeline\x1b[0m\n"
        "   \x1b[2mExample Times \xc2\xb7 7 Feb 2022 \xc2\xb7 World \xc2\xb7 "
        "https://example.org/a\x1b[0m\n"
        "   The \x1b[1;33mNord Stream\x1b[0m pipeline was \"shut\", they said. "
        "\xe2\x80\xa6 \x1b[1;33mThen\x1b[0m came, \x1b[1;33msanctions\x1b[0m "
        "and much else that is\n"
        "   longer \xe2\x80\xa6\n"
        "\n"
        "1 article\n");
    free(text);
}

Test(output, a_mark_across_two_lines_is_set_off_in_both)
{
    char *text = coloured(plain_hit(), 13);
    cr_assert(strstr(text, "   The \x1b[1;33mNord\x1b[0m\n"
                           "   \x1b[1;33mStream\x1b[0m\n"),
              "%s", text);
    free(text);
}

Test(output, nothing_in_an_article_acts_on_a_terminal)
{
    char *text = coloured(hostile_hit(), 60);
    struct text rest = {text, strlen(text)};
    for (size_t i = 0; i < rest.len; i++) {
        unsigned char c = (unsigned char)rest.ptr[i];
        cr_assert(c >= ' ' || c == '\n' || c == 0x1b);
        cr_assert(c != 0x1b || strncmp(text + i, "\x1b[0m", 4) == 0 ||
                  strncmp(text + i, "\x1b[1m", 4) == 0 ||
                  strncmp(text + i, "\x1b[2m", 4) == 0 ||
                  strncmp(text + i, "\x1b[1;33m", 7) == 0);
    }
    cr_assert_null(strstr(text, "\xe2\x80\xae"));
    cr_assert_null(strstr(text, "\xc2\x9b"));
    free(text);
    struct hit hits[3] = {hostile_hit()};
    expect(OUTPUT_TEXT, 1, hits,
           "3. [31mRed[0m, \"quoted\" new line gnp\n"
           "   \xef\xbf\xbd\xef\xbf\xbd, 31m \xc2\xb7 spaced \xc2\xb7 "
           "http://x/]0;owned\n"
           "   [2J evil \xef\xbf\xbd words here\n"
           "\n"
           "3 to 3 of 1 article\n");
}

/* --- json ------------------------------------------------------------------
 */

Test(output, json_is_one_object_in_a_fixed_order)
{
    struct hit hits[3] = {plain_hit(), bare_hit()};
    expect(OUTPUT_JSON, 27, hits,
           "{\"schema\":\"morgue.search/1\","
           "\"query\":\"Nord Stream \\\"x\\\"\","
           "\"parsed\":\"(AND nord stream x)\","
           "\"archive\":{\"id\":\"0b51c4ae-0000-4000-8000-000000000000\","
           "\"generation\":7,\"analyzer\":1},"
           "\"total\":{\"value\":27,\"exact\":true},"
           "\"hits\":["
           "{\"rank\":1,\"score\":12.3457,\"id\":\"n-1\","
           "\"title\":\"Talks on the Nord Stream pipeline\","
           "\"url\":\"https://example.org/a\","
           "\"date\":\"2022-02-07T18:45:00Z\",\"dating\":\"explicit\","
           "\"source\":\"Example Times\","
           "\"section\":\"World\",\"authors\":[\"Ann Lee\",\"Bo\"],"
           "\"lang\":\"en\",\"path\":\"/in/a.jsonl\",\"snippets\":["
           "{\"text\":\"The Nord Stream pipeline was \\\"shut\\\", they "
           "said.\",\"marks\":[[4,15]]},"
           "{\"text\":\"Then came, sanctions and much else that is "
           "longer\",\"marks\":[[0,4],[11,20]]}]},"
           "{\"rank\":2,\"score\":0.5000,\"id\":\"b 2\",\"title\":\"\","
           "\"url\":null,\"date\":null,\"source\":null,\"path\":null,"
           "\"snippets\":[]}],"
           "\"took_ms\":1.250}\n");
}

Test(output, json_of_nothing_has_no_hits)
{
    expect(OUTPUT_JSON, 0, NULL,
           "{\"schema\":\"morgue.search/1\","
           "\"query\":\"Nord Stream \\\"x\\\"\","
           "\"parsed\":\"(AND nord stream x)\","
           "\"archive\":{\"id\":\"0b51c4ae-0000-4000-8000-000000000000\","
           "\"generation\":7,\"analyzer\":1},\"total\":{\"value\":0,\"exact\":"
           "true},"
           "\"hits\":[],\"took_ms\":1.250}\n");
}

Test(output, json_keeps_what_hostile_text_says)
{
    struct hit hits[3] = {hostile_hit()};
    struct result_summary s = summary(1);
    s.total_kind = TOTAL_ESTIMATED;
    char *text = answer(OUTPUT_JSON, &s, hits, 60);
    cr_assert_null(strchr(text, 0x1b));
    json_t *json = json_loads(text, 0, NULL);
    cr_assert(json, "%s", text);
    json_t *total = json_object_get(json, "total");
    cr_assert(json_is_false(json_object_get(total, "exact")));
    json_t *hit = json_array_get(json_object_get(json, "hits"), 0);
    cr_assert_str_eq(json_string_value(json_object_get(hit, "title")),
                     hostile.title.ptr);
    cr_assert_str_eq(json_string_value(json_object_get(hit, "id")),
                     hostile.id.ptr);
    json_t *snippet = json_array_get(json_object_get(hit, "snippets"), 0);
    const char *shown = json_string_value(json_object_get(snippet, "text"));
    json_t *marks = json_object_get(snippet, "marks");
    cr_assert_eq(json_array_size(marks), 2);
    json_t *second = json_array_get(marks, 1);
    size_t from = (size_t)json_integer_value(json_array_get(second, 0));
    size_t to = (size_t)json_integer_value(json_array_get(second, 1));
    cr_assert_eq(to - from, 5);
    cr_assert_eq(strncmp(shown + from, "words", 5), 0);
    json_decref(json);
    free(text);
}

Test(output, jsonl_is_a_line_a_hit_and_a_summary)
{
    struct hit hits[3] = {bare_hit()};
    expect(OUTPUT_JSONL, 1, hits,
           "{\"type\":\"hit\",\"rank\":2,\"score\":0.5000,\"id\":\"b 2\","
           "\"title\":\"\",\"url\":null,\"date\":null,\"source\":null,"
           "\"path\":null,\"snippets\":[]}\n"
           "{\"type\":\"summary\",\"schema\":\"morgue.search/1\","
           "\"query\":\"Nord Stream \\\"x\\\"\","
           "\"parsed\":\"(AND nord stream x)\","
           "\"archive\":{\"id\":\"0b51c4ae-0000-4000-8000-000000000000\","
           "\"generation\":7,\"analyzer\":1},\"total\":{\"value\":1,\"exact\":"
           "true},"
           "\"took_ms\":1.250}\n");
}

static char *failing(enum output_format format, const struct error *problem,
                     const struct result_summary *begun)
{
    struct output_settings settings = {
        .format = format,
        .stream = open_memstream(&written, &written_len),
        .colour = TERMINAL_PLAIN,
        .width = 60};
    struct output *o = output_new(&settings);
    if (begun) {
        struct hit hit = bare_hit();
        output_begin(o, begun);
        output_hit(o, &hit);
    }
    output_error(o, problem);
    finish(o, settings.stream);
    return written;
}

Test(output, errors_have_a_place_in_json_only)
{
    struct error err = ERROR_NONE;
    error_set_at(&err, STATUS_QUERY, 4, "expected a word, not ')'");
    char *text = failing(OUTPUT_JSON, &err, NULL);
    cr_assert_str_eq(text, "{\"schema\":\"morgue.search/1\",\"error\":"
                           "{\"message\":\"expected a word, not ')'\","
                           "\"offset\":4,\"status\":\"query\"}}\n");
    free(text);
    error_set(&err, STATUS_IO, "cannot \"read\"");
    text = failing(OUTPUT_JSONL, &err, NULL);
    cr_assert_str_eq(text, "{\"type\":\"error\",\"schema\":"
                           "\"morgue.search/1\",\"error\":{\"message\":"
                           "\"cannot \\\"read\\\"\",\"offset\":null,"
                           "\"status\":\"io\"}}\n");
    free(text);
    for (int format = OUTPUT_CSV; format <= OUTPUT_IDS; format++) {
        text = failing((enum output_format)format, &err, NULL);
        cr_assert_str_eq(text, "");
        free(text);
    }
}

Test(output, an_answer_that_breaks_down_is_still_json)
{
    struct error err = ERROR_NONE;
    struct result_summary s = summary(3);
    error_set(&err, STATUS_CORRUPT, "damaged");
    char *text = failing(OUTPUT_JSON, &err, &s);
    json_t *json = json_loads(text, 0, NULL);
    cr_assert(json, "%s", text);
    cr_assert(json_object_get(json, "error"));
    cr_assert_eq(json_array_size(json_object_get(json, "hits")), 1);
    cr_assert_null(json_object_get(json, "took_ms"));
    json_decref(json);
    free(text);
}

/* --- tables ----------------------------------------------------------------
 */

Test(output, csv_quotes_what_needs_it)
{
    struct hit hits[3] = {plain_hit(), bare_hit(), hostile_hit()};
    expect(OUTPUT_CSV, 3, hits,
           "rank,score,id,date,source,section,title,url,snippet\r\n"
           "1,12.3457,n-1,2022-02-07T18:45:00Z,Example Times,World,"
           "Talks on the Nord Stream pipeline,https://example.org/a,"
           "\"The Nord Stream pipeline was \"\"shut\"\", they said. "
           "\xe2\x80\xa6 Then came, sanctions and much else that is "
           "longer\"\r\n"
           "2,0.5000,b 2,,,,,,\r\n"
           "3,1.0000,\"a,\"\"b\"\"\t\xc3\xbc%\",,"
           "\"\xef\xbf\xbd\xef\xbf\xbd, 31m\",\" spaced\","
           "\"[31mRed[0m, \"\"quoted\"\"\nnew\tline gnp\","
           "http://x/]0;owned,[2J evil \xef\xbf\xbd words here\r\n");
}

static char *with_settings(struct output_settings settings,
                           const struct hit *hit)
{
    struct error err = ERROR_NONE;
    struct result_summary sum = summary(1);
    settings.stream = open_memstream(&written, &written_len);
    struct output *o = output_new(&settings);
    output_begin(o, &sum);
    output_hit(o, hit);
    cr_assert_eq(output_end(o, &err), STATUS_OK);
    finish(o, settings.stream);
    return written;
}

Test(output, fields_are_those_asked_for_in_that_order)
{
    struct error err = ERROR_NONE;
    const struct hit plain_one = plain_hit(), nothing = bare_hit();
    struct output_settings settings = {.format = OUTPUT_CSV};
    cr_assert_eq(output_fields_parse(&settings.fields,
                                     "title,date,id,authors,date,dating,body",
                                     &err),
                 STATUS_OK);
    char *text = with_settings(settings, &plain_one);
    cr_expect_str_eq(text,
                     "title,date,id,authors,dating,body\r\n"
                     "Talks on the Nord Stream pipeline,"
                     "2022-02-07T18:45:00Z,n-1,Ann Lee; Bo,explicit,\r\n");
    free(text);
    text = with_settings(settings, &nothing);
    cr_expect(strstr(text, "\r\n,,b 2,,,\r\n"), "%s", text);
    free(text);
    settings.format = OUTPUT_JSONL;
    text = with_settings(settings, &nothing);
    cr_expect(strstr(text, "{\"type\":\"hit\",\"title\":\"\",\"date\":null,"
                           "\"id\":\"b 2\",\"body\":\"\"}\n"),
              "%s", text);
    free(text);
    cr_expect_eq(output_fields_parse(&settings.fields, "title,colour", &err),
                 STATUS_USAGE);
    cr_expect(strstr(err.message, "there is no field 'colour': there are rank, "
                                  "score, id, "),
              "%s", err.message);
    cr_expect_eq(output_fields_parse(&settings.fields, "", &err), STATUS_USAGE);
}

Test(output, no_cell_is_a_formula_where_that_was_asked_for)
{
    static const struct article formulas = {
        .id = TEXT("=1+1"),
        .title = TEXT("+cmd|' /C calc'!A0"),
        .url = TEXT("\t@SUM(A1)"),
        .source = TEXT("a=b"),
        .section = TEXT(" -1, \"x\""),
        .published = TIMESTAMP_UNKNOWN,
    };
    struct error err = ERROR_NONE;
    const struct hit hit = {.rank = 1, .article = &formulas};
    struct output_settings settings = {.format = OUTPUT_CSV,
                                       .cells = CELLS_WITHOUT_FORMULAS};
    cr_assert_eq(output_fields_parse(&settings.fields,
                                     "id,title,url,source,section", &err),
                 STATUS_OK);
    char *text = with_settings(settings, &hit);
    cr_expect_str_eq(strchr(text, '\n') + 1,
                     "'=1+1,'+cmd|' /C calc'!A0,'\t@SUM(A1),a=b,"
                     "\"' -1, \"\"x\"\"\"\r\n");
    free(text);
    settings.format = OUTPUT_TSV;
    text = with_settings(settings, &hit);
    cr_expect(strstr(text, "\n'=1+1\t"), "%s", text);
    free(text);
    settings.cells = CELLS_AS_THEY_ARE;
    text = with_settings(settings, &hit);
    cr_expect(strstr(text, "\n=1+1\t"), "%s", text);
    free(text);
}

Test(output, tsv_has_no_tabs_or_breaks_within_fields)
{
    struct hit hits[3] = {hostile_hit()};
    expect(OUTPUT_TSV, 3, hits,
           "rank\tscore\tid\tdate\tsource\tsection\ttitle\turl\tsnippet\n"
           "3\t1.0000\ta,\"b\" \xc3\xbc%\t\t"
           "\xef\xbf\xbd\xef\xbf\xbd, 31m\t spaced\t"
           "[31mRed[0m, \"quoted\" new line gnp\t"
           "http://x/]0;owned\t[2J evil \xef\xbf\xbd words here\n");
}

Test(output, trec_encodes_blanks_in_ids)
{
    struct hit hits[3] = {plain_hit(), bare_hit(), hostile_hit()};
    expect(OUTPUT_TREC, 3, hits,
           "1 Q0 n-1 1 12.345670 morgue\n"
           "1 Q0 b%202 2 0.500000 morgue\n"
           "1 Q0 a,\"b\"%09\xc3\xbc%25 3 1.000000 morgue\n");
    struct result_summary s = summary(1);
    s.query_id = text_from("q 7");
    hits[1].rank = 0;
    char *text = answer(OUTPUT_TREC, &s, hits, 60);
    cr_assert_str_eq(text, "q%207 Q0 n-1 1 12.345670 morgue\n");
    free(text);
}

/* --- several answers, and streams that fail --------------------------------
 */

static char *two_answers(enum output_format format)
{
    struct error err = ERROR_NONE;
    struct output_settings settings = {
        .format = format,
        .stream = open_memstream(&written, &written_len),
        .colour = TERMINAL_PLAIN,
        .width = 60};
    struct output *o = output_new(&settings);
    for (int i = 0; i < 2; i++) {
        struct result_summary s = summary(1);
        struct hit hit = bare_hit();
        hit.rank = 1;
        output_begin(o, &s);
        output_hit(o, &hit);
        s.took_ms = 2;
        cr_assert_eq(output_end(o, &err), STATUS_OK);
    }
    finish(o, settings.stream);
    return written;
}

Test(output, a_batch_is_answer_after_answer)
{
    char *text = two_answers(OUTPUT_TEXT);
    cr_assert_str_eq(text, "1. b 2\n\n1 article\n\n1. b 2\n\n1 article\n");
    free(text);
    text = two_answers(OUTPUT_CSV);
    cr_assert_str_eq(text,
                     "rank,score,id,date,source,section,title,url,snippet\r\n"
                     "1,0.5000,b 2,,,,,,\r\n1,0.5000,b 2,,,,,,\r\n");
    free(text);
    text = two_answers(OUTPUT_TREC);
    cr_assert_str_eq(text, "1 Q0 b%202 1 0.500000 morgue\n"
                           "2 Q0 b%202 1 0.500000 morgue\n");
    free(text);
    text = two_answers(OUTPUT_JSON);
    struct text rest = {text, strlen(text)}, line;
    int lines = 0;
    while (rest.len > 0 && text_split(&rest, '\n', &line)) {
        json_t *json = json_loadb(line.ptr, line.len, 0, NULL);
        cr_assert(json);
        json_t *took = json_object_get(json, "took_ms");
        cr_assert_eq(json_real_value(took), 2.0);
        json_decref(json);
        lines++;
    }
    cr_assert_eq(lines, 2);
    free(text);
}

/* Few hits fail when they are flushed, many before that. */
static void expect_full_disk(enum output_format format, size_t hits)
{
    FILE *full = fopen("/dev/full", "w");
    cr_assert(full);
    struct error err = ERROR_NONE;
    struct output *o =
        output_new(&(struct output_settings){.format = format,
                                             .stream = full,
                                             .colour = TERMINAL_PLAIN,
                                             .width = 60});
    struct result_summary s = summary(1);
    output_begin(o, &s);
    for (size_t i = 0; i < hits; i++) {
        struct hit hit = bare_hit();
        output_hit(o, &hit);
    }
    cr_assert_eq(output_end(o, &err), STATUS_IO);
    cr_assert_str_eq(err.message, "cannot write the results: No space left on "
                                  "device");
    output_free(o);
    fclose(full);
}

Test(output, a_full_disk_is_an_error_at_the_end)
{
    for (int format = OUTPUT_TEXT; format <= OUTPUT_IDS; format++) {
        expect_full_disk((enum output_format)format, 1);
        expect_full_disk((enum output_format)format, 1000);
    }
}

Test(output, every_format_has_a_name)
{
    int count = 0;
    while (output_format_names[count])
        count++;
    cr_assert_eq(count, OUTPUT_KWIC + 1);
    cr_assert_str_eq(output_format_names[OUTPUT_JSONL], "jsonl");
    output_free(NULL);
}
