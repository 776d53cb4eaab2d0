def sgd_step(params, grads, learning_rate):
    # W - learning_rate * dL/dW for every parameter that has a gradient; the arithmetic makes new
    # arrays, the comprehension a new dictionary
    return {
        key: value - learning_rate * grads[key] if key in grads else value
        for key, value in params.items()
    }
