import numpy as np
from collections import namedtuple

Result = namedtuple("Result", "y hidden")


def forward(x, params):
    L = sum(1 for k in params if k.startswith("b"))
    zs = [x]
    for k in range(1, L + 1):
        W, b = params["W%d" % k], params["b%d" % k]
        u = np.empty((len(x), W.shape[1]), dtype=np.result_type(zs[-1], W, b))
        np.matmul(zs[-1], W, out=u)
        u += b
        if k < L:
            np.clip(u, 0, None, out=u)
        zs.append(u)
    return Result(zs[-1], zs[1:-1])
