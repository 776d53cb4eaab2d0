def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        if key in grads:
            grads[key] *= learning_rate
            new[key] = value - grads[key]
        else:
            new[key] = value
    return new
