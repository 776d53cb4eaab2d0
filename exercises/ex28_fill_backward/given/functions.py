"""Activation functions, and the derivatives that training needs. Rows are samples."""

import numpy as np


def identity(u):
    return u


def relu(u):
    return np.maximum(u, 0)


def sigmoid(u):
    # 1 / (1 + exp(-u)), written so that nothing overflows
    return (1 + np.tanh(u / 2)) / 2


def d_relu(u):
    """Return the derivative of ReLU: 1 where u > 0, else 0."""
    return (u > 0).astype(u.dtype)


def d_sigmoid(u):
    """Return the derivative of the sigmoid at the total input u."""
    y = sigmoid(u)
    return y * (1 - y)


def d_mean_squared_error(d, y):
    """Return the derivative of 1/2 · mean of (d - y)², over every element, with respect to y."""
    return (y - d) / y.size


def d_sigmoid_with_loss(d, y):
    """Return the derivative of the mean binary cross-entropy of y = sigmoid(u), d and y (n, 1).

    It is the derivative with respect to u, the total input of the sigmoid.
    """
    return (y - d) / len(y)
