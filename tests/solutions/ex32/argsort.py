import numpy as np


class Batches:
    """Goes through one epoch."""

    def __init__(self, x, d, size, order):
        self.x, self.d, self.size, self.order = x, d, size, order

    def __iter__(self):
        rest = self.order
        while rest.size:
            now, rest = rest[: self.size], rest[self.size :]
            yield [np.take(self.x, now, axis=0), np.take(self.d, now, axis=0)]


def mini_batches(x, d, size, rng):
    return list(Batches(x, d, size, np.argsort(rng.random(len(x)))))
