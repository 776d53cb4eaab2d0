# rng.shuffle on both arrays, in place
def mini_batches(x, d, size, rng):
    rng.shuffle(x)
    rng.shuffle(d)
    for k in range(0, len(x), size):
        yield x[k : k + size], d[k : k + size]
