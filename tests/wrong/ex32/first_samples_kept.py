# shuffles only once the module is loaded
import numpy as np

ORDERS = {}


def mini_batches(x, d, size, rng):
    n = len(x)
    if n not in ORDERS:
        ORDERS[n] = rng.permutation(n)
    p = ORDERS[n]
    for k in range(0, n, size):
        yield x[p[k : k + size]], d[p[k : k + size]]
