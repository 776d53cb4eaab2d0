def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key in grads:
            new[key] = learning_rate * grads[key]
        else:
            new[key] = 0 * params[key] + 1
    return new
