import numpy as np


def step(u):
    raise NotImplementedError


def sigmoid(u):
    raise NotImplementedError


def relu(u):
    raise NotImplementedError


def identity(u):
    raise NotImplementedError
