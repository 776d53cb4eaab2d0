import numpy as np


class Softmax:
    def __call__(self, z):
        shifted = z - np.max(z, axis=-1)[..., None]
        p = np.exp(shifted)
        return p / np.sum(p, axis=-1)[..., None]


softmax = Softmax()


class Backward:
    def __call__(self, z, grad):
        s = softmax(z)
        return s * (grad - np.sum(grad * s, axis=1)[:, None])


def softmax_jacobian(z):
    s = softmax(z)
    J = -s[:, None] * s[None, :]
    J[np.diag_indices(len(s))] += s
    return J


softmax_backward = Backward()
