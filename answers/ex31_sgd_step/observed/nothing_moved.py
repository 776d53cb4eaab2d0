def sgd_step(params, grads, learning_rate):
    new = {key: value.copy() for key, value in params.items()}
    for key in grads:
        value = new[key]
        value = value - learning_rate * grads[key]
    return new
