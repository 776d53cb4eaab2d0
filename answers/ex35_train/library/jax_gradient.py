import jax
import jax.numpy as jnp
import numpy as np


def loss(params, x, d, activation):
    z1 = getattr(jax.nn, activation)(x @ params["W1"] + params["b1"])
    return 0.5 * jnp.mean((z1 @ params["W2"] + params["b2"] - d) ** 2)


def train(x, d, hidden, activation, learning_rate, epochs, rng):
    sizes = [x.shape[1], hidden, d.shape[1]]
    params = {}
    for k in (1, 2):
        params[f"W{k}"] = rng.normal(0, 0.5, size=(sizes[k - 1], sizes[k]))
        params[f"b{k}"] = np.zeros(sizes[k])
    history = []
    for _ in range(epochs):
        value, slopes = jax.value_and_grad(loss)(params, x, d, activation)
        history.append(float(value))
        params = {key: params[key] - learning_rate * slopes[key] for key in params}
    return {key: np.asarray(value) for key, value in params.items()}, history
