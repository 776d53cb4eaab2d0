"""Run the sigmoid and report what NumPy complains of on the way: it would warn of just that."""

import numpy as np


def sigmoid_watched(submission, u):
    """Return the values, and the kinds of floating-point error that came up, each once."""
    seen = []
    kinds = {"over": "call", "invalid": "call", "divide": "call"}
    with np.errstate(call=lambda kind, _: seen.append(kind), **kinds):
        value = submission.sigmoid(u)
    return {"value": value, "warnings": sorted(set(seen))}
