"""Polynomials."""

import numpy as np
from numpy.polynomial import Polynomial


def run():
    fitted = np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6).tolist()
    return [fitted, sorted(Polynomial([6, -5, 1]).roots().round(6).tolist()), np.poly1d([1, 0])(3)]


EXPECTED = [[2.0, 1.0], [2.0, 3.0], 3]
