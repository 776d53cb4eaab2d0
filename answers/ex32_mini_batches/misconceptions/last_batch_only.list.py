def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        batches = [(x[chosen], d[chosen])]
    return batches
