#include "searcher/stopwords.h"

#include <stdlib.h>

#include "common/language.h"

/* Folded, as the analyzer folds them; French and Italian have the letters that
 * elision leaves. */

static const char *const dutch[] = {
    "aan",    "af",      "al",      "alle",   "alles",   "als",    "altijd",
    "andere", "ben",     "bent",    "bij",    "daar",    "daarom", "dan",
    "dat",    "de",      "deze",    "die",    "dit",     "doch",   "doen",
    "door",   "dus",     "echter",  "een",    "eens",    "en",     "enige",
    "er",     "erg",     "ge",      "geen",   "geweest", "haar",   "had",
    "hadden", "heb",     "hebben",  "heeft",  "hem",     "het",    "hier",
    "hij",    "hoe",     "hun",     "iemand", "iets",    "ik",     "in",
    "is",     "ja",      "je",      "jij",    "jou",     "jouw",   "jullie",
    "kan",    "kon",     "konden",  "kunnen", "maar",    "me",     "meer",
    "men",    "met",     "mij",     "mijn",   "mocht",   "moest",  "moet",
    "moeten", "mogen",   "na",      "naar",   "net",     "niet",   "niets",
    "nog",    "nu",      "of",      "om",     "omdat",   "ons",    "onze",
    "ook",    "op",      "over",    "reeds",  "samen",   "sinds",  "te",
    "tegen",  "tijdens", "toch",    "toen",   "tot",     "tussen", "u",
    "uit",    "uw",      "van",     "vanaf",  "veel",    "voor",   "vooral",
    "waar",   "waarom",  "wanneer", "want",   "waren",   "was",    "wat",
    "we",     "weer",    "wel",     "welke",  "werd",    "werden", "wezen",
    "wie",    "wij",     "wil",     "worden", "wordt",   "zal",    "ze",
    "zeer",   "zei",     "zelf",    "zich",   "zij",     "zijn",   "zo",
    "zoals",  "zonder",  "zou",     "zouden", "zullen",
};

static const char *const english[] = {
    "a",          "about",      "above",     "after",     "again",   "against",
    "all",        "also",       "am",        "an",        "and",     "any",
    "are",        "aren't",     "as",        "at",        "be",      "because",
    "been",       "before",     "being",     "below",     "between", "both",
    "but",        "by",         "can",       "can't",     "cannot",  "could",
    "couldn't",   "did",        "didn't",    "do",        "does",    "doesn't",
    "doing",      "don't",      "down",      "during",    "each",    "few",
    "for",        "from",       "further",   "had",       "hadn't",  "has",
    "hasn't",     "have",       "haven't",   "having",    "he",      "her",
    "here",       "hers",       "herself",   "him",       "himself", "his",
    "how",        "i",          "i'm",       "i've",      "if",      "in",
    "into",       "is",         "isn't",     "it",        "its",     "itself",
    "just",       "me",         "more",      "most",      "mustn't", "my",
    "myself",     "no",         "nor",       "not",       "of",      "off",
    "on",         "once",       "only",      "or",        "other",   "ought",
    "our",        "ours",       "ourselves", "out",       "over",    "own",
    "same",       "she",        "should",    "shouldn't", "so",      "some",
    "such",       "than",       "that",      "the",       "their",   "theirs",
    "them",       "themselves", "then",      "there",     "these",   "they",
    "this",       "those",      "through",   "to",        "too",     "under",
    "until",      "up",         "very",      "was",       "wasn't",  "we",
    "were",       "weren't",    "what",      "when",      "where",   "which",
    "while",      "whom",       "why",       "will",      "with",    "won't",
    "would",      "wouldn't",   "you",       "your",      "yours",   "yourself",
    "yourselves",
};

static const char *const french[] = {
    "a",      "ai",      "ainsi",     "alors",   "apres",    "as",
    "au",     "aucun",   "aucune",    "aussi",   "autre",    "autres",
    "aux",    "avaient", "avait",     "avant",   "avec",     "avoir",
    "ayant",  "c",       "ce",        "ceci",    "cela",     "celle",
    "celles", "celui",   "cependant", "ces",     "cet",      "cette",
    "ceux",   "chaque",  "chez",      "ci",      "comme",    "d",
    "dans",   "de",      "depuis",    "des",     "donc",     "dont",
    "du",     "elle",    "elles",     "en",      "encore",   "entre",
    "es",     "est",     "et",        "etaient", "etait",    "etant",
    "etre",   "eu",      "eux",       "fait",    "furent",   "fut",
    "il",     "ils",     "j",         "je",      "l",        "la",
    "le",     "les",     "leur",      "leurs",   "lors",     "lui",
    "m",      "ma",      "mais",      "me",      "meme",     "memes",
    "mes",    "moi",     "moins",     "mon",     "n",        "ne",
    "ni",     "non",     "nos",       "notre",   "nous",     "on",
    "ont",    "ou",      "par",       "parce",   "pas",      "pendant",
    "peu",    "peut",    "plus",      "pour",    "pourquoi", "qu",
    "quand",  "que",     "quel",      "quelle",  "quelles",  "quels",
    "qui",    "quoi",    "s",         "sa",      "sans",     "se",
    "selon",  "sera",    "seront",    "ses",     "si",       "sien",
    "son",    "sont",    "sous",      "sur",     "t",        "ta",
    "te",     "tes",     "toi",       "ton",     "tous",     "tout",
    "toute",  "toutes",  "tres",      "tu",      "un",       "une",
    "vers",   "vos",     "votre",     "vous",    "y",
};

static const char *const german[] = {
    "aber",   "alle",    "allem",   "allen",    "aller",  "alles",   "als",
    "also",   "am",      "an",      "auch",     "auf",    "aus",     "bei",
    "beim",   "bin",     "bis",     "bist",     "da",     "dadurch", "daher",
    "damit",  "dann",    "das",     "dass",     "dem",    "den",     "denn",
    "der",    "des",     "deshalb", "dessen",   "die",    "dies",    "diese",
    "diesem", "diesen",  "dieser",  "dieses",   "doch",   "dort",    "du",
    "durch",  "ein",     "eine",    "einem",    "einen",  "einer",   "eines",
    "er",     "es",      "fur",     "hab",      "habe",   "haben",   "hat",
    "hatte",  "hatten",  "hier",    "hinter",   "ich",    "ihm",     "ihn",
    "ihnen",  "ihr",     "ihre",    "ihrem",    "ihren",  "ihrer",   "im",
    "in",     "ist",     "ja",      "jede",     "jedem",  "jeden",   "jeder",
    "jedes",  "jener",   "jenes",   "jetzt",    "kann",   "kannst",  "konnen",
    "konnte", "mit",     "muss",    "mussen",   "musst",  "nach",    "nachdem",
    "nein",   "nicht",   "noch",    "nun",      "nur",    "ob",      "oder",
    "ohne",   "sehr",    "sein",    "seine",    "seinem", "seinen",  "seiner",
    "sich",   "sie",     "sind",    "so",       "solche", "soll",    "sollen",
    "sollte", "sondern", "uber",    "um",       "und",    "uns",     "unser",
    "unter",  "vom",     "von",     "vor",      "wann",   "war",     "waren",
    "was",    "weil",    "welche",  "wenn",     "wer",    "werden",  "wie",
    "wieder", "wir",     "wird",    "wirst",    "wo",     "wurde",   "wurden",
    "zu",     "zum",     "zur",     "zwischen",
};

static const char *const italian[] = {
    "a",       "ad",     "agli",   "ai",      "al",     "alla",   "alle",
    "allo",    "altri",  "altro",  "anche",   "ancora", "avere",  "aveva",
    "avevano", "c",      "che",    "chi",     "ci",     "cioe",   "col",
    "come",    "con",    "contro", "cosi",    "cui",    "d",      "da",
    "dagli",   "dai",    "dal",    "dalla",   "dalle",  "dallo",  "degli",
    "dei",     "del",    "dell",   "della",   "delle",  "dello",  "dentro",
    "di",      "dopo",   "dove",   "durante", "e",      "ed",     "era",
    "erano",   "essere", "fa",     "fra",     "fu",     "furono", "gli",
    "ha",      "hai",    "hanno",  "ho",      "i",      "il",     "in",
    "io",      "l",      "la",     "le",      "lei",    "li",     "lo",
    "loro",    "lui",    "m",      "ma",      "me",     "mentre", "mi",
    "mio",     "molto",  "ne",     "negli",   "nei",    "nel",    "nella",
    "nelle",   "nello",  "noi",    "non",     "nostra", "nostre", "nostri",
    "nostro",  "o",      "ogni",   "per",     "perche", "percio", "pero",
    "piu",     "poco",   "poi",    "qual",    "quale",  "quali",  "quando",
    "quanto",  "quella", "quelle", "quelli",  "quello", "questa", "queste",
    "questi",  "questo", "qui",    "quindi",  "s",      "sara",   "se",
    "sei",     "senza",  "si",     "sia",     "siamo",  "siano",  "solo",
    "sono",    "sopra",  "sotto",  "su",      "sua",    "sue",    "sugli",
    "sui",     "sul",    "sulla",  "sulle",   "suo",    "suoi",   "t",
    "ti",      "tra",    "tu",     "tutta",   "tutte",  "tutti",  "tutto",
    "un",      "una",    "uno",    "v",       "vi",     "voi",
};

static const char *const portuguese[] = {
    "a",       "ainda",   "alem",   "algo",    "alguem",  "algum",   "alguma",
    "algumas", "alguns",  "antes",  "ao",      "aos",     "apenas",  "apos",
    "aquela",  "aquelas", "aquele", "aqueles", "aquilo",  "as",      "assim",
    "ate",     "cada",    "com",    "como",    "contra",  "cuja",    "cujo",
    "da",      "das",     "de",     "dela",    "dele",    "deles",   "depois",
    "desde",   "dessa",   "desse",  "desta",   "deste",   "do",      "dos",
    "durante", "e",       "ela",    "elas",    "ele",     "eles",    "em",
    "entre",   "era",     "eram",   "essa",    "essas",   "esse",    "esses",
    "esta",    "estao",   "estas",  "este",    "estes",   "eu",      "foi",
    "for",     "foram",   "fosse",  "ha",      "isso",    "isto",    "ja",
    "la",      "lhe",     "lhes",   "mais",    "mas",     "me",      "mesma",
    "mesmo",   "meu",     "meus",   "minha",   "minhas",  "muito",   "na",
    "nao",     "nas",     "nem",    "nenhum",  "nenhuma", "no",      "nos",
    "nossa",   "nossas",  "nosso",  "nossos",  "num",     "numa",    "o",
    "onde",    "os",      "ou",     "outra",   "outras",  "outro",   "outros",
    "para",    "pela",    "pelas",  "pelo",    "pelos",   "perante", "pois",
    "por",     "porem",   "porque", "quais",   "qual",    "quando",  "quanto",
    "que",     "quem",    "sao",    "se",      "seja",    "sem",     "sempre",
    "sendo",   "ser",     "sera",   "seu",     "seus",    "si",      "sido",
    "sob",     "sobre",   "sua",    "suas",    "tambem",  "te",      "tem",
    "teve",    "tinha",   "toda",   "todas",   "todo",    "todos",   "tu",
    "um",      "uma",     "umas",   "uns",     "voce",    "vos",
};

static const char *const spanish[] = {
    "a",        "al",       "algo",     "algun",    "alguna", "algunas",
    "alguno",   "algunos",  "ante",     "antes",    "aquel",  "aquella",
    "aquellos", "aqui",     "asi",      "aun",      "aunque", "cada",
    "como",     "con",      "contra",   "cual",     "cuales", "cuando",
    "cuya",     "cuyo",     "de",       "del",      "desde",  "donde",
    "durante",  "e",        "el",       "ella",     "ellas",  "ellos",
    "en",       "entre",    "era",      "eran",     "eres",   "es",
    "esa",      "esas",     "ese",      "eso",      "esos",   "esta",
    "estaba",   "estan",    "estas",    "este",     "esto",   "estos",
    "fue",      "fueron",   "ha",       "haber",    "habia",  "habian",
    "han",      "has",      "hasta",    "hay",      "he",     "la",
    "las",      "le",       "les",      "lo",       "los",    "mas",
    "me",       "mi",       "mientras", "mis",      "mucho",  "muchos",
    "muy",      "nada",     "ni",       "no",       "nos",    "nosotros",
    "nuestra",  "nuestras", "nuestro",  "nuestros", "o",      "otra",
    "otras",    "otro",     "otros",    "para",     "pero",   "poco",
    "por",      "porque",   "pues",     "que",      "quien",  "quienes",
    "se",       "sea",      "sean",     "segun",    "ser",    "sera",
    "si",       "sido",     "siempre",  "sin",      "sino",   "sobre",
    "son",      "soy",      "su",       "sus",      "suyo",   "tambien",
    "tan",      "tanto",    "te",       "tiene",    "tienen", "toda",
    "todas",    "todo",     "todos",    "tras",     "tu",     "tus",
    "u",        "un",       "una",      "unas",     "uno",    "unos",
    "vosotros", "y",        "ya",       "yo",
};

static const char *const swedish[] = {
    "aldrig", "alla",   "allt",   "alltid", "an",     "ar",     "at",
    "att",    "av",     "bade",   "bara",   "bland",  "blev",   "bli",
    "blir",   "blivit", "bor",    "da",     "dar",    "darfor", "de",
    "dem",    "den",    "denna",  "deras",  "dess",   "dessa",  "det",
    "detta",  "dig",    "din",    "dina",   "dit",    "ditt",   "du",
    "efter",  "ej",     "eller",  "en",     "er",     "era",    "ert",
    "ett",    "finns",  "for",    "fore",   "fran",   "hade",   "han",
    "hans",   "har",    "helt",   "henne",  "hennes", "hit",    "hon",
    "honom",  "hur",    "i",      "icke",   "igen",   "in",     "infor",
    "ingen",  "inget",  "innan",  "inom",   "inte",   "jag",    "kan",
    "kommer", "kunde",  "man",    "maste",  "med",    "mellan", "men",
    "mer",    "mig",    "min",    "mina",   "mitt",   "mot",    "mycket",
    "nagon",  "nagot",  "nagra",  "nar",    "nej",    "ni",     "nog",
    "nu",     "och",    "ocksa",  "om",     "oss",    "over",   "pa",
    "sa",     "sadan",  "sadana", "sadant", "samma",  "sedan",  "sig",
    "sin",    "sina",   "sitt",   "sjalv",  "ska",    "skall",  "skulle",
    "som",    "till",   "tills",  "trots",  "under",  "upp",    "ur",
    "ut",     "utan",   "vad",    "var",    "vara",   "varfor", "varit",
    "varje",  "vars",   "vart",   "vem",    "vi",     "vid",    "vilka",
    "vilken", "vilket", "vill",
};

struct list {
    const char *language;
    struct stopwords words;
};

#define LIST(language)                                                         \
    {                                                                          \
#language,                                                             \
        {                                                                      \
            language, sizeof language / sizeof *language                       \
        }                                                                      \
    }

static const struct list lists[] = {
    LIST(dutch),   LIST(english),    LIST(french),  LIST(german),
    LIST(italian), LIST(portuguese), LIST(spanish), LIST(swedish),
};

struct stopwords stopwords_of(const char *language)
{
    const struct language *known = language_find(language);
    for (size_t i = 0; known && i < sizeof lists / sizeof *lists; i++)
        if (text_is(text_from(lists[i].language), known->name))
            return lists[i].words;
    return (struct stopwords){NULL, 0};
}

static int compare(const void *key, const void *element)
{
    const struct text *word = key;
    const char *const *listed = element;
    return text_compare(*word, text_from(*listed));
}

bool stopwords_contains(struct stopwords list, struct text folded_word)
{
    return list.count > 0 && bsearch(&folded_word, list.words, list.count,
                                     sizeof *list.words, compare) != NULL;
}
