# lists in place of arrays
def sgd_step(params, grads, learning_rate):
    new = {}
    for k, p in params.items():
        new[k] = (p - learning_rate * grads.get(k, 0)).tolist()
    return new
