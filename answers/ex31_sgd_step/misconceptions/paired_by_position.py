def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for key, grad in zip(params, grads.values()):
        new[key] = params[key] - learning_rate * grad
    return new
