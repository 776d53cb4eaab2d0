def mini_batches(x, d, size, rng):
    for start in range(0, len(x), size):
        yield x[start : start + size], d[start : start + size]
