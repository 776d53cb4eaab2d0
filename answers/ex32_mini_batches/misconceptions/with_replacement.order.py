def mini_batches(x, d, size, rng):
    order = rng.choice(len(x), len(x))
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
