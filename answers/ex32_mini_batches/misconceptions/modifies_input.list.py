def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    x[:] = x[order]
    d[:] = d[order]
    return [(x[k : k + size], d[k : k + size]) for k in range(0, len(x), size)]
