"""Arrays printed."""

import numpy as np


def run():
    with np.printoptions(precision=2, suppress=True):
        text = str(np.array([0.123, 1e-9]))
    return [text, np.array2string(np.eye(2, dtype=int)), np.base_repr(5, 2)]


EXPECTED = ["[0.12 0.  ]", "[[1 0]\n [0 1]]", "101"]
