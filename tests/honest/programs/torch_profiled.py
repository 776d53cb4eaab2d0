"""Modes and hooks.

libraries: torch
"""

import torch


def run():
    seen = []
    layer = torch.nn.Linear(2, 2)
    layer.register_forward_hook(lambda *_: seen.append("forward"))
    with torch.no_grad():
        layer(torch.ones(1, 2))
    with torch.inference_mode(), torch.amp.autocast("cpu", dtype=torch.bfloat16):
        half = layer(torch.ones(1, 2)).dtype
    return [seen, str(half), sum(p.numel() for p in layer.parameters())]


EXPECTED = [["forward", "forward"], "torch.bfloat16", 6]
