import torch
import torch.nn as nn


class DigitNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(64, 30), nn.Linear(30, 10)])
        for layer in self.layers:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, images):
        hidden, output = self.layers
        return output(hidden(images).clamp(min=0))


def build_model():
    return DigitNet()


def train(model, images, labels):
    losses = []
    for epoch in range(6):
        total = 0
        for i in torch.randperm(len(images)).tolist():
            logits = model(images[i : i + 1])
            loss = nn.functional.cross_entropy(logits, labels[i : i + 1])
            optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(images))
    return losses
