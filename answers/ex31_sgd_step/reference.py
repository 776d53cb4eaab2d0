def sgd_step(params, grads, learning_rate):
    # θ - η dL/dθ for each parameter θ that has a gradient
    return {
        key: value - learning_rate * grads[key] if key in grads else value
        for key, value in params.items()
    }
