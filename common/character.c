#include "common/character.h"

#include <utf8proc.h>

#include "common/utf8.h"

#define TEN(x)        x, x, x, x, x, x, x, x, x, x
#define TWENTY_SIX(x) TEN(x), TEN(x), x, x, x, x, x, x

const uint8_t character_ascii[128] = {
    ['\t'] = CHARACTER_SPACE,
    ['\n'] = CHARACTER_LINE_BREAK,
    ['\v'] = CHARACTER_SPACE,
    ['\f'] = CHARACTER_SPACE,
    ['\r'] = CHARACTER_SPACE,
    [' '] = CHARACTER_SPACE,
    ['!'] = CHARACTER_STOP,
    ['"'] = CHARACTER_CLOSER,
    ['&'] = CHARACTER_AMPERSAND,
    ['\''] = CHARACTER_APOSTROPHE,
    [')'] = CHARACTER_CLOSER,
    [','] = CHARACTER_COMMA,
    ['-'] = CHARACTER_HYPHEN,
    ['.'] = CHARACTER_DOT,
    ['0'] = TEN(CHARACTER_DIGIT),
    ['?'] = CHARACTER_STOP,
    ['A'] = TWENTY_SIX(CHARACTER_UPPER),
    [']'] = CHARACTER_CLOSER,
    ['a'] = TWENTY_SIX(CHARACTER_LOWER),
    ['}'] = CHARACTER_CLOSER,
};

struct range {
    uint32_t from, to;
};

/* Sorted. Letters, iteration and sound marks; no punctuation. */
static const struct range cjk_ranges[] = {
    {0x1100, 0x115e},                     /* Hangul Jamo, without the fillers */
    {0x1161, 0x11ff},   {0x2e80, 0x2fd5}, /* radicals */
    {0x3005, 0x3005},                     /* iteration mark */
    {0x3007, 0x3007},                     /* ideographic zero */
    {0x3021, 0x3029},                     /* Hangzhou numerals */
    {0x3031, 0x3035},                     /* kana repeat marks */
    {0x3038, 0x303c}, /* Hangzhou numerals, vertical iteration mark */
    {0x3041, 0x3096}, /* Hiragana */
    {0x3099, 0x309a}, /* combining sound marks */
    {0x309d, 0x309f}, /* iteration marks, yori */
    {0x30a1, 0x30fa}, /* Katakana */
    {0x30fc, 0x30ff}, /* length and iteration marks, koto */
    {0x3131, 0x3163}, /* Hangul compatibility Jamo, without the filler */
    {0x3165, 0x318e},   {0x31f0, 0x31ff}, /* Katakana extensions */
    {0x3400, 0x4dbf},                     /* Han extension A */
    {0x4e00, 0x9fff},                     /* Han */
    {0xa960, 0xa97c},                     /* Hangul Jamo extended A */
    {0xac00, 0xd7a3},                     /* Hangul syllables */
    {0xd7b0, 0xd7fb},                     /* Hangul Jamo extended B */
    {0xf900, 0xfad9},                     /* Han compatibility */
    {0xff66, 0xff9f},                     /* half-width Katakana */
    {0xffa1, 0xffdc},                     /* half-width Hangul */
    {0x1aff0, 0x1b16f},                   /* kana extensions */
    {0x20000, 0x3fffd},                   /* Han extensions B and on */
};

static bool is_cjk(uint32_t c)
{
    if (c >= 0x4e00 && c <= 0x9fff)
        return true;
    if (c < 0x1100)
        return false;
    size_t from = 0, to = sizeof cjk_ranges / sizeof *cjk_ranges;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (c > cjk_ranges[middle].to)
            from = middle + 1;
        else
            to = middle;
    }
    return from < sizeof cjk_ranges / sizeof *cjk_ranges &&
           c >= cjk_ranges[from].from;
}

bool character_extends_cjk(uint32_t c)
{
    return (c >= 0x1161 && c <= 0x11ff) || c == 0x3099 || c == 0x309a ||
           (c >= 0xd7b0 && c <= 0xd7fb) || c == 0xff9e || c == 0xff9f ||
           (c >= 0xffc2 && c <= 0xffdc);
}

/* Characters whose part in words and sentences their category does not tell. */
static enum character punctuation_of(uint32_t c)
{
    switch (c) {
    case 0x00b4: /* acute accent, typed for an apostrophe */
    case 0x02bb: /* okina */
    case 0x02bc:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0xff07:
        return CHARACTER_APOSTROPHE;
    case 0x2010:
    case 0x2011:
        return CHARACTER_HYPHEN;
    case 0x2026:
        return CHARACTER_STOP;
    case 0x3002:
    case 0xff01:
    case 0xff0e:
    case 0xff1f:
    case 0xff61:
        return CHARACTER_CJK_STOP;
    case 0x0085:
    case 0x2028:
        return CHARACTER_LINE_BREAK;
    case 0x2029:
        return CHARACTER_PARAGRAPH_BREAK;
    default:
        return CHARACTER_OTHER;
    }
}

/* Super- and subscript digits; other numbers such as fractions and circled
 * ones are no part of a word. */
static bool is_raised_or_lowered_digit(uint32_t c)
{
    return c == 0xb2 || c == 0xb3 || c == 0xb9 || c == 0x2070 ||
           (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089);
}

static enum character by_category(uint32_t c)
{
    const utf8proc_property_t *property =
        utf8proc_get_property((utf8proc_int32_t)c);
    if (property->ignorable)
        return CHARACTER_IGNORED;
    switch (property->category) {
    case UTF8PROC_CATEGORY_LU:
        return CHARACTER_UPPER;
    case UTF8PROC_CATEGORY_LL:
        return CHARACTER_LOWER;
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return CHARACTER_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return CHARACTER_DIGIT;
    case UTF8PROC_CATEGORY_NO:
        return is_raised_or_lowered_digit(c) ? CHARACTER_DIGIT
                                             : CHARACTER_OTHER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return CHARACTER_MARK;
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PI:
        return CHARACTER_CLOSER;
    case UTF8PROC_CATEGORY_ZS:
        return CHARACTER_SPACE;
    default:
        return CHARACTER_OTHER;
    }
}

enum character character_of(uint32_t code_point)
{
    if (is_cjk(code_point))
        return CHARACTER_CJK;
    enum character c = punctuation_of(code_point);
    return c == CHARACTER_OTHER ? by_category(code_point) : c;
}

enum character character_beyond_ascii(struct text t, size_t at, size_t *length)
{
    uint32_t code_point = utf8_decode(t, at, length);
    return code_point == UTF8_INVALID ? CHARACTER_INVALID
                                      : character_of(code_point);
}
