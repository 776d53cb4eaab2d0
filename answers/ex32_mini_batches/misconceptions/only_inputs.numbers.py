def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        yield order[start : start + size]
