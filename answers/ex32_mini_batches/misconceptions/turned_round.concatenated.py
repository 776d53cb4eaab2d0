def mini_batches(x, d, size, rng):
    first = int(rng.integers(len(x)))
    order = [*range(first, len(x)), *range(first)]
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
