# divides by a batch size of its own, in place
def sgd_step(params, grads, learning_rate):
    batch_size = 10
    for k in grads:
        params[k] -= learning_rate * grads[k] / batch_size
    return params
