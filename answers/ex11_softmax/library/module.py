import numpy as np
import torch
from torch import nn


def tensor(x):
    x = np.asarray(x)
    return torch.from_numpy(x.astype(x.dtype if x.dtype == np.float32 else np.float64))


def softmax(x):
    return nn.Softmax(dim=-1)(tensor(x)).numpy()
