import numpy as np
from functools import reduce


class Builder:
    def __init__(self, spread):
        self.spread = spread

    def __call__(self, sizes, rng):
        sizes = np.asarray(sizes)
        flat = rng.laplace(scale=self.spread, size=int(sizes[:-1] @ sizes[1:]))
        params, start = {}, 0
        for k in range(len(sizes) - 1):
            n, m = int(sizes[k]), int(sizes[k + 1])
            params[f"W{k + 1}"] = flat[start : start + n * m].reshape(n, m)
            params[f"b{k + 1}"] = np.zeros(m)
            start += n * m
        return params


build_network = Builder(0.3)


def count_parameters(params):
    return reduce(lambda total, item: total + np.size(item[1]), params.items(), 0)
