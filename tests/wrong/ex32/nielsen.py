# cuts first, shuffles the list of batches
def mini_batches(x, d, size, rng):
    batches = [(x[k : k + size], d[k : k + size]) for k in range(0, len(x), size)]
    order = rng.permutation(len(batches))
    return [batches[k] for k in order]
