def mini_batches(x, d, size, rng):
    order = rng.permutation(x.shape[1])
    for start in range(0, x.shape[1], size):
        chosen = order[start : start + size]
        yield x[:, chosen], d[chosen]
