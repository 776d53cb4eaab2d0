def mini_batches(x, d, size, rng):
    for start in range(0, len(x), size):
        chosen = rng.integers(0, len(x), size=min(size, len(x) - start))
        yield x[chosen], d[chosen]
