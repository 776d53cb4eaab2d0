import numpy as np


def total_input(x, W, b):
    single = x.ndim == 1
    rows = x[np.newaxis] if single else x
    n_inputs, n_neurons = W.shape
    u = np.empty((len(rows), n_neurons), dtype=np.result_type(x, W, b))
    for s, row in enumerate(rows):
        for j in range(n_neurons):
            total = b[j]
            for i in range(n_inputs):
                total = total + row[i] * W[i][j]
            u[s, j] = total
    return u[0] if single else u
