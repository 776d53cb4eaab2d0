def mini_batches(x, d, size, rng):
    x = x[rng.permutation(len(x))]
    for start in range(0, len(x), size):
        yield x[start : start + size], d[start : start + size]
