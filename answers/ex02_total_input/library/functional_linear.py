import torch
from torch.nn import functional as F


def total_input(x, W, b):
    x, W, b = (torch.from_numpy(array) for array in (x, W, b))
    return F.linear(x, W.T, b).numpy()
