def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    for k in range(len(x) // size + 1):
        chosen = order[k * size : (k + 1) * size]
        yield x[chosen], d[chosen]
