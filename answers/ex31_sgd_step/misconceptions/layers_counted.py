def sgd_step(params, grads, learning_rate):
    new = {}
    for k in range(1, len(params) // 2 + 1):
        for key in (f"W{k}", f"b{k}"):
            new[key] = params[key] - learning_rate * grads.get(key, 0)
    return new
