/* Functions that no file of this project may call. Every C file gets this
 * header by the build (-include), so that a call is a compile error that names
 * the function and nobody has to remember the rule. */
#ifndef COMMON_BANNED_H
#define COMMON_BANNED_H

#ifndef __cplusplus

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets
#pragma GCC poison strtok strtok_r atoi atol atoll atof
#pragma GCC poison localtime gmtime ctime asctime tmpnam mktemp

#endif
#endif
