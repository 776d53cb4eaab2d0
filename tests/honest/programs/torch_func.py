"""Functions of functions.

libraries: torch
"""

import torch
from torch.func import grad, jacrev, vmap


def run():
    rows = vmap(torch.dot)(torch.ones(3, 2), torch.ones(3, 2)).tolist()
    return [grad(lambda x: x**3)(torch.tensor(2.0)).item(), rows, list(jacrev(torch.sin)(torch.zeros(2)).shape)]


EXPECTED = [12.0, [2.0, 2.0, 2.0], [2, 2]]
