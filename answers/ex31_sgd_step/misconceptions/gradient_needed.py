def sgd_step(params, grads, learning_rate):
    return {key: params[key] - learning_rate * grads[key] for key in params}
