def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key in grads:
            new[key] = (params[key] - grads[key]) * learning_rate
        else:
            new[key] = params[key]
    return new
