# uphill and in place
def sgd_step(params, grads, learning_rate):
    for key in params.keys():
        if key in grads:
            params[key] += learning_rate * grads[key]
    return params
