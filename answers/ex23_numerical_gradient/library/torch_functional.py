import numpy as np
import torch


def numerical_gradient(f, x, h=1e-4):
    point = torch.tensor(np.array(x, dtype=np.float64))
    return torch.autograd.functional.jacobian(f, point).numpy()
