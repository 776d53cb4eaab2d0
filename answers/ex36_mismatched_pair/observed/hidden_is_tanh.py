import numpy as np

HIDDEN = 10
LEARNING_RATE = 0.07
STEPS = 1000


def sigmoid(u):
    return np.tanh(u)


def hidden_output(x, params):
    return sigmoid(x @ params["W1"] + params["b1"])


def gradients(x, d, params):
    z1 = hidden_output(x, params)
    y = z1 @ params["W2"] + params["b2"]
    delta2 = (y - d) / y.size
    delta1 = delta2 @ params["W2"].T * (1 - z1**2)
    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(axis=0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(axis=0),
    }


def fit(x, d, rng):
    mean, spread = x.mean(axis=0), x.std(axis=0)
    x = (x - mean) / spread
    inputs, outputs = x.shape[1], d.shape[1]
    params = {
        "W1": rng.normal(0, 1 / np.sqrt(inputs), size=(inputs, HIDDEN)),
        "b1": np.zeros(HIDDEN),
        "W2": rng.normal(0, 1 / np.sqrt(HIDDEN), size=(HIDDEN, outputs)),
        "b2": np.zeros(outputs),
    }
    for _ in range(STEPS):
        grads = gradients(x, d, params)
        for key in params:
            params[key] -= LEARNING_RATE * grads[key]
    return {"params": params, "mean": mean, "spread": spread}


def predict(model, x):
    params = model["params"]
    x = (x - model["mean"]) / model["spread"]
    return hidden_output(x, params) @ params["W2"] + params["b2"]
