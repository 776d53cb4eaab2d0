def mini_batches(x, d, size, rng):
    while True:
        order = rng.permutation(len(x))
        for start in range(0, len(x), size):
            chosen = order[start : start + size]
            yield x[chosen], d[chosen]
