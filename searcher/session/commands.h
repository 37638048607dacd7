/* What can be told to a session beside a query: a name behind a slash
 * (/open 3), a letter alone (n), or ?. */
#ifndef SEARCHER_SESSION_COMMANDS_H
#define SEARCHER_SESSION_COMMANDS_H

#include <stddef.h>

#include "common/compiler.h"
#include "common/error.h"
#include "common/text.h"

enum command_argument {
    ARGUMENT_NONE,
    ARGUMENT_NUMBER, /* of an article; such a name needs no slash: open 3 */
    ARGUMENT_TEXT
};

struct session;
struct told;

struct command {
    const char *name;
    char letter; /* or 0 */
    enum command_argument argument;
    const char *shown; /* the argument in the help; NULL for none */
    const char *help;
    enum status (*run)(struct session *s, const struct told *told,
                       struct error *err);
};

/* A line that is a command. */
struct told {
    const struct command *command;
    struct text name; /* as typed, without the slash */
    struct text argument;
    size_t number; /* of ARGUMENT_NUMBER */
};

enum commands_kind {
    COMMANDS_QUERY, /* it is none */
    COMMANDS_TOLD,
    COMMANDS_NUMBER /* nothing but a number, in `number` */
};

/* STATUS_USAGE for a slash before something else, or an argument that is
 * missing. A line without anything is the command `list`. */
enum status commands_parse(enum commands_kind *kind, struct told *out,
                           struct text line, struct error *err) NODISCARD;

/* In the order of the help. */
extern const struct command commands[];
extern const size_t commands_count;

/* NULL if there is none; narrowings have one in common. */
const struct command *commands_find(struct text name);

#endif
