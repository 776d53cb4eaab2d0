"""How many threads torch uses.

libraries: torch
"""

import torch


def run():
    torch.set_num_threads(2)
    a = torch.ones(300, 300)
    total = (a @ a).sum().item()
    torch.set_num_threads(1)
    return [total, torch.get_num_threads(), torch.cuda.is_available()]


EXPECTED = [27000000.0, 1, False]
