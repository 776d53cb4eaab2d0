"""Layers of many kinds.

libraries: torch
"""

import torch
from torch import nn


def run():
    x = torch.randn(2, 3, 8, 8)
    net = nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Dropout(0.1), nn.Linear(64, 5), nn.Softmax(dim=-1),
    )
    recurrent, _ = nn.LSTM(3, 4, batch_first=True)(torch.randn(2, 5, 3))
    attention, _ = nn.MultiheadAttention(4, 2)(*[torch.randn(5, 1, 4)] * 3)
    embedded = nn.Embedding(10, 3)(torch.tensor([1, 2]))
    shapes = [net(x), recurrent, attention, embedded, nn.GRU(3, 4)(torch.randn(5, 2, 3))[0]]
    return [list(one.shape) for one in shapes]


EXPECTED = [[2, 5], [2, 5, 4], [5, 1, 4], [2, 3], [5, 2, 4]]
