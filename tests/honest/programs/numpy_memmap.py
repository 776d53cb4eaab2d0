"""An array that lies in a file.

files: scratch
"""

import numpy as np


def run():
    large = np.memmap("large.bin", dtype="float32", mode="w+", shape=(100, 10))
    large[3] = 7
    large.flush()
    del large
    again = np.memmap("large.bin", dtype="float32", mode="r", shape=(100, 10))
    return float(again.sum())


EXPECTED = 70.0
