/* What a thread is at, for who asks where the time goes (stage_samples.h). Who
 * begins something notes it and puts back what was noted before; that costs
 * two stores, so that words can do it. */
#ifndef COMMON_STAGE_H
#define COMMON_STAGE_H

enum stage {
    STAGE_OTHER,
    STAGE_READ,     /* sources, identities, the catalog */
    STAGE_TOKENISE, /* words of texts */
    STAGE_LOOKUP,   /* their lexemes */
    STAGE_STEM,     /* of words not met before; folding them, too */
    STAGE_INVERT,   /* words of articles to articles of words */
    STAGE_TOKENS,   /* token streams and vocabularies */
    STAGE_DEFLATE,  /* records, with making them */
    STAGE_TABLES,   /* of what was inverted; writing */
    STAGE_DIGEST,   /* of contents and files */
    STAGE_MERGE,    /* reading back what is merged */
    STAGES
};

extern _Thread_local volatile enum stage stage_now;

static inline enum stage stage_begin(enum stage stage)
{
    const enum stage outer = stage_now;
    stage_now = stage;
    return outer;
}

static inline void stage_end(enum stage outer)
{
    stage_now = outer;
}

#endif
