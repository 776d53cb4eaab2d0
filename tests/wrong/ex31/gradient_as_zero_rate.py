# where a gradient is missing, the parameter decays
def sgd_step(params, grads, learning_rate):
    out = {}
    for k in params:
        g = grads[k] if k in grads else params[k]
        out[k] = params[k] - learning_rate * g
    return out
