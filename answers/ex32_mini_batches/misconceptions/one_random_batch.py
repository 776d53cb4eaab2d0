def mini_batches(x, d, size, rng):
    chosen = rng.choice(len(x), size)
    return x[chosen], d[chosen]
