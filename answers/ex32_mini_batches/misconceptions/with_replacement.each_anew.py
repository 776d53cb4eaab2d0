def mini_batches(x, d, size, rng):
    for start in range(0, len(x), size):
        count = min(size, len(x) - start)
        chosen = rng.choice(len(x), count, replace=False)
        yield x[chosen], d[chosen]
