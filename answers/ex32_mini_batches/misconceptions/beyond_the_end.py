def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = [order[start + k] for k in range(size)]
        yield x[chosen], d[chosen]
