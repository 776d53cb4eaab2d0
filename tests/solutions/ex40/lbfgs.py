import torch
from torch.nn import Linear, Module, functional as F


class Scaled(Module):
    """Standardizes inside: mean and deviation are learnt from nothing, only fixed."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor(0.3))
        self.register_buffer("std", torch.tensor(0.38))
        self.a = Linear(64, 50)
        self.b = Linear(50, 10)

    def forward(self, x):
        x = (x - self.mean) / self.std
        return self.b(F.gelu(self.a(x)))


def build_model():
    return Scaled()


def train(model, images, labels):
    optimizer = torch.optim.LBFGS(model.parameters(), lr=0.5, max_iter=4)
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels) + 1e-3 * sum(
            (p**2).sum() for p in model.parameters()
        )
        loss.backward()
        return loss

    for _ in range(25):
        losses.append(optimizer.step(closure).item())
    return losses
