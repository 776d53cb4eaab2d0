# returns two things
def sgd_step(params, grads, learning_rate):
    new = {k: p - learning_rate * grads.get(k, 0) for k, p in params.items()}
    return new, grads
