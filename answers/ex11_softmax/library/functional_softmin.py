import numpy as np
import torch
import torch.nn.functional as F


def tensor(x):
    x = np.asarray(x)
    return torch.from_numpy(x.astype(x.dtype if x.dtype == np.float32 else np.float64))


def softmax(x):
    return F.softmin(-tensor(x), dim=-1).numpy()
