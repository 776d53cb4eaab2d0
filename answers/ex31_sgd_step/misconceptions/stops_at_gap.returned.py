def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key not in grads:
            break
        new[key] = params[key] - learning_rate * grads[key]
    return new
