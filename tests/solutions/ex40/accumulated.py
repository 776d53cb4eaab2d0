import torch
import torch.nn.functional as F


def build_model():
    layers = [
        torch.nn.Linear(64, 60),
        torch.nn.BatchNorm1d(60),
        torch.nn.ReLU(),
        torch.nn.Linear(60, 10),
    ]
    return torch.nn.Sequential(*layers)


def train(model, images, labels, epochs=20, micro=16, every=2):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(images))
        batches = [rows for rows in order.split(micro) if len(rows) > 1]
        total = 0.0
        for k, rows in enumerate(batches, start=1):
            loss = F.cross_entropy(model(images[rows]), labels[rows]) / every
            loss.backward()
            if k % every == 0:
                optimizer.step()
                optimizer.zero_grad()
            total += every * loss.item()
        losses.append(total / len(batches))
    return losses
