def sgd_step(params, grads, learning_rate):
    new = {}
    for key, value in params.items():
        # a gradient that is not there is 0: one formula for every key
        new[key] = value - learning_rate * grads.get(key, 0)
    return new
