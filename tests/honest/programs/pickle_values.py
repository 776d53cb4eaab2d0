"""Objects to bytes and back."""

import pickle

import numpy as np


def run():
    kept = pickle.dumps({"a": np.arange(3), "b": {1, 2}}, protocol=pickle.HIGHEST_PROTOCOL)
    back = pickle.loads(kept)
    return [back["a"].tolist(), sorted(back["b"])]


EXPECTED = [[0, 1, 2], [1, 2]]
