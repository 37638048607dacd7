#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "common/standard_streams.h"

Test(standard_streams, no_file_takes_the_place_of_a_closed_stream)
{
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    standard_streams_open();
    int fd = open("/dev/null", O_RDWR);
    cr_assert_gt(fd, STDERR_FILENO);
    close(fd);
}

Test(standard_streams, a_closed_stream_still_fails)
{
    char byte = 'x';
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    standard_streams_open();
    cr_assert_lt(read(STDIN_FILENO, &byte, 1), 0);
    cr_assert_lt(write(STDOUT_FILENO, &byte, 1), 0);
}

Test(standard_streams, open_streams_stay_as_they_are)
{
    int ends[2];
    char byte = 'x';
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[1], STDOUT_FILENO), STDOUT_FILENO);
    standard_streams_open();
    cr_assert_eq(write(STDOUT_FILENO, &byte, 1), 1);
    cr_assert_eq(read(ends[0], &byte, 1), 1);
    close(ends[0]);
    close(ends[1]);
}

Test(standard_streams, what_could_be_written_is_no_error)
{
    struct error err = ERROR_NONE;
    cr_assert_not_null(freopen("/dev/null", "w", stdout));
    fputs("text", stdout);
    cr_assert_eq(standard_streams_finish(&err), STATUS_OK);
}

Test(standard_streams, what_could_not_be_written_is_told_at_the_end)
{
    struct error err = ERROR_NONE;
    cr_assert_not_null(freopen("/dev/full", "w", stdout));
    fputs("text", stdout);
    cr_assert_eq(standard_streams_finish(&err), STATUS_IO);
    cr_assert_str_eq(err.message,
                     "cannot write 'stdout': No space left on device");
}

Test(standard_streams, a_write_that_failed_long_ago_is_told_at_the_end)
{
    struct error err = ERROR_NONE;
    cr_assert_not_null(freopen("/dev/full", "w", stdout));
    fputs("text", stdout);
    cr_assert_neq(fflush(stdout), 0);
    cr_assert_eq(standard_streams_finish(&err), STATUS_IO);
}
