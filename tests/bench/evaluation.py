"""How good an order is, by trec_eval's definitions, and whether one system's
orders are better than another's by more than chance.

A ranking is a list of article ids, best first; judgments are {id: grade}, of
which grades above 0 are relevant. A run is {query: ranking}."""
import math
import random

REPETITIONS = 10000  # of the randomisation test


def discounted(grades):
    """Jarvelin and Kekalainen 2002, with trec_eval's linear gain."""
    return sum(grade / math.log2(rank + 2)
               for rank, grade in enumerate(grades))


def ndcg(ranking, judgments, depth=10):
    gained = [max(judgments.get(i, 0), 0) for i in ranking[:depth]]
    best = sorted((g for g in judgments.values() if g > 0), reverse=True)
    ideal = discounted(best[:depth])
    return discounted(gained) / ideal if ideal else 0.0


def relevant(judgments):
    return {i for i, grade in judgments.items() if grade > 0}


def average_precision(ranking, judgments):
    wanted = relevant(judgments)
    found = total = 0
    for rank, article in enumerate(ranking, 1):
        if article in wanted:
            found += 1
            total += found / rank
    return total / len(wanted) if wanted else 0.0


def precision(ranking, judgments, depth=10):
    return len(relevant(judgments) & set(ranking[:depth])) / depth


def recall(ranking, judgments, depth=100):
    wanted = relevant(judgments)
    return len(wanted & set(ranking[:depth])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranking, judgments):
    wanted = relevant(judgments)
    for rank, article in enumerate(ranking, 1):
        if article in wanted:
            return 1 / rank
    return 0.0


MEASURES = {"nDCG@10": ndcg, "MAP": average_precision, "P@10": precision,
            "R@100": recall, "MRR": reciprocal_rank}


def evaluate(run, qrels, measure):
    """{query: value} for every query that has a relevant article, whether or
    not the run found anything for it."""
    return {query: MEASURES[measure](run.get(query, []), judgments)
            for query, judgments in qrels.items() if relevant(judgments)}


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def randomisation(one, other, repetitions=REPETITIONS, seed=1):
    """Fisher's paired randomisation test, two-sided: how often the means differ
    at least as much when each pair of values is exchanged by a coin. `one` and
    `other` have the same keys."""
    rng = random.Random(seed)
    pairs = [one[k] - other[k] for k in sorted(one) if one[k] != other[k]]
    seen = abs(sum(pairs))
    hits = 0
    for _ in range(repetitions):
        coins = rng.getrandbits(len(pairs) or 1)
        total = 0.0
        for i, difference in enumerate(pairs):
            total += difference if coins >> i & 1 else -difference
        hits += abs(total) >= seen - 1e-12
    return (hits + 1) / (repetitions + 1)


def read_qrels(lines):
    """TREC's: query, 0, article, grade."""
    qrels = {}
    for line in lines:
        fields = line.split()
        if fields:
            query, _, article, grade = fields
            qrels.setdefault(query, {})[article] = int(grade)
    return qrels


def read_queries(lines):
    """A line each: query, tab, text."""
    return dict(line.rstrip("\n").split("\t", 1) for line in lines
                if line.strip())
