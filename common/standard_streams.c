#include "common/standard_streams.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void standard_streams_open(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        int wrong_way = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", wrong_way) != fd)
            return; /* without /dev/null there is nothing to put there */
    }
}

enum status standard_streams_finish(struct error *err)
{
    int earlier = ferror(stdout);
    if (fflush(stdout) != 0)
        return error_io(err, "write", "stdout");
    return earlier ? error_set(err, STATUS_IO, "cannot write all to 'stdout'")
                   : STATUS_OK;
}
