def sgd_step(params, grads, learning_rate):
    return {k: p - learning_rate * (grads.get(k) or 0) for k, p in params.items()}
