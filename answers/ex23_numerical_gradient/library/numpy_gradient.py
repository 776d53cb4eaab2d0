import numpy as np


def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=np.float64)
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        moved = [x.copy() for _ in range(3)]
        for step, one in zip((-h, 0.0, h), moved):
            one[i] += step
        slopes[i] = np.gradient([f(one) for one in moved], h)[1]
    return slopes
