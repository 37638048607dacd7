/* Single keys from the terminal, without echo. While it is open, the screen is
 * another than the one that the session is held on; both are as they were when
 * it is closed, and when a signal ends the program. */
#ifndef SEARCHER_SESSION_KEYBOARD_H
#define SEARCHER_SESSION_KEYBOARD_H

#include "common/compiler.h"
#include "common/error.h"

/* Beside characters. */
enum key {
    KEY_END_OF_INPUT = -1,
    KEY_RESIZED = 256, /* the window was, not a key */
    KEY_UP,
    KEY_DOWN,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_FIRST,
    KEY_LAST,
    KEY_ESCAPE,
    KEY_UNKNOWN
};

/* One at a time; of stdin and stdout. */
enum status keyboard_open(struct error *err) NODISCARD;
void keyboard_close(void);

int keyboard_read(void);

/* The key that bytes behind an ESC stand for: "[A". */
struct text;
enum key keyboard_key(struct text sequence);

#endif
