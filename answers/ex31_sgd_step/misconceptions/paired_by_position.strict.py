def sgd_step(params, grads, learning_rate):
    pairs = zip(params.items(), grads.values(), strict=True)
    return {key: value - learning_rate * grad for (key, value), grad in pairs}
