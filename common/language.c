#include "common/language.h"

#include <stdlib.h>

static const char *const english_abbreviations[] = {
    "adm", "apr",    "atty", "aug", "ave", "brig", "bros", "capt", "cmdr",
    "co",  "col",    "corp", "cpl", "dec", "dept", "dr",   "feb",  "gen",
    "gov", "hon",    "inc",  "jan", "jr",  "jul",  "jun",  "lt",   "ltd",
    "maj", "messrs", "mr",   "mrs", "ms",  "mt",   "nov",  "oct",  "prof",
    "pvt", "rep",    "reps", "rev", "sen", "sens", "sep",  "sept", "sgt",
    "sr",  "st",     "supt", "vs",
};

static const char *const english_before_number[] = {
    "art", "ch", "fig", "mar", "no", "nos", "p", "pp", "sec", "vol",
};

static const char *const german_abbreviations[] = {
    "abs", "aug",  "bd",  "bzgl", "bzw", "ca",   "co",   "dez", "dipl", "dr",
    "etc", "evtl", "feb", "fr",   "geb", "gen",  "gest", "ggf", "hl",   "hr",
    "ing", "inkl", "jan", "jh",   "kap", "lt",   "mag",  "max", "min",  "mind",
    "mio", "mrd",  "nov", "nr",   "okt", "prof", "rd",   "s",   "sept", "sog",
    "st",  "std",  "str", "tel",  "ugs", "usw",  "vgl",  "vs",  "zt",   "zw",
};

static const char *const german_before_number[] = {
    "art",
    "aufl",
    "no",
    "p",
};

#define WORDS(list)                                                            \
    {                                                                          \
        list, sizeof list / sizeof *list                                       \
    }

static const struct language languages[] = {
    {.name = "arabic", .codes = "ar"},
    {.name = "armenian", .codes = "hy"},
    {.name = "basque", .codes = "eu"},
    {.name = "catalan", .codes = "ca", .apostrophe = APOSTROPHE_SEPARATES},
    {.name = "danish", .codes = "da", .ordinal = ORDINAL_DOT},
    {.name = "dutch", .codes = "nl", .variants = "kraaij_pohlmann"},
    {.name = "english",
     .codes = "en",
     .variants = "earlyenglish lovins porter",
     .abbreviations = WORDS(english_abbreviations),
     .before_number = WORDS(english_before_number)},
    {.name = "finnish", .codes = "fi", .ordinal = ORDINAL_DOT},
    {.name = "french", .codes = "fr", .apostrophe = APOSTROPHE_SEPARATES},
    {.name = "german",
     .codes = "de",
     .variants = "german2",
     .ordinal = ORDINAL_DOT,
     .abbreviations = WORDS(german_abbreviations),
     .before_number = WORDS(german_before_number)},
    {.name = "hungarian", .codes = "hu", .ordinal = ORDINAL_DOT},
    {.name = "indonesian", .codes = "id"},
    {.name = "irish", .codes = "ga"},
    {.name = "italian", .codes = "it", .apostrophe = APOSTROPHE_SEPARATES},
    {.name = "lithuanian", .codes = "lt"},
    {.name = "nepali", .codes = "ne"},
    {.name = "norwegian", .codes = "no nb nn", .ordinal = ORDINAL_DOT},
    {.name = "portuguese", .codes = "pt"},
    {.name = "romanian", .codes = "ro"},
    {.name = "russian", .codes = "ru"},
    {.name = "spanish", .codes = "es"},
    {.name = "swedish", .codes = "sv"},
    {.name = "tamil", .codes = "ta"},
    {.name = "turkish", .codes = "tr"},
};

static int compare_words(const void *key, const void *element)
{
    return text_compare(*(const struct text *)key,
                        text_from(*(const char *const *)element));
}

bool language_words_have(struct language_words list, struct text word)
{
    return list.count > 0 && bsearch(&word, list.words, list.count,
                                     sizeof *list.words, compare_words);
}

bool language_list_has(const char *list, struct text word)
{
    struct text rest = text_from(list), item;
    while (text_split(&rest, ' ', &item))
        if (text_equal(item, word))
            return true;
    return false;
}

const struct language *language_find(const char *name)
{
    struct text wanted = text_from(name);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        const struct language *l = &languages[i];
        if (text_is(wanted, l->name) || language_list_has(l->codes, wanted) ||
            language_list_has(l->variants, wanted))
            return l;
    }
    return NULL;
}

const char *language_canonical(const struct language *language,
                               const char *name)
{
    bool is_code =
        language && language_list_has(language->codes, text_from(name));
    return is_code ? language->name : name;
}
