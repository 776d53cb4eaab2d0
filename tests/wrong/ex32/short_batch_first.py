# the remainder comes first
def mini_batches(x, d, size, rng):
    p = rng.permutation(len(x))
    rest = len(x) % size
    if rest:
        yield x[p[:rest]], d[p[:rest]]
    for k in range(rest, len(x), size):
        yield x[p[k : k + size]], d[p[k : k + size]]
