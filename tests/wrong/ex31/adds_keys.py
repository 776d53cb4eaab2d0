def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for k in grads:
        new["d" + k] = grads[k]
        new[k] = params[k] - learning_rate * grads[k]
    return new
