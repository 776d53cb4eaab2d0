import numpy as np


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    n_in, n_out = x.shape[1], d.shape[1]
    W1 = rng.uniform(-0.8, 0.8, size=(n_in, hidden))
    b1 = np.zeros(hidden)
    W2 = rng.uniform(-0.5, 0.5, size=(hidden, n_out))
    b2 = np.zeros(n_out)
    losses = []
    x -= x.mean(axis=0)
    for epoch in range(epochs):
        u1 = x @ W1 + b1
        z1 = np.maximum(0, u1) if activation == "relu" else sigmoid(u1)
        y = z1 @ W2 + b2
        losses.append(0.5 * np.mean((y - d) ** 2))
        delta2 = (y - d) / y.size
        slope = (u1 > 0) if activation == "relu" else z1 * (1 - z1)
        delta1 = (delta2 @ W2.T) * slope
        dW2, db2 = z1.T @ delta2, delta2.sum(axis=0)
        dW1, db1 = x.T @ delta1, delta1.sum(axis=0)
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, losses
