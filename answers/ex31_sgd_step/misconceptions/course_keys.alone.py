def sgd_step(params, grads, learning_rate):
    new = {}
    for key in ("W1", "b1", "W2", "b2"):
        new[key] = params[key] - learning_rate * grads[key]
    return new
