def sgd_step(params, grads, learning_rate):
    raise NotImplementedError
