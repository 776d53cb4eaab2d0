import torch
import torch.nn as nn
import torch.nn.functional as F


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(64, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        return self.fc2(x)


def build_model():
    return MLP()


def train(model, images, labels):
    criterion = nn.CrossEntropyLoss()
    return [criterion(model(images), labels).item() for _ in range(10)]
