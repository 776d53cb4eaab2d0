sgd_step = lambda params, grads, learning_rate: {k: params[k] - learning_rate * grads.get(k, 0) for k in params}
