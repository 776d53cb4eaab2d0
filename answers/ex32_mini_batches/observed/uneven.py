def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    start = 0
    end = (len(x) - 1) % size + 1
    while start < len(x):
        chosen = order[start:end]
        yield x[chosen], d[chosen]
        start, end = end, end + size
