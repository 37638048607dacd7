#include "searcher/plan_row.h"

#include "common/mem.h"

void plan_row_init(struct plan_row *row, struct arena *arena, size_t most)
{
    *row = (struct plan_row){
        .arena = arena,
        .steps = arena_zeroed(arena, most, sizeof *row->steps),
    };
}

void plan_row_add(struct plan_row *row, const struct plan_leaf *leaf,
                  struct plan_pairs *pairs)
{
    row->steps[row->count++] = leaf->condition;
    if (row->count > 1) {
        MEM_GROW(pairs->pairs, pairs->count, pairs->capacity);
        pairs->pairs[pairs->count++] = (struct plan_pair){
            condition_group(row->arena, CONDITION_PHRASE, 0, row->steps,
                            row->count),
            row->idf + leaf->idf,
        };
    }
    row->steps[0] = leaf->condition;
    row->count = 1;
    row->idf = leaf->idf;
}

void plan_row_pass(struct plan_row *row, struct text stop_word)
{
    const struct matcher matcher = {MATCHER_WORD, stop_word};
    if (row->count > 0)
        row->steps[row->count++] = condition_word(row->arena, &matcher, 1);
}

void plan_row_break(struct plan_row *row)
{
    row->count = 0;
}
