#include "searcher/ranking_constants.h"

const struct ranking_constants ranking = {
    .k1 = 1.2,
    .b = 0.5,
    .title_mentions = 3,
    .lead_bonus = 0.1,
    .lead = 30,
    .pair_weight = 0.1,
    .pair_emphasis = 2,
    .pair_k1 = 1.5,
    .pair_b = 0.3,
    .pair_near = 8,
    .vector_words = 150,
    .vector_most = 0.3,
    .neighbour_share = 0.4,
    .neighbours = 10,
    .leader_weight = 0.8,
    .leader_power = 8,
    .leaders = 5,
    .expansion_words = 20,
    .expansion_weight = 0.25,
};
