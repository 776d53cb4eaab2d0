import torch
from torch import nn
from torch.nn.functional import cross_entropy

EPOCHS, BATCH_SIZE, LEARNING_RATE = 30, 32, 0.1


def build_model():
    return nn.Sequential(nn.Linear(64, 50), nn.ReLU(), nn.Linear(50, 10))


def train(model, images, labels):
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    losses = []
    for _ in range(EPOCHS):
        total = 0.0
        order = torch.randperm(len(images), device=images.device)
        for rows in order.split(BATCH_SIZE):
            # cross_entropy takes logits: softmax is part of it
            loss = cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(images))
    return losses
