# two epochs in one call
def mini_batches(x, d, size, rng):
    for _ in range(2):
        p = rng.permutation(len(x))
        for k in range(0, len(x), size):
            yield x[p[k : k + size]], d[p[k : k + size]]
