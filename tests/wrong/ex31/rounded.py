# rounds the result
def sgd_step(params, grads, learning_rate):
    return {k: (p - learning_rate * grads.get(k, 0)).round(2) for k, p in params.items()}
