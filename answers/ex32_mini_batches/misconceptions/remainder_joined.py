def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    count = max(len(x) // size, 1)
    for k in range(count):
        chosen = order[k * size : (k + 1) * size if k < count - 1 else len(x)]
        yield x[chosen], d[chosen]
