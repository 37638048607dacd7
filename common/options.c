#include "common/options.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/strbuf.h"
#include "common/text.h"

struct parser {
    const struct option_table *table;
    void *settings;
    char *const *next; /* the next word of the command line */
    struct error *err;
    bool stopped;
};

/* An option as it was typed: for messages. */
struct typed {
    const char *dashes;
    struct text name;
};

static const struct option *find_name(const struct option_table *table,
                                      struct text name)
{
    for (size_t i = 0; i < table->count; i++)
        if (text_is(name, table->rows[i].name))
            return &table->rows[i];
    return NULL;
}

static const struct option *find_letter(const struct option_table *table,
                                        char letter)
{
    for (size_t i = 0; i < table->count; i++)
        if (letter && table->rows[i].letter == letter)
            return &table->rows[i];
    return NULL;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Levenshtein's distance, row by row; names of options are short. */
static size_t distance(struct text a, struct text b)
{
    enum { LONGEST = 40 };
    size_t row[LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t changed = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            row[j] = smallest(changed, above + 1, row[j - 1] + 1);
            diagonal = above;
        }
    }
    return row[b.len];
}

static enum status unknown_name(struct parser *p, struct text name)
{
    const char *nearest = NULL;
    size_t least = 3;
    for (size_t i = 0; i < p->table->count; i++) {
        struct text known = text_from(p->table->rows[i].name);
        size_t d = text_starts_with(known, name) ? 1 : distance(name, known);
        if (d < least && d < name.len) {
            least = d;
            nearest = known.ptr;
        }
    }
    if (!nearest)
        return error_set(p->err, STATUS_USAGE, "unknown option '--%.*s'",
                         TEXT_ARG(name));
    return error_set(p->err, STATUS_USAGE,
                     "unknown option '--%.*s'; did you mean '--%s'?",
                     TEXT_ARG(name), nearest);
}

static enum status not_a(struct parser *p, struct typed typed,
                         const char *wanted, const char *value)
{
    return error_set(p->err, STATUS_USAGE, "option '%s%.*s' needs %s, not '%s'",
                     typed.dashes, TEXT_ARG(typed.name), wanted, value);
}

/* Binary multiples; 0 for a suffix that is none. */
static int64_t size_unit(const char *suffix)
{
    static const char letters[] = "KMGT";
    if (*suffix == '\0')
        return 1;
    const char *found = strchr(letters, toupper((unsigned char)*suffix));
    if (!found || suffix[1] != '\0')
        return 0;
    return INT64_C(1) << 10 * (found - letters + 1);
}

static enum status out_of_range(struct parser *p, struct typed typed,
                                const char *edge, int64_t limit)
{
    return error_set(p->err, STATUS_USAGE,
                     "option '%s%.*s' must be at %s %" PRId64, typed.dashes,
                     TEXT_ARG(typed.name), edge, limit);
}

static enum status store_number(struct parser *p, const struct option *row,
                                struct typed typed, const char *value)
{
    bool size = row->kind == OPTION_SIZE;
    const char *wanted = size ? "a size such as 64M" : "a number";
    const char *digits = *value == '-' ? value + 1 : value;
    if (*digits < '0' || *digits > '9')
        return not_a(p, typed, wanted, value);
    char *suffix;
    int64_t number = strtoll(value, &suffix, 10); /* clamps what is too large */
    int64_t unit = size ? size_unit(suffix) : *suffix == '\0';
    if (unit == 0)
        return not_a(p, typed, wanted, value);
    if (__builtin_mul_overflow(number, unit, &number))
        number = *value == '-' ? INT64_MIN : INT64_MAX;
    int64_t max = row->max ? row->max : INT64_MAX - 1;
    if (number < row->min)
        return out_of_range(p, typed, "least", row->min);
    if (number > max)
        return out_of_range(p, typed, "most", max);
    memcpy((char *)p->settings + row->member, &number, sizeof number);
    return STATUS_OK;
}

static void store_int(struct parser *p, const struct option *row, int value)
{
    memcpy((char *)p->settings + row->member, &value, sizeof value);
}

static enum status store_choice(struct parser *p, const struct option *row,
                                struct typed typed, const char *value)
{
    AUTO_DONE(strbuf) known = STRBUF_INIT(sizeof p->err->message);
    for (int i = 0; row->choices[i]; i++) {
        if (strcmp(row->choices[i], value) == 0) {
            store_int(p, row, row->value + i + (row->kind == OPTION_STOP_OR));
            return STATUS_OK;
        }
        strbuf_append_format(&known, "%s%s", i ? ", " : "one of ",
                             row->choices[i]);
    }
    return not_a(p, typed, strbuf_string(&known), value);
}

/* One of several that exclude each other. */
static enum status store_command(struct parser *p, const struct option *row,
                                 struct typed typed)
{
    int present;
    memcpy(&present, (char *)p->settings + row->member, sizeof present);
    for (size_t i = 0; present != 0 && i < p->table->count; i++) {
        const struct option *other = &p->table->rows[i];
        if (other->kind == OPTION_COMMAND && other->member == row->member &&
            other->value == present && present != row->value)
            return error_set(p->err, STATUS_USAGE,
                             "options '--%s' and '%s%.*s' exclude each other",
                             other->name, typed.dashes, TEXT_ARG(typed.name));
    }
    store_int(p, row, row->value);
    return STATUS_OK;
}

static enum status store(struct parser *p, const struct option *row,
                         struct typed typed, const char *value)
{
    switch (row->kind) {
    case OPTION_FLAG:
    case OPTION_STOP:
        store_int(p, row, row->value);
        p->stopped = row->kind == OPTION_STOP;
        return STATUS_OK;
    case OPTION_STOP_OR:
        p->stopped = true;
        if (value)
            return store_choice(p, row, typed, value);
        store_int(p, row, row->value);
        return STATUS_OK;
    case OPTION_COMMAND:
        return store_command(p, row, typed);
    case OPTION_STRING:
        memcpy((char *)p->settings + row->member, &value, sizeof value);
        return STATUS_OK;
    case OPTION_NUMBER:
    case OPTION_SIZE:
        return store_number(p, row, typed, value);
    case OPTION_CHOICE:
    case OPTION_CHOICE_OR:
        return store_choice(p, row, typed, value);
    }
    return STATUS_OK;
}

static bool is_flag(const struct option *row)
{
    return row->kind == OPTION_FLAG || row->kind == OPTION_STOP ||
           row->kind == OPTION_STOP_OR || row->kind == OPTION_COMMAND;
}

/* The argument is the rest of the word, if it has one, or the next word. */
static enum status take(struct parser *p, const struct option *row,
                        struct typed typed, const char *value)
{
    if (!value && row->kind == OPTION_CHOICE_OR)
        value = row->choices[0];
    else if (!value)
        value = *p->next ? *p->next++ : NULL;
    if (!value)
        return error_set(p->err, STATUS_USAGE, "option '%s%.*s' takes a value",
                         typed.dashes, TEXT_ARG(typed.name));
    return store(p, row, typed, value);
}

static enum status parse_long(struct parser *p, const char *word)
{
    const char *equals = strchr(word, '=');
    struct typed typed = {"--", equals
                                    ? text_make(word, (size_t)(equals - word))
                                    : text_from(word)};
    const struct option *row = find_name(p->table, typed.name);
    if (!row)
        return unknown_name(p, typed.name);
    if (!is_flag(row))
        return take(p, row, typed, equals ? equals + 1 : NULL);
    if (equals && row->kind == OPTION_STOP_OR)
        return store(p, row, typed, equals + 1);
    if (equals)
        return error_set(p->err, STATUS_USAGE, "option '--%s' takes no value",
                         row->name);
    return store(p, row, typed, NULL);
}

static enum status parse_letters(struct parser *p, const char *letters)
{
    for (; *letters && !p->stopped; letters++) {
        struct typed typed = {"-", text_make(letters, 1)};
        const struct option *row = find_letter(p->table, *letters);
        if (!row)
            return error_set(p->err, STATUS_USAGE, "unknown option '-%c'",
                             *letters);
        if (!is_flag(row))
            return take(p, row, typed, letters[1] ? letters + 1 : NULL);
        enum status st = store(p, row, typed, NULL);
        if (st)
            return st;
    }
    return STATUS_OK;
}

enum status options_parse(void *settings, char *const **operands,
                          const struct option_table *table, char *const *argv,
                          struct error *err)
{
    struct parser p = {table, settings, *argv ? argv + 1 : argv, err, false};
    while (!p.stopped && *p.next) {
        const char *word = *p.next;
        if (word[0] != '-' || word[1] == '\0')
            break;
        p.next++;
        if (strcmp(word, "--") == 0)
            break;
        enum status st = word[1] == '-' ? parse_long(&p, word + 2)
                                        : parse_letters(&p, word + 1);
        if (st)
            return st;
    }
    *operands = p.next;
    return STATUS_OK;
}
