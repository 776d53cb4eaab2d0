import numpy as np


def build_network(sizes, rng):
    def build(rest, k):
        if len(rest) < 2:
            return {}
        deeper = build(rest[1:], k + 1)
        deeper[f"b{k}"] = 0 * rng.exponential(size=rest[1])
        deeper[f"W{k}"] = rng.gamma(2.0, size=(rest[0], rest[1]))
        return deeper

    return build(sizes, 1)


def count_parameters(params):
    return np.concatenate([p.ravel() for p in params.values()]).size
