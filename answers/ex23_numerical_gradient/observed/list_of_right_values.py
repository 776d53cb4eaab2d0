import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x_i = x[i]
        x[i] = x_i + h
        ahead = f(x)
        x[i] = x_i - h
        behind = f(x)
        x[i] = x_i
        gradient[i] = (ahead - behind) / (2 * h)
    return gradient.ravel().tolist()
