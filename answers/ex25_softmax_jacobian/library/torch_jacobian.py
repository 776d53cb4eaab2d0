import numpy as np
import torch


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def softmax_jacobian(z):
    return torch.autograd.functional.jacobian(
        lambda v: torch.softmax(v, dim=0), torch.from_numpy(z)
    ).numpy()


def softmax_backward(z, grad):
    s = softmax(z)
    return s * (grad - np.sum(s * grad, axis=-1, keepdims=True))
