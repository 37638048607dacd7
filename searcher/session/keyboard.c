#include "searcher/session/keyboard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "common/text.h"

#define ENTER_SCREEN "\x1b[?1049h\x1b[?25l"
#define LEAVE_SCREEN "\x1b[?25h\x1b[?1049l"

enum {
    ESC = 0x1b,
    ESCAPE_WAIT_MS = 50, /* for the rest of a sequence */
    SEQUENCE_MAX = 16
};

static const int deadly[] = {SIGTERM, SIGHUP};
enum { DEADLY = sizeof deadly / sizeof *deadly };

static struct termios usual;
static struct sigaction before_deadly[DEADLY], before_resizing;
static volatile sig_atomic_t resized;

static void restore(void)
{
    (void)!write(STDOUT_FILENO, LEAVE_SCREEN, sizeof LEAVE_SCREEN - 1);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &usual);
}

static void on_deadly(int number)
{
    restore();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_resize(int number)
{
    (void)number;
    resized = 1;
}

static void catch_signals(void)
{
    /* Without SA_RESTART: reading is to be woken. */
    struct sigaction action = {.sa_handler = on_resize};
    sigemptyset(&action.sa_mask);
    sigaction(SIGWINCH, &action, &before_resizing);
    action.sa_handler = on_deadly;
    for (size_t i = 0; i < DEADLY; i++)
        sigaction(deadly[i], &action, &before_deadly[i]);
}

enum status keyboard_open(struct error *err)
{
    if (tcgetattr(STDIN_FILENO, &usual) != 0)
        return error_io(err, "ask", "the terminal");
    struct termios raw = usual;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    catch_signals();
    if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) != 0)
        return error_io(err, "set", "the terminal");
    (void)!write(STDOUT_FILENO, ENTER_SCREEN, sizeof ENTER_SCREEN - 1);
    return STATUS_OK;
}

void keyboard_close(void)
{
    restore();
    sigaction(SIGWINCH, &before_resizing, NULL);
    for (size_t i = 0; i < DEADLY; i++)
        sigaction(deadly[i], &before_deadly[i], NULL);
}

/* --- keys ----------------------------------------------------------------- */

enum key keyboard_key(struct text sequence)
{
    static const struct {
        const char *sequence;
        enum key key;
    } keys[] = {
        {"", KEY_ESCAPE},  {"[A", KEY_UP},         {"[B", KEY_DOWN},
        {"OA", KEY_UP},    {"OB", KEY_DOWN},       {"[5~", KEY_PAGE_UP},
        {"[H", KEY_FIRST}, {"[6~", KEY_PAGE_DOWN}, {"[F", KEY_LAST},
        {"OH", KEY_FIRST}, {"OF", KEY_LAST},       {"[1~", KEY_FIRST},
        {"[4~", KEY_LAST},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_is(sequence, keys[i].sequence))
            return keys[i].key;
    return KEY_UNKNOWN;
}

static int read_byte(void)
{
    unsigned char byte;
    const ssize_t got = read(STDIN_FILENO, &byte, 1);
    if (got == 1)
        return byte;
    return got < 0 && errno == EINTR && resized ? KEY_RESIZED
                                                : KEY_END_OF_INPUT;
}

static bool more_comes(void)
{
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    return poll(&input, 1, ESCAPE_WAIT_MS) == 1;
}

static int read_sequence(void)
{
    char bytes[SEQUENCE_MAX];
    size_t len = 0;
    while (len < sizeof bytes && more_comes()) {
        const int byte = read_byte();
        if (byte < 0 || byte > 0xff)
            break;
        bytes[len++] = (char)byte;
        if (len > 1 && byte >= '@' && byte <= '~')
            break;
    }
    return keyboard_key(text_make(bytes, len));
}

int keyboard_read(void)
{
    if (resized) {
        resized = 0;
        return KEY_RESIZED;
    }
    const int byte = read_byte();
    if (byte == KEY_RESIZED)
        resized = 0;
    return byte == ESC ? read_sequence() : byte;
}
