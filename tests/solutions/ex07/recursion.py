import numpy as np


def _affine(z, params, k):
    return np.einsum("ni,ij->nj", z, params["W" + str(k)]) + params["b" + str(k)][None, :]


def forward(x, params):
    numbers = sorted(int(key[1:]) for key in params if key[0] == "W")

    def go(z, rest):
        u = _affine(z, params, rest[0])
        if len(rest) == 1:
            return u, []
        z = u * (u > 0)
        y, hidden = go(z, rest[1:])
        return y, [z, *hidden]

    return go(x, numbers)
