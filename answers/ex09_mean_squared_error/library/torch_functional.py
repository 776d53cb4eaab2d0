import torch
import torch.nn.functional as F


def mean_squared_error(d, y):
    return 0.5 * F.mse_loss(torch.as_tensor(y), torch.as_tensor(d)).item()
