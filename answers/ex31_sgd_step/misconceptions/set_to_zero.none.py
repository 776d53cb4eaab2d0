def sgd_step(params, grads, learning_rate):
    new = dict.fromkeys(params)
    for key in grads:
        new[key] = params[key] - learning_rate * grads[key]
    return new
