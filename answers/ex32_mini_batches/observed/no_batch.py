def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    return [(x[order], d[order])][size:]
