#include "common/fold.h"

#include <criterion/criterion.h>

#include "common/utf8.h"

static const struct {
    const char *written, *normal, *folded;
} words[] = {
    {"", "", ""},
    {"NATO", "nato", "nato"},
    {"Erdoğan", "erdoğan", "erdogan"},
    {"ERDOĞAN", "erdoğan", "erdogan"},
    {"Erdog\u0306an", "erdoğan", "erdogan"},
    {"Straße", "strasse", "strasse"},
    {"STRAẞE", "strasse", "strasse"},
    {"Ærøskøbing", "ærøskøbing", "aeroskobing"},
    {"Łódź", "łódź", "lodz"},
    {"Đinđić", "đinđić", "dindic"},
    {"Œuvre", "œuvre", "oeuvre"},
    {"Þórður", "þórður", "thordur"},
    {"ısı", "ısı", "isi"},
    {"İstanbul", "istanbul", "istanbul"},
    {"Əliyev", "əliyev", "aliyev"},
    {"ŋ", "ŋ", "n"},
    {"Việt", "việt", "viet"},
    {"ＡＢＣ１２", "abc12", "abc12"},
    {"ﬁnance", "finance", "finance"},
    {"CO₂", "co2", "co2"},
    {"O’Neill", "o'neill", "o'neill"},
    {"don´t", "don't", "don't"},
    {"exam\u00adple", "example", "example"},
    {"ex\u200bam\u200dple\ufeff", "example", "example"},
    {"ΌΣΟΣ", "όσοσ", "όσοσ"},
    {"όσος", "όσοσ", "όσοσ"},
    {"Йод", "йод", "йод"},
    {"И\u0306од", "йод", "йод"},
    {"ＳＨＩＢＡ柴", "shiba柴", "shiba柴"},
    {"ｶﾞｽ", "ガス", "ガス"},
    {"한국", "한국", "한국"},
    {"\u1112\u1161\u11ab", "한", "한"},
    {"कि", "कि", "कि"},
};

Test(fold, normalises_and_takes_latin_diacritics_off)
{
    AUTO_DONE(strbuf) normal = STRBUF_INIT(1000);
    AUTO_DONE(strbuf) folded = STRBUF_INIT(1000);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        fold_normalize(text_from(words[i].written), &normal);
        cr_expect_str_eq(strbuf_string(&normal), words[i].normal);
        fold_diacritics(strbuf_text(&normal), &folded);
        cr_expect_str_eq(strbuf_string(&folded), words[i].folded);
    }
}

Test(fold, folding_what_is_folded_changes_nothing)
{
    AUTO_DONE(strbuf) normal = STRBUF_INIT(1000);
    AUTO_DONE(strbuf) once = STRBUF_INIT(1000);
    AUTO_DONE(strbuf) twice = STRBUF_INIT(1000);
    for (uint32_t c = 1; c <= 0x10ffff; c++) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        char bytes[UTF8_LENGTH_MAX];
        size_t length = utf8_encode(c, bytes);
        fold_normalize(text_make(bytes, length), &normal);
        fold_diacritics(strbuf_text(&normal), &once);
        fold_normalize(strbuf_text(&once), &normal);
        fold_diacritics(strbuf_text(&normal), &twice);
        cr_assert(text_equal(strbuf_text(&once), strbuf_text(&twice)),
                  "U+%04X: %s, %s", c, strbuf_string(&once),
                  strbuf_string(&twice));
    }
}

Test(fold, long_texts_fold_like_short_ones)
{
    AUTO_DONE(strbuf) text = STRBUF_INIT(100000);
    AUTO_DONE(strbuf) normal = STRBUF_INIT(100000);
    AUTO_DONE(strbuf) folded = STRBUF_INIT(100000);
    for (int i = 0; i < 5000; i++)
        strbuf_append_string(&text, "Ȧß");
    fold_normalize(strbuf_text(&text), &normal);
    fold_diacritics(strbuf_text(&normal), &folded);
    cr_assert_eq(folded.len, 15000);
    cr_assert(text_starts_with(strbuf_text(&folded), text_from("assass")));
}

Test(fold, what_exceeds_the_maximum_leaves_nothing_and_says_so)
{
    AUTO_DONE(strbuf) small = STRBUF_INIT(3);
    fold_normalize(text_from("ÄÖÜ"), &small);
    cr_assert(small.overflowed);
    cr_assert_eq(small.len, 0);
}

static const struct {
    const char *value, *folded;
} values[] = {
    {"", ""},
    {"BBC News", "bbc news"},
    {"  Le\tMonde \r\n diplomatique\u00a0 ", "le monde diplomatique"},
    {"L’Équipe", "l'equipe"},
    {"“Die Welt”", "\"die welt\""},
    {"Süddeutsche Zeitung (München)", "suddeutsche zeitung (munchen)"},
    {"a\xff\x62", "a b"},
    {" \t ", ""},
    {"新华社", "新华社"},
};

Test(fold, values_keep_punctuation_and_single_spaces)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        fold_value(text_from(values[i].value), &out);
        cr_expect_str_eq(strbuf_string(&out), values[i].folded);
    }
    fold_value(text_make("a\0b\x1b[c", 6), &out);
    cr_assert_str_eq(strbuf_string(&out), "a b [c");
}
