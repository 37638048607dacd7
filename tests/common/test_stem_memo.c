#include "common/stem_memo.h"

#include "tests/searcher/stream_fixture.h"

enum { FILLERS = 6000 /* more than are remembered */ };

struct expected {
    const uint32_t *ids;
    size_t count, at;
};

static bool expect(void *context, const struct vocabulary_entry *entry)
{
    struct expected *e = context;
    cr_assert_lt(e->at, e->count);
    cr_assert_eq(entry->id, e->ids[e->at++]);
    return true;
}

static size_t assert_same(struct stem_memo *memo, const struct vocabulary *v,
                          const char *stem)
{
    struct expected e = {.at = 0};
    e.ids = stem_memo_ids(memo, text_from(stem), &e.count);
    vocabulary_stem(v, text_from(stem), expect, &e);
    cr_assert_eq(e.at, e.count);
    return e.count;
}

Test(stem_memo, gives_what_the_vocabulary_gives_again_and_again)
{
    struct stream_fixture f;
    fixture_init(&f, FILLERS);
    fixture_article(&f, "bank banks oil quiz quota");
    const struct evaluator_segment segment = fixture_open(&f);
    AUTO(stem_memo) memo = stem_memo_new(segment.vocabulary);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < FILLERS; i++) {
            char word[32];
            snprintf(word, sizeof word, "f%d", i);
            cr_assert_eq(assert_same(memo, f.vocabulary, word), 1);
            cr_assert_eq(assert_same(memo, f.vocabulary, "bank"), 2);
        }
        cr_assert_eq(assert_same(memo, f.vocabulary, "alt"), 2);
        cr_assert_eq(assert_same(memo, f.vocabulary, "banks"), 0);
        cr_assert_eq(assert_same(memo, f.vocabulary, "gas"), 0);
        cr_assert_eq(assert_same(memo, f.vocabulary, ""), 0);
    }
    fixture_done(&f);
}
