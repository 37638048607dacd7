/* Writes down what a program does to files, with the data, for replaying it as
 * a power cut would have left it (power_cuts). FAULT_RECORD names the file that
 * gets it; without, nothing is done. Each record is a line
 *
 *     CALL INODE NUMBER LENGTH
 *
 * and then LENGTH bytes: what was written, or a path, or for `rename` two
 * paths with a NUL between them. NUMBER is where a write begins, or the size
 * that a file is cut to. Only what succeeded is recorded. */
#ifndef TESTS_CRASH_RECORD_H
#define TESTS_CRASH_RECORD_H

#include <stddef.h>
#include <sys/types.h>

/* Around a call and its record, so that records are in the order of calls. */
void record_begin(void);
void record_end(void);

void record_write(int fd, const void *bytes, ssize_t written);
void record_pwrite(int fd, const void *bytes, ssize_t written, off_t offset);
void record_truncate(int fd, int answer, off_t size);
void record_fsync(int fd, int answer);

/* `call` on a path that leads to a file afterwards: open or mkdir. */
void record_made(const char *call, const char *path, int answer);
void record_rename(const char *from, const char *to, int answer);
void record_unlink(const char *path, int answer);

#endif
