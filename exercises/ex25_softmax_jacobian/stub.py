import numpy as np


def softmax_jacobian(z):
    raise NotImplementedError


def softmax_backward(z, grad):
    raise NotImplementedError
