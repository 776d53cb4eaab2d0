import torch


def fused_cross_entropy(x, W, d):
    raise NotImplementedError
