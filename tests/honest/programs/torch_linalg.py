"""Linear algebra of torch.

libraries: torch
"""

import torch


def run():
    a = torch.tensor([[2.0, 0.0], [0.0, 3.0]])
    _, s, _ = torch.linalg.svd(a)
    product = torch.einsum("ij,jk->ik", a, torch.eye(2))
    return [s.tolist(), torch.linalg.inv(a).diagonal().tolist()[0], product.trace().item()]


EXPECTED = [[3.0, 2.0], 0.5, 5.0]
