"""Build networks beside the submission and report what can be said without the numbers.

Which distribution the weights come from is free, so their values are compared with no others.
"""

import numpy as np


def network(submission, sizes, seed):
    return submission.build_network(list(sizes), np.random.default_rng(seed))


def shapes(submission, sizes, seed):
    """Return the shape of each entry, or the type of what is no dictionary."""
    params = network(submission, sizes, seed)
    if not isinstance(params, dict):
        return type(params).__name__
    return {str(key): list(np.shape(value)) for key, value in params.items()}


def dtypes(submission, sizes, seed):
    """Return the dtype of each entry, or the type of what is no array, in angle brackets."""
    params = network(submission, sizes, seed)
    if not isinstance(params, dict):
        return type(params).__name__
    return {
        str(key): str(value.dtype) if isinstance(value, np.ndarray) else f"<{type(value).__name__}>"
        for key, value in params.items()
    }


def nonzero(submission, sizes, seed):
    """Return how many numbers of each entry are not 0."""
    params = network(submission, sizes, seed)
    if not isinstance(params, dict):
        return type(params).__name__
    return {str(key): int(np.count_nonzero(value)) for key, value in params.items()}


def different(submission, sizes, seed):
    """Return how many different numbers the weights hold, and how many numbers in all."""
    params = network(submission, sizes, seed)
    weights = numbers(params)
    if isinstance(weights, str):
        return weights
    return {"different": int(np.unique(weights).size), "all": int(weights.size)}


def repeated(submission, sizes, seed, other):
    """Return how many weights are equal: of two networks of one seed, and of two seeds."""
    one, again, third = [numbers(network(submission, sizes, s)) for s in (seed, seed, other)]
    if isinstance(one, str):
        return one
    return {
        "all": int(one.size),
        "same_seed": int((one == again).sum()),
        "other_seed": int((one == third).sum()),
    }


def numbers(params):
    """Return all weights in one row, or what there is in their place."""
    if not isinstance(params, dict):
        return type(params).__name__
    weights = [np.ravel(params[key]) for key in params if str(key).startswith("W")]
    return np.concatenate(weights) if weights else "no weights"
