# a batch is a list of single pairs
def mini_batches(x, d, size, rng):
    p = rng.permutation(len(x))
    return [[(x[i], d[i]) for i in p[k : k + size]] for k in range(0, len(x), size)]
