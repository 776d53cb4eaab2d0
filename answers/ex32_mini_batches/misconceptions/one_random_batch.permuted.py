def mini_batches(x, d, size, rng):
    chosen = rng.permutation(len(x))[:size]
    return x[chosen], d[chosen]
