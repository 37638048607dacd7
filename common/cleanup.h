/* Release at the end of the scope, in one idiom for the whole project.
 *
 *     DEFINE_AUTO(reader)                  after reader_free() is declared
 *     AUTO(reader) reader = NULL;          reader_free(reader) at scope end
 *     return TAKE(reader);                 gives it away instead
 *
 *     DEFINE_AUTO_DONE(strbuf)             for structs in place: strbuf_done()
 *     AUTO_DONE(strbuf) line = STRBUF_INIT(4096); */
#ifndef COMMON_CLEANUP_H
#define COMMON_CLEANUP_H

#define DEFINE_AUTO(type)                                                      \
    static inline void type##_auto_free(struct type **p)                       \
    {                                                                          \
        type##_free(*p);                                                       \
    }                                                                          \
    struct type

#define AUTO(type) __attribute__((cleanup(type##_auto_free))) struct type *

#define DEFINE_AUTO_DONE(type)                                                 \
    static inline void type##_auto_done(struct type *p)                        \
    {                                                                          \
        type##_done(p);                                                        \
    }                                                                          \
    struct type

#define AUTO_DONE(type) __attribute__((cleanup(type##_auto_done))) struct type

#define TAKE(p)                                                                \
    __extension__({                                                            \
        __typeof__(p) taken_ = (p);                                            \
        (p) = NULL;                                                            \
        taken_;                                                                \
    })

#endif
