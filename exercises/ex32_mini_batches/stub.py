def mini_batches(x, d, size, rng):
    raise NotImplementedError
