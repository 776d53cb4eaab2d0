import numpy as np


def mini_batches(x, d, size, rng):
    numbers = np.arange(len(x))
    rng.shuffle(numbers)
    batch = []
    for i in numbers:
        batch.append(i)
        if len(batch) == size:
            yield x[batch], d[batch]
            batch = []
    if batch:
        yield x[batch], d[batch]
