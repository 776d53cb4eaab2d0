import numpy as np


def numerical_gradient(f, x, h=1e-4):
    work = np.ascontiguousarray(x, dtype=np.float64).copy()
    flat = work.reshape(-1)
    slopes = []
    for i, value in enumerate(flat.tolist()):
        values = []
        for sign in (1, -1):
            flat[i] = value + sign * h
            values.append(float(f(work)))
        flat[i] = value
        slopes.append((values[0] - values[1]) / (2 * h))
    return np.array(slopes).reshape(x.shape)
