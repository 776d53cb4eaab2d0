from torch.nn.functional import *
import numpy as np
import torch

library = softmax


def softmax(x):
    x = np.asarray(x)
    kept = x.dtype if x.dtype == np.float32 else np.float64
    return library(torch.from_numpy(x.astype(kept)), dim=-1).numpy()
