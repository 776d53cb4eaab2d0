def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for key in grads:
        if grads[key].ndim > 1:
            new[key] = params[key] - learning_rate * grads[key]
    return new
