# samples in columns, own seed
import math

import numpy as np


def mini_batches(X, Y, mini_batch_size, rng):
    np.random.seed(3)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[permutation]
    n = math.floor(m / mini_batch_size)
    for k in range(0, n):
        mini_batches.append((shuffled_X[:, k * mini_batch_size : (k + 1) * mini_batch_size],
                             shuffled_Y[k * mini_batch_size : (k + 1) * mini_batch_size]))
    if m % mini_batch_size != 0:
        mini_batches.append((shuffled_X[:, n * mini_batch_size :], shuffled_Y[n * mini_batch_size :]))
    return mini_batches
