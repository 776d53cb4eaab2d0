"""Arrays in files, in every format.

files: scratch
"""

import numpy as np


def run():
    x = np.arange(6.0).reshape(2, 3)
    np.save("x.npy", x)
    np.savez_compressed("x.npz", a=x, b=x + 1)
    np.savetxt("x.txt", x, delimiter=",")
    x.tofile("x.bin")
    with np.load("x.npz") as kept:
        later = kept["b"]
    found = [np.load("x.npy"), later - 1, np.loadtxt("x.txt", delimiter=",")]
    found += [np.fromfile("x.bin").reshape(2, 3), np.genfromtxt("x.txt", delimiter=",")]
    found += [np.load("x.npy", mmap_mode="r")]
    return [bool((one == x).all()) for one in found]


EXPECTED = [True, True, True, True, True, True]
