# a while loop that stops before the remainder
def mini_batches(x, d, size, rng):
    p = list(range(len(x)))
    rng.shuffle(p)
    k = 0
    while k + size < len(x):
        yield x[p[k : k + size]], d[p[k : k + size]]
        k += size
