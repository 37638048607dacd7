/* Names for the few compiler attributes the project uses. */
#ifndef COMMON_COMPILER_H
#define COMMON_COMPILER_H

#define NODISCARD __attribute__((warn_unused_result))
#define NORETURN  __attribute__((noreturn))
#define PRINTF_LIKE(string, first)                                             \
    __attribute__((format(printf, string, first)))

#endif
