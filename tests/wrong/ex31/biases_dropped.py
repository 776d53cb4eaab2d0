# only the weights are in the result
def sgd_step(params, grads, learning_rate):
    return {k: p - learning_rate * grads.get(k, 0) for k, p in params.items() if k[0] == "W"}
