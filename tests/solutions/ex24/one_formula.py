import numpy as np


class Difference:
    """The gradient that three losses share: output minus label, divided by a count."""

    def __init__(self, count):
        self.count = count

    def __call__(self, d, y):
        return (y - d) / self.count(y)


def d_relu(u):
    return np.where(u <= 0, 0.0, 1.0)


def d_sigmoid(u):
    low = np.minimum(u, -u)
    return np.exp(low - 2 * np.log1p(np.exp(low)))


d_mean_squared_error = Difference(np.size)
d_sigmoid_with_loss = Difference(len)


def d_softmax_with_loss(d, y):
    if d.ndim < y.ndim:
        labels = np.zeros_like(y)
        np.put_along_axis(labels, np.expand_dims(d, 1), 1, axis=1)
        d = labels
    return d_sigmoid_with_loss(d, y)
