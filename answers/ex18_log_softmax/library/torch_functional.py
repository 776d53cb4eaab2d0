import numpy as np
import torch
import torch.nn.functional as F


def tensor(x):
    x = np.asarray(x)
    return torch.from_numpy(x.astype(x.dtype if x.dtype == np.float32 else np.float64))


def logsumexp(x):
    return torch.logsumexp(tensor(x), dim=-1).numpy()


def log_softmax(x):
    return F.log_softmax(tensor(x), dim=-1).numpy()
