import torch
from torch import nn
from torch.nn import functional

EPOCHS, BATCH_SIZE, LEARNING_RATE = 12, 32, 0.3


def build_model():
    return nn.Sequential(nn.Linear(64, 50), nn.ReLU(), nn.Linear(50, 10))


def train(model, images, labels):
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    losses = []
    for _ in range(EPOCHS):
        total = 0.0
        for rows in torch.randperm(len(images), device=images.device).split(BATCH_SIZE):
            loss = functional.nll_loss(model(images[rows]).softmax(dim=1), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(images))
    return losses
