def sgd_step(params, grads, learning_rate):
    new = params
    for key in grads:
        new[key] = new[key] - learning_rate * grads[key]
    return new
