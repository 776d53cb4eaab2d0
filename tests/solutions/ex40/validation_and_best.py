import copy

import torch
from torch import nn


def build_model():
    torch.manual_seed(0)
    model = nn.Sequential()
    model.add_module("flatten", nn.Flatten())
    model.add_module("hidden", nn.Linear(64, 64))
    model.add_module("relu", nn.ReLU())
    model.add_module("logits", nn.Linear(64, 10))
    return model


def train(model, images, labels):
    order = torch.randperm(len(images))
    cut = len(images) // 10
    valid, rest = order[:cut], order[cut:]
    criterion = nn.CrossEntropyLoss()
    one_hot = nn.functional.one_hot(labels, 10).float()
    optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3)
    best, best_state, losses = 0.0, None, []
    for epoch in range(30):
        model.train()
        shuffled = rest[torch.randperm(len(rest))]
        for i in range(0, len(shuffled), 25):
            batch = shuffled[i : i + 25]
            optimizer.zero_grad()
            criterion(model(images[batch]), one_hot[batch]).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            losses.append(criterion(model(images[rest]), labels[rest]).item())
            accuracy = (model(images[valid]).argmax(1) == labels[valid]).float().mean()
        if accuracy >= best:
            best, best_state = accuracy, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return losses
