#include "indexer/progress.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { SCREEN = 4096 };

static void wait_ms(long ms)
{
    const struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

/* A terminal without anybody in front of it. */
static FILE *open_terminal(int *screen)
{
    *screen = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (*screen < 0 || grantpt(*screen) != 0 || unlockpt(*screen) != 0)
        cr_skip_test("no pseudo-terminals here");
    int fd = open(ptsname(*screen), O_RDWR | O_NOCTTY);
    cr_assert_geq(fd, 0);
    return fdopen(fd, "w");
}

static const char *shown_on(int screen)
{
    static char bytes[SCREEN];
    ssize_t got = read(screen, bytes, sizeof bytes - 1);
    bytes[got > 0 ? got : 0] = '\0';
    return bytes;
}

Test(progress, says_nothing_where_there_is_no_terminal)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    struct progress p;
    progress_init(&p, out, PROGRESS_ON_TERMINAL);
    wait_ms(250);
    progress_update(&p, 10, 1000);
    progress_clear(&p);
    fclose(out);
    cr_assert_eq(size, 0);
    free(bytes);
}

Test(progress, says_nothing_where_it_is_not_wanted)
{
    int screen;
    FILE *terminal = open_terminal(&screen);
    struct progress p;
    progress_init(&p, terminal, PROGRESS_NEVER);
    wait_ms(250);
    progress_update(&p, 10, 1000);
    progress_clear(&p);
    fflush(terminal);
    cr_assert_str_eq(shown_on(screen), "");
    fclose(terminal);
    close(screen);
}

Test(progress, is_a_line_now_and_then_that_goes_away)
{
    int screen;
    FILE *terminal = open_terminal(&screen);
    struct progress p;
    progress_init(&p, terminal, PROGRESS_ON_TERMINAL);
    progress_update(&p, 1, 1000);
    cr_assert_str_eq(shown_on(screen), "");
    progress_clear(&p); /* of nothing */
    cr_assert_str_eq(shown_on(screen), "");
    wait_ms(250);
    progress_update(&p, 10, 1500000);
    progress_update(&p, 11, 1500000); /* too soon */
    const char *line = shown_on(screen);
    const char expected[] = "\r\033[K10 articles, 1.5 MB, ";
    cr_assert_eq(strncmp(line, expected, sizeof expected - 1), 0, "%s", line);
    cr_assert_null(strstr(line, "11 articles"));
    progress_clear(&p);
    cr_assert_str_eq(shown_on(screen), "\r\033[K");
    progress_clear(&p);
    cr_assert_str_eq(shown_on(screen), "");
    fclose(terminal);
    close(screen);
}
