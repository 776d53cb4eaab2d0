import numpy as np


def init_params(n_in, n_hidden, n_out, rng):
    return {
        "W1": rng.normal(loc=0.0, scale=0.5, size=(n_in, n_hidden)),
        "b1": np.zeros(n_hidden),
        "W2": rng.normal(loc=0.0, scale=0.5, size=(n_hidden, n_out)),
        "b2": np.zeros(n_out),
    }


def forward(x, params, activation):
    u1 = x @ params["W1"] + params["b1"]
    if activation == "relu":
        z1 = u1 * (u1 > 0)
    elif activation == "sigmoid":
        z1 = 1.0 / (1.0 + np.exp(-u1))
    else:
        raise ValueError(activation)
    return u1, z1, z1 @ params["W2"] + params["b2"]


def mean_squared_error(d, y):
    return 0.5 * np.mean((d - y) ** 2)


def backward(x, d, u1, z1, y, params, activation):
    grads = {}
    delta2 = (y - d) / y.size
    grads["W2"] = z1.T @ delta2
    grads["b2"] = np.sum(delta2, axis=0)
    delta1 = delta2 @ params["W2"].T
    if activation == "relu":
        delta1[u1 <= 0] = 0
    else:
        delta1 *= z1 * (1 - z1)
    grads["W1"] = x.T @ delta1
    grads["b1"] = np.sum(delta1, axis=0)
    return grads


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    params = init_params(x.shape[1], hidden, d.shape[1], rng)
    loss_history = []
    for epoch in range(epochs):
        u1, z1, y = forward(x, params, activation)
        loss_history.append(mean_squared_error(d, y))
        grads = backward(x, d, u1, z1, y, params, activation)
        for key in ("W1", "b1", "W2", "b2"):
            params[key] -= learning_rate * grads[key]
    return params, loss_history
