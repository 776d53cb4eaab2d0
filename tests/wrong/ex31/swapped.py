# gradient and parameter changed places
def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for k, g in grads.items():
        new[k] = g - learning_rate * params[k]
    return new
