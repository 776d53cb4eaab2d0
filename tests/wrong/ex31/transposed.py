# transposes the gradient
def sgd_step(params, grads, learning_rate):
    return {k: p - learning_rate * grads[k].T if k in grads else p for k, p in params.items()}
