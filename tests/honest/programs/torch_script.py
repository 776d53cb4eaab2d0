"""Functions that torch compiles by itself.

libraries: torch
"""

import torch


@torch.jit.script
def relu_sum(x: torch.Tensor) -> torch.Tensor:
    total = torch.zeros(1)
    for row in x:
        if row.sum() > 0:
            total += row.sum()
    return total


def run():
    traced = torch.jit.trace(lambda x: x * 2, torch.ones(2))
    return [relu_sum(torch.tensor([[1.0], [-1.0]])).item(), traced(torch.ones(1)).item()]


EXPECTED = [1.0, 2.0]
