def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x) - 1)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
