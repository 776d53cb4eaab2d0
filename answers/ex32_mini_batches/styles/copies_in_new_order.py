def mini_batches(x, d, size, rng):
    order = rng.permutation(len(x))
    x, d = x[order], d[order]
    batches = []
    for start in range(0, len(x), size):
        end = start + size
        batches.append((x[start:end], d[start:end]))
    return batches
