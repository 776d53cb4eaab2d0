import numpy as np


def mean_squared_error(d, y):
    """The halves of the squares, added up axis by axis."""

    def total(a, b):
        if np.ndim(a) == 0:
            return (float(a) - float(b)) ** 2 / 2
        return sum(total(p, q) for p, q in zip(a, b, strict=True))

    return total(d, y) / max(1, np.size(d))
