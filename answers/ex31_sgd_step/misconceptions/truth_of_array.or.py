def sgd_step(params, grads, learning_rate):
    return {key: p - learning_rate * (grads.get(key) or 0) for key, p in params.items()}
