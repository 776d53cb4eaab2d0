def sgd_step(params, grads, learning_rate):
    for key in grads:
        params[key] = params[key] - learning_rate * grads[key]
    return dict(params)
