import functools
import operator
import time

import torch


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        began = time.perf_counter()
        result = function(*args, **kwargs)
        wrapper.seconds = time.perf_counter() - began
        return result

    return wrapper


DERIVATIVES = {"relu": lambda u: (u > 0).float(), "identity": torch.ones_like}


@timed
def backward(x, d, params):
    get = operator.itemgetter("W1", "b1", "W2", "b2")
    W1, b1, W2, b2 = get(params)
    u1 = x @ W1 + b1
    y = torch.nn.Softmax(dim=1)(torch.nn.ReLU()(u1) @ W2 + b2)
    delta2 = (y - torch.nn.functional.one_hot(d, num_classes=y.size(1))) / y.size(0)
    delta1 = (delta2 @ W2.T) * DERIVATIVES["relu"](u1).to(x.dtype)
    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(dim=0),
        "W2": torch.relu(u1).T @ delta2,
        "b2": delta2.sum(dim=0),
    }
