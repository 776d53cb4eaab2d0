"""What NumPy says of doubtful numbers."""

import numpy as np
from numpy.testing import assert_allclose


def run():
    with np.errstate(divide="ignore"):
        infinite = np.log(np.zeros(1))
    assert_allclose([1.0], [1.0 + 1e-9])
    try:
        np.testing.assert_array_equal([1], [2])
    except AssertionError:
        return bool(np.isneginf(infinite[0]))


EXPECTED = True
