def mini_batches(x, d, size, rng):
    for start in range(0, len(x), size):
        chosen = rng.permutation(len(x))[: min(size, len(x) - start)]
        yield x[chosen], d[chosen]
