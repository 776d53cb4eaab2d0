def sgd_step(params, grads, learning_rate):
    return [value - learning_rate * grads.get(key, 0) for key, value in params.items()]
