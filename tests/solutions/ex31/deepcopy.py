from copy import deepcopy


def sgd_step(params, grads, learning_rate):
    net = deepcopy(params)
    for key in grads.keys():
        net[key] -= learning_rate * grads[key]
    return net
