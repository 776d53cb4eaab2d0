# asks only once whether there are gradients
def sgd_step(params, grads, learning_rate):
    if not grads:
        return params
    return {k: params[k] - learning_rate * grads[k] for k in params}
