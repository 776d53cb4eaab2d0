def sgd_step(params, grads, learning_rate):
    return {key: learning_rate * grad for key, grad in grads.items()}
