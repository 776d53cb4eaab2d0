def mini_batches(x, d, size, rng):
    for _ in range(-(-len(x) // size)):
        chosen = rng.choice(len(x), size)
        yield x[chosen], d[chosen]
