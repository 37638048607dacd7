#include "common/date_names.h"

#include <stdint.h>
#include <string.h>

#include "common/utf8.h"

enum { MONTHS = 12, WORD_BYTES = 40, CHARACTERS_MIN = 3 };

/* Of those that begin alike, only one month's. */
static const char *const months[MONTHS] = {
    "january januar janvier enero gennaio janeiro jänner stycznia января ocak "
    "ledna ianuarie січня ιανουαρίου tammikuuta",
    "february februar februari février fevrier febrero febbraio fevereiro "
    "feber lutego февраля şubat "
    "února februarie лютого φεβρουαρίου helmikuuta",
    "march märz maerz mars marzo março marco maart marts marca марта mart "
    "března martie maret березня μαρτίου maaliskuuta",
    "april avril abril aprile abr kwietnia апреля nisan "
    "dubna aprilie квітня απριλίου huhtikuuta",
    "may mai mayo maggio maio mei maj maja мая mayıs "
    "května травня μαΐου μαίου toukokuuta",
    "june juni juin junio giugno junho czerwca июня haziran "
    "června iunie червня ιουνίου kesäkuuta",
    "july juli juillet julio luglio julho lipca июля temmuz "
    "července iulie липня ιουλίου heinäkuuta",
    "august août aout agosto augustus augusti sierpnia августа ağustos "
    "srpna agustus серпня αυγούστου elokuuta",
    "september septembre septiembre settembre setembro setiembre wrzesień "
    "września сентября eylül "
    "září septembrie вересня σεπτεμβρίου syyskuuta",
    "october oktober octobre octubre ottobre outubro października октября "
    "ekim "
    "října octombrie жовтня οκτωβρίου lokakuuta",
    "november novembre noviembre novembro listopada ноября kasım "
    "listopadu noiembrie листопада νοεμβρίου marraskuuta",
    "december dezember décembre decembre diciembre dicembre dezembro grudnia "
    "декабря aralık "
    "prosince decembrie desember грудня δεκεμβρίου joulukuuta"};

static const char weekdays[] =
    "monday tuesday tues wednesday thursday thurs friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "segunda terça quarta quinta sexta "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag "
    "søndag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela "
    "понедельник вторник среда четверг пятница суббота воскресенье "
    "пн вт ср чт пт сб вс "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar";

static const char fillers[] = "de del le den the am il dnia at um à a as às "
                              "las alle ore uhr h om uur kl klokken godz o в г "
                              "saat";

/* "É", "Ф", "Φ" and "Ş" in lower case; of other letters than ASCII's,
 * Latin-1's, Turkish, Greek and Russian ones the case stays. Empty if it is too
 * long. */
static struct text lower(struct text word, char out[WORD_BYTES])
{
    size_t to = 0, length;
    for (size_t at = 0; at < word.len; at += length) {
        uint32_t c = utf8_decode(word, at, &length);
        if (c == UTF8_INVALID || to + UTF8_LENGTH_MAX > WORD_BYTES)
            return text_make(NULL, 0);
        bool latin = (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde);
        bool russian = c >= 0x410 && c <= 0x42f;
        bool greek = c >= 0x391 && c <= 0x3a9;
        uint32_t small = latin || russian || greek ? c + 32
                         : c == 0x15e              ? c + 1
                                                   : c;
        to += utf8_encode(small, out + to);
    }
    return text_make(out, to);
}

static size_t count_characters(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.len; i++)
        count += ((unsigned char)t.ptr[i] & 0xc0) != 0x80;
    return count;
}

/* Whether `word` is one of `names`, or with `abbreviated` begins one. */
static bool is_among(struct text word, const char *names, bool abbreviated)
{
    struct text rest = text_from(names), name;
    while (word.len > 0 && text_split(&rest, ' ', &name))
        if (text_equal(name, word) ||
            (abbreviated && text_starts_with(name, word)))
            return true;
    return false;
}

int date_month(struct text word)
{
    char room[WORD_BYTES];
    word = lower(word, room);
    if (count_characters(word) < CHARACTERS_MIN)
        return 0;
    for (int month = 0; month < MONTHS; month++)
        if (is_among(word, months[month], false))
            return month + 1;
    for (int month = 0; month < MONTHS; month++)
        if (is_among(word, months[month], true))
            return month + 1;
    return 0;
}

bool date_is_weekday(struct text word)
{
    char room[WORD_BYTES];
    word = lower(word, room);
    return count_characters(word) >= 2 && is_among(word, weekdays, true);
}

bool date_is_filler(struct text word)
{
    char room[WORD_BYTES];
    return is_among(lower(word, room), fillers, false);
}

bool date_zone(struct text name, int *out, bool *summer)
{
    static const struct {
        char name[5];
        signed char hours;
        bool by_date;
    } zones[] = {
        {"z", 0, false},     {"ut", 0, false},    {"utc", 0, false},
        {"gmt", 0, false},   {"wet", 0, false},   {"bst", 1, false},
        {"west", 1, false},  {"cet", 1, false},   {"mez", 1, false},
        {"cest", 2, false},  {"mesz", 2, false},  {"eet", 2, false},
        {"eest", 3, false},  {"msk", 3, false},   {"jst", 9, false},
        {"aest", 10, false}, {"aedt", 11, false}, {"est", -5, false},
        {"edt", -4, false},  {"cst", -6, false},  {"cdt", -5, false},
        {"mst", -7, false},  {"mdt", -6, false},  {"pst", -8, false},
        {"pdt", -7, false},  {"akst", -9, false}, {"akdt", -8, false},
        {"hst", -10, false}, {"brt", -3, false},  {"art", -3, false},
        {"sast", 2, false},  {"trt", 3, false},   {"pkt", 5, false},
        {"wib", 7, false},   {"hkt", 8, false},   {"sgt", 8, false},
        {"awst", 8, false},  {"kst", 9, false},   {"nzst", 12, false},
        {"nzdt", 13, false}, {"et", -5, true},    {"ct", -6, true},
        {"mt", -7, true},    {"pt", -8, true},
    };
    char room[WORD_BYTES];
    struct text word = lower(name, room);
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (text_is(word, zones[i].name)) {
            *out = zones[i].hours * 3600;
            *summer = zones[i].by_date;
            return true;
        }
    return false;
}
