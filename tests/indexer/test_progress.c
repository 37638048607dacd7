#include "indexer/progress.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "common/strbuf.h"

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

static void begin(struct progress *p, struct messages *m, FILE *stream,
                  enum message_level level)
{
    message_init(m, "test", stream);
    m->level = level;
    progress_init(p, m);
    progress_stage(p, "read", 3000000);
}

Test(progress, says_nothing_where_there_is_no_terminal)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    struct progress p;
    struct messages m;
    begin(&p, &m, out, MESSAGE_NORMAL);
    cr_assert_eq(p.form, PROGRESS_NONE);
    p.last_s -= 100;
    progress_update(&p, 10, 1000);
    progress_clear(&p);
    fclose(out);
    cr_assert_eq(size, 0);
    free(bytes);
}

Test(progress, is_a_line_a_minute_where_messages_are_verbose)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    struct progress p;
    struct messages m;
    begin(&p, &m, out, MESSAGE_VERBOSE);
    p.last_s -= 59;
    progress_update(&p, 10, 1000);
    fflush(out);
    cr_assert_eq(size, 0);
    p.last_s -= 1;
    progress_update(&p, 10, 1500000);
    progress_update(&p, 11, 1500000);
    progress_clear(&p);
    fclose(out);
    cr_assert_eq(strncmp(bytes, "test: read  50% 10 articles, ", 29), 0, "%s",
                 bytes);
    cr_assert_eq(strchr(bytes, '\n'), bytes + size - 1);
    free(bytes);
}

Test(progress, says_nothing_when_messages_are_quiet)
{
    int screen;
    FILE *terminal = open_terminal(&screen);
    struct progress p;
    struct messages m;
    begin(&p, &m, terminal, MESSAGE_QUIET);
    p.last_s -= 100;
    progress_update(&p, 10, 1000);
    progress_clear(&p);
    fflush(terminal);
    cr_assert_str_eq(shown_on(screen), "");
    fclose(terminal);
    close(screen);
}

Test(progress, is_a_bar_now_and_then_that_goes_away)
{
    int screen;
    FILE *terminal = open_terminal(&screen);
    struct progress p;
    struct messages m;
    begin(&p, &m, terminal, MESSAGE_NORMAL);
    progress_update(&p, 1, 1000);
    cr_assert_str_eq(shown_on(screen), "");
    progress_clear(&p); /* of nothing */
    cr_assert_str_eq(shown_on(screen), "");
    wait_ms(250);
    progress_update(&p, 10, 1500000);
    progress_update(&p, 11, 1500000); /* too soon */
    const char *line = shown_on(screen);
    const char expected[] = "\r\033[Kread  50% [####";
    cr_assert_eq(strncmp(line, expected, sizeof expected - 1), 0, "%s", line);
    cr_assert_not_null(strstr(line, "] 10 articles, "));
    cr_assert_null(strstr(line, "11 articles"));
    progress_clear(&p);
    cr_assert_str_eq(shown_on(screen), "\r\033[K");
    progress_clear(&p);
    cr_assert_str_eq(shown_on(screen), "");
    fclose(terminal);
    close(screen);
}

static void prints(const char *expected, struct progress_state state)
{
    AUTO_DONE(strbuf) out = STRBUF_INIT(1000);
    state.stage = "read";
    progress_print(&state, &out);
    cr_assert_str_eq(strbuf_string(&out), expected);
}

#define PRINTS(expected, ...)                                                  \
    prints(expected, (struct progress_state){__VA_ARGS__})

Test(progress, says_how_fast_and_how_long_still)
{
    PRINTS("read 100 articles, 50/s, 1.0 MB/s", .articles = 100,
           .bytes = 2000000, .seconds = 2);
    PRINTS("read  25% 100 articles, 50/s, 1.0 MB/s, 0:00:06 left",
           .articles = 100, .bytes = 2000000, .total_bytes = 8000000,
           .seconds = 2);
    PRINTS("read   1% 100 articles, 0/s, 0.0 MB/s, 27:30:00 left",
           .articles = 100, .bytes = 1, .total_bytes = 100, .seconds = 1000);
    PRINTS("read   0% 0 articles, 0/s, 0.0 MB/s", .total_bytes = 100);
}

Test(progress, a_bar_takes_the_room_there_is)
{
    PRINTS("read  50% [####################....................] 1 articles, "
           "1/s, 0.0 MB/s, 0:00:01 left",
           .articles = 1, .bytes = 1, .total_bytes = 2, .seconds = 1,
           .columns = 200);
    PRINTS("read  50% [###....] 1 articles, 1/s, 0.0 MB/s, 0:00:01 left",
           .articles = 1, .bytes = 1, .total_bytes = 2, .seconds = 1,
           .columns = 60);
    PRINTS("read  50% 1 articles, 1/s, 0.0 MB/s, 0:00:01 left", .articles = 1,
           .bytes = 1, .total_bytes = 2, .seconds = 1, .columns = 56);
    PRINTS("read  50% 1 artic", .articles = 1, .bytes = 1, .total_bytes = 2,
           .seconds = 1, .columns = 18);
}

Test(progress, more_than_all_is_all)
{
    PRINTS("read 100% 1 articles, 1/s, 0.0 MB/s, 0:00:00 left", .articles = 1,
           .bytes = 30, .total_bytes = 20, .seconds = 1);
}
