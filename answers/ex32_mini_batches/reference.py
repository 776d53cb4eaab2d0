def mini_batches(x, d, size, rng):
    # one random order for x and d together; its pieces, one after the other, are the batches, so
    # that each sample comes once, and the last piece is as long as what is left
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start : start + size]
        yield x[chosen], d[chosen]
