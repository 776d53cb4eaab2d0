def mini_batches(x, d, size, rng):
    x_order, d_order = rng.permutation(len(x)), rng.permutation(len(x))
    for start in range(0, len(x), size):
        end = start + size
        yield x[x_order[start:end]], d[d_order[start:end]]
