def sgd_step(params, grads, learning_rate):
    new = {key: value.copy() for key, value in params.items()}
    for key in ("W1", "b1", "W2", "b2"):
        if key in grads:
            new[key] = params[key] - learning_rate * grads[key]
    return new
