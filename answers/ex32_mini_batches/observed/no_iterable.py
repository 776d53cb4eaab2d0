def mini_batches(x, d, size, rng):
    return int(rng.integers(len(x) + len(d)) // size)
