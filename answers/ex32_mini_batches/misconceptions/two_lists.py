def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    x_batches, d_batches = [], []
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        x_batches.append(x[chosen])
        d_batches.append(d[chosen])
    return x_batches, d_batches
