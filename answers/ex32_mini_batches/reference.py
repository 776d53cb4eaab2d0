def mini_batches(x, d, size, rng):
    # one random order for x and d together; the batches are its pieces
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
