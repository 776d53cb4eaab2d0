import numpy as np


def mini_batches(x, d, size, rng):
    pairs = list(zip(x, d))
    order = rng.permuted(np.arange(len(pairs)))
    pairs = [pairs[i] for i in order]
    return (
        tuple(np.stack(part) for part in zip(*pairs[i : i + size]))
        for i in range(0, len(pairs), size)
    )
