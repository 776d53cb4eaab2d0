"""A small network learns, with several optimisers and a schedule.

libraries: torch
"""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def run():
    torch.manual_seed(0)
    x = torch.randn(64, 3)
    y = x.sum(dim=1, keepdim=True)
    better = []
    for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop):
        model = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))
        optimiser = kind(model.parameters(), lr=0.01)
        schedule = torch.optim.lr_scheduler.StepLR(optimiser, 2)
        losses = []
        for _ in range(5):
            for inputs, targets in DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True):
                loss = nn.functional.mse_loss(model(inputs), targets)
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(model.parameters(), 10)
                optimiser.step()
            schedule.step()
            losses.append(nn.functional.mse_loss(model(x), y).item())
        better.append(losses[-1] < losses[0])
    return better


EXPECTED = [True, True, True, True]
