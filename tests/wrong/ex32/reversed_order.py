# a fixed order from behind
def mini_batches(x, d, size, rng):
    x, d = x[::-1], d[::-1]
    for k in range(0, len(x), size):
        yield x[k : k + size], d[k : k + size]
