def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        grad = grads.get(key)
        if grad:
            new[key] = value - learning_rate * grad
        else:
            new[key] = value
    return new
