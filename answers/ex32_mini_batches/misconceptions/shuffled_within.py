def mini_batches(x, d, size, rng):
    for start in range(0, len(x), size):
        chosen = start + rng.permutation(len(x[start : start + size]))
        yield x[chosen], d[chosen]
