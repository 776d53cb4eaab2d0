def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        if key in grads:
            value -= learning_rate * grads[key]
        new[key] = value
    return new
