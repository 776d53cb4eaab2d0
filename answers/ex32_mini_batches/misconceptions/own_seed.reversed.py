def mini_batches(x, d, size, rng):
    for start in range(0, len(x), size):
        yield x[::-1][start : start + size], d[::-1][start : start + size]
