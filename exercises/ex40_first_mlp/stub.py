import torch


def build_model():
    raise NotImplementedError


def train(model, images, labels):
    raise NotImplementedError
