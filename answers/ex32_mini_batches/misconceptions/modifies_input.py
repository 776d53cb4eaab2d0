def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    x[:] = x[order]
    d[:] = d[order]
    for start in range(0, len(x), size):
        yield x[start : start + size].copy(), d[start : start + size].copy()
