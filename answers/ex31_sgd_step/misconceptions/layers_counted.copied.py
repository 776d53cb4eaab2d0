def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for k in range(1, len(params) // 2 + 1):
        for key in (f"W{k}", f"b{k}"):
            if key in grads:
                new[key] = params[key] - learning_rate * grads[key]
    return new
