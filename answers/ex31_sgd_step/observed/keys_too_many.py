def sgd_step(params, grads, learning_rate):
    new = {key: p - learning_rate * grads.get(key, 0) for key, p in params.items()}
    return new | {"learning_rate": learning_rate}
