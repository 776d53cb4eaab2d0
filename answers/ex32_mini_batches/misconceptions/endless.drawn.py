def mini_batches(x, d, size, rng):
    while True:
        chosen = rng.choice(len(x), size)
        yield x[chosen], d[chosen]
