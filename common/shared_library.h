/* A shared library that is loaded when it is first wanted, because to load it
 * with the program would cost those who never use it.
 *
 * SHARED_LIBRARY(FILE, FUNCTIONS) defines `library`, with a pointer to each of
 * the functions that FUNCTIONS(X) lists as X(name), and load(), which fills
 * them in; `library.loaded` is false where the library or a function is not
 * there. It stays loaded. Once in a file, not for several threads at once. */
#ifndef COMMON_SHARED_LIBRARY_H
#define COMMON_SHARED_LIBRARY_H

#include <dlfcn.h>
#include <stdbool.h>

#define SHARED_LIBRARY_DECLARE(name) __typeof__(&name) name;
#define SHARED_LIBRARY_FILL(name)                                              \
    *(void **)&library.name = handle ? dlsym(handle, #name) : NULL;            \
    library.loaded = library.loaded && library.name;

#define SHARED_LIBRARY(file, FUNCTIONS)                                        \
    static struct {                                                            \
        FUNCTIONS(SHARED_LIBRARY_DECLARE)                                      \
        bool loaded;                                                           \
    } library;                                                                 \
                                                                               \
    static void load(void)                                                     \
    {                                                                          \
        void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);                    \
        library.loaded = handle != NULL;                                       \
        FUNCTIONS(SHARED_LIBRARY_FILL)                                         \
    }

#endif
