import numpy as np
import torch


def tensor(x):
    x = np.asarray(x)
    return torch.from_numpy(x.astype(x.dtype if x.dtype == np.float32 else np.float64))


def logsumexp(x):
    return tensor(x).logsumexp(-1).numpy()


def log_softmax(x):
    return tensor(x).log_softmax(-1).numpy()
