"""Draws of torch.

libraries: torch
"""

import torch


def run():
    generator = torch.Generator().manual_seed(5)
    first = torch.randn(3, generator=generator)
    again = torch.randn(3, generator=generator.manual_seed(5))
    normal = torch.distributions.Normal(0.0, 1.0)
    return [bool(torch.equal(first, again)), round(normal.log_prob(torch.tensor(0.0)).item(), 4)]


EXPECTED = [True, -0.9189]
