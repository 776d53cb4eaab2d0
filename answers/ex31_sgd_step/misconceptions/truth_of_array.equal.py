def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        grad = grads.get(key)
        if grad != None:  # noqa: E711
            new[key] = value - learning_rate * grad
        else:
            new[key] = value
    return new
