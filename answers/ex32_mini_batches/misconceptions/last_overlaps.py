def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), size):
        end = min(start + size, len(x))
        chosen = order[max(end - size, 0) : end]
        yield x[chosen], d[chosen]
