def sgd_step(params, grads, learning_rate):
    moved = dict((key, params[key] - grads[key] * learning_rate) for key in params.keys() & grads.keys())
    return params | moved
