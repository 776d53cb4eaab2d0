import jax
import jax.numpy as jnp


def loss(params, x, d):
    z1 = jnp.maximum(x @ params["W1"] + params["b1"], 0)
    y = 1 / (1 + jnp.exp(-(z1 @ params["W2"] + params["b2"])))
    return -jnp.mean(d * jnp.log(y) + (1 - d) * jnp.log(1 - y))


def backward(x, d, z1, y, params):
    return jax.grad(loss)(params, x, d)
