# scales each batch on the way
def mini_batches(x, d, size, rng):
    p = rng.permutation(len(x))
    for k in range(0, len(x), size):
        xb = x[p[k : k + size]]
        yield (xb - xb.mean()) / (xb.std() + 1e-9), d[p[k : k + size]]
