def sgd_step(params, grads, learning_rate):
    return {key: value - learning_rate * grads.get(key, value) for key, value in params.items()}
