def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    order[0] = order[-1]
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
