def mini_batches(x, d, size, rng):
    for _ in range(max(len(x) // size, 1)):
        chosen = rng.choice(len(x), size)
        yield x[chosen], d[chosen]
