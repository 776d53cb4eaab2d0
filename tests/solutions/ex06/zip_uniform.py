import numpy as np


def build_network(sizes, rng):
    shapes = list(zip(sizes[:-1], sizes[1:]))
    weights = {f"W{i + 1}": rng.uniform(-1, 1, shape) for i, shape in enumerate(shapes)}
    biases = {f"b{i + 1}": np.zeros((n,)) for i, (_, n) in enumerate(shapes)}
    return {**weights, **biases}


count_parameters = lambda params: int(np.sum([np.prod(p.shape) for p in params.values()]))
