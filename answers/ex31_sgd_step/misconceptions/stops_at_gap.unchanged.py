def sgd_step(params, grads, learning_rate):
    try:
        return {key: params[key] - learning_rate * grads[key] for key in params}
    except KeyError:
        return dict(params)
