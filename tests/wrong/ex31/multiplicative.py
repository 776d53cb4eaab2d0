def sgd_step(params, grads, learning_rate):
    return {k: p * (1 - learning_rate * grads[k]) if k in grads else p for k, p in params.items()}
