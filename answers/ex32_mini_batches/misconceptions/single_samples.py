def mini_batches(x, d, size, rng):
    for k in rng.permutation(len(x)):
        yield x[k], d[k]
