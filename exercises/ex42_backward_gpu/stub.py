import torch


def backward(x, d, params):
    raise NotImplementedError
