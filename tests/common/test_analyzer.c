#include "common/analyzer.h"

#include <criterion/criterion.h>

#include "common/character.h"
#include "common/strbuf.h"
#include "common/utf8.h"
#include "tests/support/effort.h"

static struct analyzer *analyzer(const char *language)
{
    struct analyzer *a = NULL;
    struct error err = ERROR_NONE;
    cr_assert_eq(analyzer_new(&a, language, &err), STATUS_OK, "%s",
                 err.message);
    return a;
}

/* "covid[C] 19 covid19[0+2]": C capitals, D dotted, B bigram, and a joined
 * word's position and span. */
static void print_words(const struct token *token, struct strbuf *out)
{
    char marks[4] = "", *m = marks;
    if (token->marks & TOKEN_CAPS)
        *m++ = 'C';
    if (token->marks & TOKEN_DOTTED)
        *m++ = 'D';
    if (token->marks & TOKEN_BIGRAM)
        *m++ = 'B';
    *m = '\0';
    if (out->len > 0)
        strbuf_append_char(out, ' ');
    strbuf_append(out, token->lexeme->word);
    if (token->marks & TOKEN_JOINED)
        strbuf_append_format(out, "[%s%u+%u]", marks, token->position,
                             token->span);
    else if (m > marks)
        strbuf_append_format(out, "[%s]", marks);
}

/* "|| first | second": paragraphs and sentences. */
static void print_sentences(const struct token *token, struct strbuf *out)
{
    if (out->len > 0)
        strbuf_append_char(out, ' ');
    if (token->marks & TOKEN_PARAGRAPH)
        strbuf_append_string(out, "|| ");
    else if (token->marks & TOKEN_SENTENCE)
        strbuf_append_string(out, "| ");
    strbuf_append(out, token->lexeme->word);
}

static void print_stems(const struct token *token, struct strbuf *out)
{
    if (out->len > 0)
        strbuf_append_char(out, ' ');
    strbuf_append_format(out, "%.*s=%.*s", TEXT_ARG(token->lexeme->word),
                         TEXT_ARG(token->lexeme->stem));
    if (token->lexeme->alt_stem.len > 0)
        strbuf_append_format(out, "=%.*s", TEXT_ARG(token->lexeme->alt_stem));
}

static const char *written; /* the text that print_written() takes from */

static void print_written(const struct token *token, struct strbuf *out)
{
    strbuf_append_format(out, "<%.*s>", (int)token->length,
                         written + token->offset);
}

typedef void print_fn(const struct token *token, struct strbuf *out);

struct row {
    const char *text, *expected;
};

static void check(struct analyzer *a, print_fn *print, const struct row *rows,
                  size_t count)
{
    AUTO_DONE(strbuf) got = STRBUF_INIT(10000);
    for (size_t i = 0; i < count; i++) {
        struct token token;
        strbuf_reset(&got);
        written = rows[i].text;
        analyzer_start(a, text_from(rows[i].text));
        while (analyzer_next(a, &token))
            print(&token, &got);
        cr_expect_str_eq(strbuf_string(&got), rows[i].expected,
                         "row %zu: '%s' gives '%s', not '%s'", i, rows[i].text,
                         strbuf_string(&got), rows[i].expected);
    }
}

#define CHECK(language, print, rows)                                           \
    do {                                                                       \
        AUTO(analyzer) a_ = analyzer(language);                                \
        check(a_, print, rows, sizeof rows / sizeof *rows);                    \
    } while (0)

static const struct row words[] = {
    {"", ""},
    {" \n\t.,;-'&!?", ""},
    {"a", "a"},
    {"Nord Stream sanctions", "nord stream sanctions"},
    {"gas,oil;coal/wind(solar)", "gas oil coal wind solar"},
    {"snake_case", "snake case"},
    {"info@example.com", "info example com"},
    {"https://example.com/a?b=c", "https example com a b c"},
    /* apostrophes and possessives */
    {"don't", "don't"},
    {"don’t don‘t donʼt don´t don＇t", "don't don't don't don't don't"},
    {"O'Neill’s", "o'neill"},
    {"rock'n'roll", "rock'n'roll"},
    {"James' the 'quoted' word's", "james the quoted word"},
    {"PUTIN'S long wars", "putin[C] long wars"},
    {"1990's 90's", "1990 90"},
    {"it's'nt", "it nt"},
    {"'tis o'clock ''", "tis o'clock"},
    {"5'10 rock'5", "5 10 rock 5"},
    {"Putin'sky", "putin'sky"},
    /* invisible characters */
    {"exam\u00adple zero\u200bwidth \u200djoin\ufeff",
     "example zerowidth join"},
    {"don\u00ad't", "don't"},
    /* ampersands */
    {"AT&T R&D q&a S&P500 index", "at&t[C] r&d[C] q&a s&p500[C] index"},
    {"AT&T's plan", "at&t[C] plan"},
    {"Marks&Spencer a & b &c d&", "marks spencer a b c d"},
    {"1&2", "1 2"},
    /* numbers */
    {"1,000.50", "1000.50"},
    {"1,000,000 12,345 123,456", "1000000 12345 123456"},
    {"1,00 1,0000 1234,567 1,000,00", "1 00 1 0000 1234 567 1000 00"},
    {"3.14 1.2.3 5. .5", "3.14 1.2.3 5 5"},
    {"1.5,000", "1.5 000"},
    {"$1,000, yes", "1000 yes"},
    {"1,000km", "1000km"},
    {"a1,000", "a1 000"},
    {"0,000,000,000", "0000000000"},
    {"½ ① 5½ m² CO₂", "5 m2 co2[C]"},
    {"٣٤ Ⅳ", "٣٤ iv"},
    /* letters and digits */
    {"g20 covid19 2b B2B 4x4", "g20 covid19 2b b2b[C] 4x4"},
    /* dotted acronyms */
    {"the U.S. said", "the us[CD] said"},
    {"u.s e.g. i.e., a.m.", "us[D] eg[D] ie[D] am[D]"},
    {"the U.S.A. U.N", "the usa[CD] un[CD]"},
    {"x.com J. Smith U. S.", "x com j smith u s"},
    {"U.S.'s the U.S’s end", "us[CD] the us[CD] end"},
    {"U.S.-led", "us[CD] led usled[0+2]"},
    {"U.S.Steel", "us[CD] steel"},
    {"a.b.cd É.U.", "ab[D] cd eu[CD]"},
    {"А.С. Пушкин", "ас[CD] пушкин"},
    {"1.a a.1", "1 a a 1"},
    /* capitals */
    {"the NATO summit, I said", "the nato[C] summit i said"},
    {"MPs of the EU's G7 a G20", "mps of the eu[C] g7 a g20"},
    {"der ÖVP сказал США", "der ovp[C] сказал сша[C]"},
    {"NATO", "nato"},
    {"US SANCTIONS ON RUSSIA", "us sanctions on russia"},
    {"ДОЛЛАР США", "доллар сша"},
    {"AAAAAAA bbb", "aaaaaaa bbb"},
    {"AAAAAA bbb", "aaaaaa[C] bbb"},
    /* hyphens */
    {"COVID-19 was", "covid[C] 19 covid19[C0+2] was"},
    {"a state-of-the-art e-mail",
     "a state of the art stateoftheart[1+4] e mail email[5+2]"},
    {"a-b-c-d-e f-g", "a b c d e f g fg[5+2]"},
    {"a-b-c-d-e-f-g-h-i-j-k", "a b c d e f g h i j k"},
    {"re\u2010use re\u2011use en\u2013dash",
     "re use reuse[0+2] re use reuse[2+2] en dash"},
    {"2021-12-19 10-15", "2021 12 19 10 15"},
    {"ne'er-do-well", "ne'er do well ne'erdowell[0+3]"},
    {"bull's-eye Smith-Jones's",
     "bull eye bulleye[0+2] smith jones smithjones[2+2]"},
    {"a- -b --c d--e", "a b c d e"},
    {"mid\u00ad-week", "mid week midweek[0+2]"},
    {"Müller-Straße", "muller strasse mullerstrasse[0+2]"},
    /* diacritics */
    {"Erdoğan Erdog\u0306an ERDOĞAN", "erdogan erdogan erdogan[C]"},
    {"İstanbul ısı Łódź Þór", "istanbul isi lodz thor"},
    {"\u0301mark", "mark"},
    /* CJK */
    {"北", "北"},
    {"北京", "北京[B]"},
    {"北京大学", "北京[B] 京大[B] 大学[B]"},
    {"新华社。北京", "新华[B] 华社[B] 北京[B]"},
    {"カタカナ、ひらがな", "カタ[B] タカ[B] カナ[B] ひら[B] らが[B] がな[B]"},
    {"한국어 뉴스", "한국[B] 국어[B] 뉴스[B]"},
    {"5G手机ABC", "5g 手机[B] abc"},
    {"2022年2月", "2022 年 2 月"},
    {"ｶﾞｽ", "ガス[B]"},
    {"\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국[B]"},
    {"𠀀𠀁", "𠀀𠀁[B]"},
    {"ＮＡＴＯ と ＡＢＣ１２ｄ", "nato[C] と abc12d"},
    /* invalid bytes */
    {"caf\xe9 au\xfflait", "caf au lait"},
    {"\xf0\x9f\x98", ""},
    {"😀gas😀", "gas"},
    {"हिन्दी தமிழ்", "हिन्दी தமிழ்"},
    {"שלום عَرَبِي", "שלום عَرَبِي"},
};

Test(analyzer, finds_words_as_documented)
{
    CHECK("none", print_words, words);
}

static const struct row french_words[] = {
    {"l'été aujourd’hui", "l ete aujourd hui"},
    {"L'Équipe d'Ivoire", "l equipe d ivoire"},
    {"McDonald's", "mcdonald"},
};

Test(analyzer, an_apostrophe_separates_in_romance_elision)
{
    CHECK("french", print_words, french_words);
    CHECK("it", print_words, french_words);
    CHECK("catalan", print_words, french_words);
}

static const struct row sentences[] = {
    {"He left. She stayed", "|| he left | she stayed"},
    {"Why? No! Well... Then", "|| why | no | well | then"},
    {"He asked \"why?\" She left.) Now", "|| he asked why | she left | now"},
    {"Ends.” Next ‘end.’ Next", "|| ends | next end | next"},
    {"He left. she stayed", "|| he left she stayed"},
    {"\"Why?\" he asked", "|| why he asked"},
    {"It was file.txt Or 3. Then", "|| it was file txt or 3 | then"},
    {"See note.[1] Then", "|| see note 1 then"},
    {"Mr. Smith and Lt. Col. Jones", "|| mr smith and lt col jones"},
    {"Apple Inc. The rest", "|| apple inc the rest"},
    {"Apple Inc... The rest", "|| apple inc | the rest"},
    {"George W. Bush", "|| george w bush"},
    {"the U.S. The", "|| the us the"},
    {"No. 5 is it. No. She said no. Five",
     "|| no 5 is it | no | she said no | five"},
    {"He is 24. February came", "|| he is 24 | february came"},
    {"It fell. 25 left", "|| it fell | 25 left"},
    {"Wow…Then… Then", "|| wow then | then"},
    {"新华社。北京！上海", "|| 新华 华社 | 北京 | 上海"},
    {"One.\nTwo", "|| one | two"},
    {"One\nTwo", "|| one two"},
    {"One\n\nTwo", "|| one || two"},
    {"One\r\n\r\nTwo", "|| one || two"},
    {"One\n \t \ntwo", "|| one || two"},
    {"One\n  Two\n Three\n\tfour", "|| one || two three || four"},
    {"One\n  - two\n\"  three", "|| one || two three"},
    {"One\u2029two\u2028three\u2028\u2028four", "|| one || two three || four"},
    {"\n\n  One", "|| one"},
    {"co-op. Next-door. e", "|| co op coop | next door nextdoor e"},
    {"End of x-ray. Then", "|| end of x ray xray | then"},
};

Test(analyzer, marks_sentences_and_paragraphs)
{
    CHECK("english", print_sentences, sentences);
}

static const struct row german_sentences[] = {
    {"am 24. Februar. Dann", "|| am 24 februar | dann"},
    {"Im Jahr 2022. Dann", "|| im jahr 2022 | dann"},
    {"Dr. Müller bzw. Nr. 5 usw. Und z.B. Wien",
     "|| dr muller bzw nr 5 usw und zb wien"},
};

Test(analyzer, knows_german_abbreviations_and_ordinals)
{
    CHECK("german", print_sentences, german_sentences);
}

static const struct row stems[] = {
    {"sanctions", "sanctions=sanction"},
    {"COVID-19", "covid=covid 19= covid19=covid19"},
    {"1980s 1,000.50 2nd", "1980s= 1000.50= 2nd="},
    {"G20s \xef\xbc\x91\xef\xbc\x92s", "g20s=g20s 12s="},
    {"re-elections", "re=re elections=elect reelections=reelect"},
    {"archives archived", "archives=archiv archived=archiv"},
};

static const struct row german_stems[] = {
    {"Häuser Hauser", "hauser=haus hauser=haus"},
    {"Größe Grösse", "grosse=gross grosse=gross"},
};

static const struct row no_stems[] = {{"sanctions été", "sanctions= ete="}};

Test(analyzer, stems_the_unfolded_word)
{
    CHECK("english", print_stems, stems);
    CHECK("german", print_stems, german_stems);
    CHECK("none", print_stems, no_stems);
}

static const struct row slices[] = {
    {"the U.S. today", "<the><U.S.><today>"},
    {"(U.S.)", "<U.S.>"},
    {"Putin's “war’s”", "<Putin><war>"},
    {"COVID-19's end", "<COVID><19><COVID-19><end>"},
    {"U.S.-led", "<U.S.><led><U.S.-led>"},
    {"1,000.50.", "<1,000.50>"},
    {"exam\u00adple\u00ad x", "<exam\u00adple><x>"},
    {"北京大", "<北京><京大>"},
    {"年", "<年>"},
    {"Größe", "<Größe>"},
};

Test(analyzer, offsets_cover_what_was_written)
{
    CHECK("english", print_written, slices);
}

Test(analyzer, a_line_of_121_bytes_makes_every_line_a_paragraph)
{
    AUTO(analyzer) a = analyzer("none");
    for (size_t length = 119; length <= 122; length++) {
        char text[200];
        memset(text, 'x', sizeof text);
        text[length] = '\n';
        struct token token;
        analyzer_start(a, text_make(text, length + 3));
        cr_assert(analyzer_next(a, &token));
        cr_assert(analyzer_next(a, &token));
        cr_assert_eq((token.marks & TOKEN_PARAGRAPH) != 0, length > 120);
        text[1] = '\n';
        text[length] = 'x';
        analyzer_start(a, text_make(text, length + 2));
        cr_assert(analyzer_next(a, &token));
        cr_assert(analyzer_next(a, &token));
        cr_assert_eq((token.marks & TOKEN_PARAGRAPH) != 0, length > 120);
    }
}

Test(analyzer, nul_bytes_separate_words_and_are_not_invalid)
{
    AUTO(analyzer) a = analyzer("english");
    struct token token;
    analyzer_start(a, text_make("gas\0oil\0", 8));
    cr_assert(analyzer_next(a, &token));
    cr_assert(text_is(token.lexeme->word, "gas"));
    cr_assert(analyzer_next(a, &token));
    cr_assert(text_is(token.lexeme->word, "oil"));
    cr_assert_eq(token.position, 1);
    cr_assert_not(analyzer_next(a, &token));
    cr_assert_not(analyzer_next(a, &token), "the end is the end");
    cr_assert_eq(analyzer_invalid_count(a), 0);
}

Test(analyzer, invalid_sequences_are_counted_over_all_texts)
{
    AUTO(analyzer) a = analyzer("english");
    struct token token;
    const char *texts[] = {"a\xff\xfe\x62", "\xe2\x82", "ok\xf0\x9f\x98 x",
                           "fine"};
    const uint64_t counts[] = {2, 3, 4, 4};
    for (int i = 0; i < 4; i++) {
        analyzer_start(a, text_from(texts[i]));
        while (analyzer_next(a, &token))
            continue;
        cr_assert_eq(analyzer_invalid_count(a), counts[i]);
    }
}

static void check_long(const char *unit, size_t kept)
{
    AUTO(analyzer) a = analyzer("english");
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 20);
    struct token token;
    for (int i = 0; i < 50000; i++)
        strbuf_append_string(&text, unit);
    analyzer_start(a, strbuf_text(&text));
    cr_assert(analyzer_next(a, &token));
    cr_assert_eq(token.lexeme->word.len, kept, "%zu", token.lexeme->word.len);
    cr_assert_eq(token.length, text.len);
    cr_assert(utf8_is_valid(token.lexeme->word));
    cr_assert_leq(token.lexeme->stem.len, ANALYZER_WORD_MAX);
    cr_assert_not(analyzer_next(a, &token));
}

Test(analyzer, long_words_are_cut_at_a_character_and_never_dropped)
{
    check_long("a", ANALYZER_WORD_MAX);
    check_long("7", ANALYZER_WORD_MAX);
    check_long("я", ANALYZER_WORD_MAX);
    check_long("abя", ANALYZER_WORD_MAX);
    check_long("ཀ", ANALYZER_WORD_MAX / 3 * 3);
    check_long("é", ANALYZER_WORD_MAX / 2);
}

Test(analyzer, a_long_joined_word_is_cut_too)
{
    AUTO(analyzer) a = analyzer("english");
    char text[2 * 150 + 1];
    memset(text, 'b', sizeof text);
    text[150] = '-';
    struct token token;
    analyzer_start(a, text_make(text, sizeof text));
    for (int i = 0; i < 3; i++)
        cr_assert(analyzer_next(a, &token));
    cr_assert(token.marks & TOKEN_JOINED);
    cr_assert_eq(token.lexeme->word.len, ANALYZER_WORD_MAX);
    cr_assert_eq(token.length, sizeof text);
}

Test(analyzer, a_chain_of_hyphens_takes_linear_time)
{
    AUTO(analyzer) a = analyzer("english");
    AUTO_DONE(strbuf) text = STRBUF_INIT(1 << 22);
    for (int i = 0; i < 1000000; i++)
        strbuf_append_string(&text, i ? "-a" : "a");
    struct token token;
    uint32_t count = 0;
    analyzer_start(a, strbuf_text(&text));
    while (analyzer_next(a, &token))
        cr_assert_eq(token.position, count++);
    cr_assert_eq(count, 1000000);
}

Test(analyzer, a_text_may_be_left_and_another_started)
{
    AUTO(analyzer) a = analyzer("english");
    const char *texts[] = {"state-of-the-art plan", "北京大学",
                           "a-b-c-d-e-f g"};
    struct token token;
    for (int i = 0; i < 3; i++)
        for (int taken = 0; taken < 7; taken++) {
            analyzer_start(a, text_from(texts[i]));
            for (int k = 0; k < taken && analyzer_next(a, &token); k++)
                continue;
            analyzer_start(a, text_from("new text"));
            cr_assert(analyzer_next(a, &token));
            cr_assert(text_is(token.lexeme->word, "new"));
            cr_assert_eq(token.position, 0);
            cr_assert_eq(token.marks, TOKEN_SENTENCE | TOKEN_PARAGRAPH);
            cr_assert(analyzer_next(a, &token));
            cr_assert_eq(token.marks, 0);
            cr_assert_not(analyzer_next(a, &token));
        }
}

Test(analyzer, lexemes_are_numbered_by_first_occurrence_until_forgotten)
{
    AUTO(analyzer) a = analyzer("english");
    struct token token;
    for (int round = 0; round < 2; round++) {
        uint32_t next = 0;
        analyzer_start(a, text_from("the gas, the well-known gas; Théo Theo"));
        while (analyzer_next(a, &token)) {
            cr_assert_leq(token.lexeme->number, next);
            next += token.lexeme->number == next;
            cr_assert_eq(analyzer_lexeme(a, token.lexeme->number),
                         token.lexeme);
        }
        cr_assert_eq(next, 6);
        cr_assert_eq(analyzer_lexeme_count(a), 6);
        cr_assert_gt(analyzer_memory(a), 0);
        analyzer_forget(a);
        cr_assert_eq(analyzer_lexeme_count(a), 0);
        cr_assert_eq(analyzer_memory(a), 0);
        cr_assert_not(analyzer_next(a, &token), "forgetting ends the text");
    }
}

Test(analyzer, languages_go_by_name_or_code)
{
    const char *names[][2] = {{"english", "english"}, {"en", "english"},
                              {"de", "german"},       {"nb", "norwegian"},
                              {"porter", "porter"},   {"none", "none"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        AUTO(analyzer) a = analyzer(names[i][0]);
        cr_assert_str_eq(analyzer_language(a), names[i][1]);
    }
}

Test(analyzer, an_unknown_language_is_refused_with_the_known_ones)
{
    const char *bad[] = {
        "klingon", "",    "English",
        "en de",   " en", "a very long name that is no language at all"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct analyzer *a = NULL;
        struct error err = ERROR_NONE;
        cr_assert_eq(analyzer_new(&a, bad[i], &err), STATUS_USAGE, "%s",
                     bad[i]);
        cr_assert_null(a);
        cr_assert_not_null(strstr(err.message, "none"));
        cr_assert_not_null(strstr(err.message, " german"));
    }
    struct analyzer *a = NULL;
    struct error err = ERROR_NONE;
    cr_assert_eq(analyzer_new(&a, "klingon", &err), STATUS_USAGE);
    cr_assert_not_null(strstr(err.message, "'klingon'"));
    cr_assert_not_null(strstr(err.message, " turkish"), "%s", err.message);
}

Test(analyzer, the_caps_form_is_the_word_in_capitals)
{
    AUTO(analyzer) a = analyzer("none");
    AUTO_DONE(strbuf) out = STRBUF_INIT(100);
    const char *forms[] = {"US", "NATO", "AT&T", "OVP", "США", "B2B"};
    struct token token;
    analyzer_start(a, text_from("the U.S. and NATO or AT&T with ÖVP сказал "
                                "США in a B2B deal"));
    int found = 0;
    while (analyzer_next(a, &token)) {
        if (!(token.marks & TOKEN_CAPS))
            continue;
        analyzer_caps_form(token.lexeme, &out);
        cr_assert_str_eq(strbuf_string(&out), forms[found++]);
    }
    cr_assert_eq(found, 6);
}

Test(analyzer, folds_values_as_words_are_folded)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(100);
    analyzer_fold_value(text_from(" Süddeutsche  Zeitung, L’Équipe"), &out);
    cr_assert_str_eq(strbuf_string(&out), "suddeutsche zeitung, l'equipe");
}

/* --- properties over random bytes --------------------------------------- */

static uint64_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1;
    return (uint32_t)(random_state >> 33) % below;
}

static const char *const pieces[] = {
    "a",      "B",      "s",   "U.S.", "'",    "’",        "-",
    "\u2010", "&",      ".",   ",",    " ",    "\n",       "\n\n",
    "\t",     "0",      "123", "é",    "ß",    "İ",        "\u0301",
    "\u00ad", "\u200b", "北",  "京",   "カ",   "\u3099",   "ﾞ",
    "한",     "\u1161", "。",  "…",    "\xff", "\xe2",     "\xf0\x9f",
    "ﷺ",      "Ⅳ",      "½",   "я",    "Я",    "word",     "1,000",
    "!",      "\"",     "”",   ")",    "x-y",  "abcdefgh", "\u2029",
    "ﬁ",      "ａ",     "𝐀",   "हि",   "😀",    "\u0345",   "ΐ",
};

static size_t random_text(char *text, size_t max)
{
    size_t len = 0, parts = next_random(60);
    bool raw = next_random(4) == 0;
    for (size_t i = 0; i < parts; i++) {
        char byte = (char)next_random(256);
        const char *piece = pieces[next_random(sizeof pieces / sizeof *pieces)];
        size_t size = raw ? 1 : strlen(piece);
        if (len + size > max)
            break;
        memcpy(text + len, raw ? &byte : piece, size);
        len += size;
    }
    return len;
}

struct walk {
    uint32_t position;     /* of the next word */
    size_t offset;         /* of the last */
    struct token words[8]; /* the last ones, by position */
};

static void check_joined(const struct walk *w, const struct token *token)
{
    cr_assert_eq(token->position + token->span, w->position);
    cr_assert(token->span >= 2 && token->span <= 4);
    const struct token *first = &w->words[token->position % 8];
    const struct token *last = &w->words[(w->position - 1) % 8];
    cr_assert_eq(token->offset, first->offset);
    cr_assert_eq(token->offset + token->length, last->offset + last->length);
    cr_assert_not(token->marks & (TOKEN_SENTENCE | TOKEN_PARAGRAPH));
}

static void check_word(struct walk *w, const struct token *token)
{
    cr_assert_eq(token->position, w->position);
    cr_assert_eq(token->span, 1);
    cr_assert(w->position == 0 || token->offset > w->offset);
    if (w->position == 0)
        cr_assert(token->marks & TOKEN_PARAGRAPH);
    if (token->marks & TOKEN_PARAGRAPH)
        cr_assert(token->marks & TOKEN_SENTENCE);
    w->words[w->position % 8] = *token;
    w->offset = token->offset;
    w->position++;
}

static void check_text(struct analyzer *a, const char *text, size_t len)
{
    struct walk walk = {0};
    struct token token;
    analyzer_start(a, text_make(text, len));
    while (analyzer_next(a, &token)) {
        cr_assert_gt(token.length, 0);
        cr_assert_leq(token.offset + token.length, len);
        cr_assert(utf8_is_valid(
            text_slice(text_make(text, len), token.offset, token.length)));
        struct text word = token.lexeme->word;
        cr_assert(word.len > 0 && word.len <= ANALYZER_WORD_MAX);
        cr_assert(utf8_is_valid(word));
        cr_assert(utf8_is_valid(token.lexeme->stem));
        cr_assert_leq(token.lexeme->stem.len, ANALYZER_WORD_MAX);
        if (token.marks & TOKEN_JOINED)
            check_joined(&walk, &token);
        else
            check_word(&walk, &token);
    }
}

Test(analyzer, holds_its_promises_on_random_bytes)
{
    const char *languages[] = {"english", "french", "german", "none"};
    for (int i = 0; i < 4; i++) {
        AUTO(analyzer) a = analyzer(languages[i]);
        random_state = 20220224 + (uint64_t)i;
        for (unsigned round = effort(15000); round > 0; round--) {
            char text[400];
            size_t len = random_text(text, sizeof text);
            char *exact = malloc(len ? len : 1); /* so that reading past the
                                                    end is seen */
            memcpy(exact, text, len);
            check_text(a, exact, len);
            free(exact);
        }
    }
}

/* --- skipping ----------------------------------------------------------- */

/* Words as in news, with what is rarer strewn in. */
static size_t random_news(char *text, size_t max)
{
    static const char *const plain[] = {
        "oil ",     "Prices ", "rose, ", "2021. ",   "a\n",
        "\"The\" ", "X",       "(of) ",  "barrel; ", "1987"};
    size_t len = 0, parts = next_random(80);
    for (size_t i = 0; i < parts; i++) {
        const char *piece =
            next_random(12) == 0
                ? pieces[next_random(sizeof pieces / sizeof *pieces)]
                : plain[next_random(sizeof plain / sizeof *plain)];
        size_t size = strlen(piece);
        if (len + size > max)
            break;
        memcpy(text + len, piece, size);
        len += size;
    }
    return len;
}

/* In a text of `len` bytes, exactly as much as is allocated. */
static void check_skipping(struct analyzer *a, const char *text, size_t len)
{
    struct token tokens[400], token;
    uint32_t count = 0, at = 0;
    struct text t = text_make(text, len);
    analyzer_start(a, t);
    while (analyzer_next(a, &tokens[count]))
        count++;
    analyzer_start(a, t);
    for (;;) {
        uint32_t skipped = next_random(count / 3 + 2);
        bool enough = at + skipped <= count;
        cr_assert_eq(analyzer_skip(a, skipped), enough);
        at += skipped;
        cr_assert_eq(analyzer_next(a, &token), enough && at < count);
        if (!enough || at >= count)
            return;
        cr_assert_eq(token.lexeme, tokens[at].lexeme);
        cr_assert_eq(token.offset, tokens[at].offset);
        cr_assert_eq(token.length, tokens[at].length);
        cr_assert_eq(token.position, tokens[at].position);
        cr_assert_eq(token.span, tokens[at].span);
        cr_assert_eq(token.marks & TOKEN_CAPS, tokens[at].marks & TOKEN_CAPS);
        at++;
    }
}

Test(analyzer, skipping_tokens_is_reading_them)
{
    const char *languages[] = {"english", "french"};
    for (int i = 0; i < 2; i++) {
        AUTO(analyzer) a = analyzer(languages[i]);
        random_state = 20220224 + (uint64_t)i;
        for (unsigned round = effort(20000); round > 0; round--) {
            char text[400];
            size_t len = round % 2 ? random_news(text, sizeof text)
                                   : random_text(text, sizeof text);
            char *exact = malloc(len ? len : 1);
            memcpy(exact, text, len);
            check_skipping(a, exact, len);
            free(exact);
        }
    }
}

Test(analyzer, a_text_yields_the_same_whatever_was_read_before)
{
    AUTO(analyzer) used = analyzer("english");
    random_state = 7;
    for (unsigned round = effort(2000); round > 0; round--) {
        char text[400];
        size_t len = random_text(text, sizeof text);
        AUTO(analyzer) fresh = analyzer("english");
        analyzer_start(used, text_make(text, len));
        analyzer_start(fresh, text_make(text, len));
        struct token a, b;
        while (analyzer_next(fresh, &b)) {
            cr_assert(analyzer_next(used, &a));
            cr_assert(text_equal(a.lexeme->word, b.lexeme->word));
            cr_assert(text_equal(a.lexeme->stem, b.lexeme->stem));
            cr_assert(text_equal(a.lexeme->alt_stem, b.lexeme->alt_stem));
            cr_assert_eq(a.offset, b.offset);
            cr_assert_eq(a.length, b.length);
            cr_assert_eq(a.position, b.position);
            cr_assert_eq(a.marks, b.marks);
        }
        cr_assert_not(analyzer_next(used, &a));
        if (round % 100 == 0)
            analyzer_forget(used);
    }
}

Test(analyzer, reading_ahead_gives_the_tokens_and_numbers_of_reading_singly)
{
    AUTO(analyzer) ahead = analyzer("english");
    AUTO(analyzer) singly = analyzer("english");
    random_state = 8;
    for (unsigned round = effort(2000); round > 0; round--) {
        char text[400];
        struct token tokens[ANALYZER_AHEAD], b;
        const struct text t = text_make(text, random_text(text, sizeof text));
        size_t count, max = 1 + round % ANALYZER_AHEAD;
        analyzer_start(ahead, t);
        analyzer_start(singly, t);
        do {
            count = analyzer_read(ahead, tokens, max);
            for (size_t i = 0; i < count; i++) {
                const struct token *a = &tokens[i];
                cr_assert(analyzer_next(singly, &b));
                cr_assert_eq(a->lexeme->number, b.lexeme->number);
                cr_assert(text_equal(a->lexeme->word, b.lexeme->word));
                cr_assert_eq(a->offset, b.offset);
                cr_assert_eq(a->length, b.length);
                cr_assert_eq(a->position, b.position);
                cr_assert_eq(a->span, b.span);
                cr_assert_eq(a->marks, b.marks);
            }
        } while (count == max);
        cr_assert_not(analyzer_next(singly, &b));
    }
}

Test(analyzer, a_words_lexeme_finds_itself_when_analysed)
{
    AUTO(analyzer) a = analyzer("none");
    for (uint32_t c = 0x80; c <= 0x10ffff; c++) {
        if (!character_begins_word(character_of(c)))
            continue;
        char bytes[UTF8_LENGTH_MAX];
        struct token token;
        analyzer_start(a, text_make(bytes, utf8_encode(c, bytes)));
        cr_assert(analyzer_next(a, &token), "U+%04X", c);
        const struct lexeme *lexeme = token.lexeme;
        analyzer_start(a, lexeme->word);
        cr_assert(analyzer_next(a, &token), "U+%04X", c);
        cr_assert_eq(token.lexeme, lexeme, "U+%04X becomes '%.*s', '%.*s'", c,
                     TEXT_ARG(lexeme->word), TEXT_ARG(token.lexeme->word));
    }
}
