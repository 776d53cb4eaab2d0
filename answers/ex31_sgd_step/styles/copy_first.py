def sgd_step(params, grads, learning_rate):
    # the arrays are copied too: a copied dictionary alone would share them
    new = {key: value.copy() for key, value in params.items()}
    for key, grad in grads.items():
        new[key] -= learning_rate * grad
    return new
