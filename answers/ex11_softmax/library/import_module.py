import importlib

import numpy as np
import torch

library = importlib.import_module("torch.nn.functional")


def tensor(x):
    x = np.asarray(x)
    return torch.from_numpy(x.astype(x.dtype if x.dtype == np.float32 else np.float64))


def softmax(x):
    return library.softmax(tensor(x), dim=-1).numpy()
