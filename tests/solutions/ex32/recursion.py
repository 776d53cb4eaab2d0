def mini_batches(x, d, size, rng):
    def deal(order):
        if len(order) > 0:
            yield x[order[:size]], d[order[:size]]
            yield from deal(order[size:])

    return deal(rng.permutation(len(x)))
