def sgd_step(params, grads, learning_rate):
    for key in params:
        if key in grads:
            return params[key] - learning_rate * grads[key]
        return params[key]
