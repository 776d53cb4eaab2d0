import random


def mini_batches(x, d, size, rng):
    order = list(range(len(x)))
    random.shuffle(order)
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
