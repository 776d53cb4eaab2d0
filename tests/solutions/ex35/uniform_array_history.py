import numpy as np


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    n, n_in = x.shape
    n_out = d.shape[1]
    r1, r2 = 1 / np.sqrt(n_in), 1 / np.sqrt(hidden)
    W1 = rng.uniform(-r1, r1, size=(n_in, hidden))
    W2 = rng.uniform(-r2, r2, size=(hidden, n_out))
    b1, b2 = np.zeros(hidden), np.zeros(n_out)
    history = np.zeros(epochs)
    for k in range(epochs):
        u1 = x @ W1 + b1
        z1 = np.maximum(u1, 0) if activation == "relu" else 1 / (1 + np.exp(-u1))
        slope = np.where(u1 > 0, 1.0, 0.0) if activation == "relu" else z1 * (1 - z1)
        y = z1 @ W2 + b2
        history[k] = ((d - y) ** 2).sum() / (2 * n * n_out)
        delta2 = -(d - y) / (n * n_out)
        delta1 = slope * np.einsum("no,ho->nh", delta2, W2)
        W1, b1, W2, b2 = (
            W1 - learning_rate * np.einsum("ni,nh->ih", x, delta1),
            b1 - learning_rate * delta1.sum(0),
            W2 - learning_rate * np.einsum("nh,no->ho", z1, delta2),
            b2 - learning_rate * delta2.sum(0),
        )
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, history
