"""Tensors and arrays share memory.

libraries: torch
"""

import numpy as np
import torch


def run():
    array = np.zeros(2)
    tensor = torch.from_numpy(array)
    tensor[0] = 5
    return [array.tolist(), torch.ones(1).numpy().dtype.name, repr(torch.tensor([1.5]))]


EXPECTED = [[5.0, 0.0], "float32", "tensor([1.5000])"]
