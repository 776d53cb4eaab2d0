import numpy as np


def numerical_gradient(f, x, h=1e-4):
    # df/dx_i = (f(x + h e_i) - f(x - h e_i)) / (2h) + O(h²)
    x = np.array(x, dtype=np.float64)  # a copy: the caller's x stays
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x_i = x[i]
        x[i] = x_i + h
        f_plus = f(x)
        x[i] = x_i - h
        f_minus = f(x)
        x[i] = x_i  # the value kept, for x_i - h + h is not always x_i
        gradient[i] = (f_plus - f_minus) / (2 * h)
    return gradient
