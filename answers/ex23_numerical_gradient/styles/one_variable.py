import numpy as np


def slope(g, t, h):
    """Return the central difference of g, a function of one number."""
    return (g(t + h) - g(t - h)) / (2 * h)


def numerical_gradient(f, x, h=1e-4):
    def along(i):
        """Return f as a function of component i alone."""

        def g(t):
            moved = np.array(x, dtype=np.float64)
            moved[i] = t
            return f(moved)

        return g

    gradient = np.empty(np.shape(x))
    for i, x_i in np.ndenumerate(x):
        gradient[i] = slope(along(i), float(x_i), h)
    return gradient
