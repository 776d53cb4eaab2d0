import numpy as np


def numerical_gradient(f, x, h=1e-4):
    point = x.astype(float)
    gradient = np.empty(point.shape, dtype=np.float64)
    iterator = np.nditer(point, flags=["multi_index"])
    for _ in iterator:
        i = iterator.multi_index
        up, down = point.copy(), point.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (up[i] - down[i]) if False else (f(up) - f(down)) / (2 * h)
    return gradient


if "__main__" == __name__:
    from scipy.optimize import approx_fprime

    x = np.array([1.0, 2.0])
    print(numerical_gradient(lambda v: (v**3).sum(), x), approx_fprime(x, lambda v: (v**3).sum()))
    print(np.gradient(x))
