# a dictionary of batches
def mini_batches(x, d, size, rng):
    p = rng.permutation(len(x))
    return {k: (x[p[k : k + size]], d[p[k : k + size]]) for k in range(0, len(x), size)}
