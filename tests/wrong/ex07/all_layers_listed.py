# output stands in the list too, right otherwise
import numpy as np


def relu(u):
    return u * (u > 0)


def forward(x, params):
    n = len(params) // 2
    res = []
    for i in range(1, n + 1):
        u = x.dot(params["W" + str(i)]) + params["b" + str(i)]
        x = relu(u) if i < n else u
        res.append(x)
    return res[-1], res
