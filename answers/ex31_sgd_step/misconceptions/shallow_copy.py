def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for key in grads:
        new[key] -= learning_rate * grads[key]
    return new
