def sgd_step(params, grads, learning_rate):
    new = {}
    for k, key in enumerate(params):
        grad = grads.get(key, 0)
        new[key] = params[key] - learning_rate * (grad if k % 2 else grad**2)
    return new
