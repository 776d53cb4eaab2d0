# the learning rate twice
def sgd_step(params, grads, learning_rate):
    new = {}
    for k in params:
        if k in grads:
            step = learning_rate * grads[k]
            new[k] = params[k] - learning_rate * step
        else:
            new[k] = params[k]
    return new
