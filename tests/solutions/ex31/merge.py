"""A union of two dictionaries."""


def sgd_step(params, grads, learning_rate):
    return {**params, **{k: params[k] - learning_rate * g for k, g in grads.items()}}
