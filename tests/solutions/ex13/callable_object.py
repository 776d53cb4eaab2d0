import numpy as np


class Expected:
    """The mean of a function of q, weighed with p, over what can happen."""

    def __init__(self, function):
        self.function = function

    def __call__(self, p, q=None):
        q = p if q is None else q
        seen = p != 0
        with np.errstate(all="ignore"):
            return np.add.reduce(p[seen] * self.function(q[seen]))


def nats(x):
    return np.where(x > 0, -np.log(np.where(x > 0, x, 1)), np.inf)


information = lambda p: nats(np.asarray(p)) / np.log(2)  # noqa: E731
entropy = Expected(nats)
cross_entropy = Expected(nats)


def kl_divergence(p, q):
    return cross_entropy(p, q) - entropy(p)
