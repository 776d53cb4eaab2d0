"""Let autograd go back through one loss of the submission, and report the gradient.

What is seen is reported; the checks judge it.
"""

import torch
from torch.overrides import TorchFunctionMode

LOGARITHMS = frozenset({"log", "logsumexp", "log_softmax"})
ROUNDING = 1e-5


def gradient(submission, logits, target):
    """Return the gradient of the loss with respect to the logits."""
    leaf = logits.detach().clone().requires_grad_()
    return slope(submission.cross_entropy(leaf, target), leaf)


def gradient_of_weights(submission, x, weights, target):
    """Return the gradient of the loss with respect to the weights of a layer that gives logits."""
    leaf = weights.detach().clone().requires_grad_()
    return slope(submission.cross_entropy(x @ leaf, target), leaf)


def slope(loss, leaf):
    """Return the gradient, or why there is none: several losses, or no way back to the leaf."""
    if loss is None:
        return None
    if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
        return {"graph": False}
    if loss.numel() != 1:
        return {"losses": loss.numel()}
    loss.backward()
    return {"graph": False} if leaf.grad is None else {"grad": leaf.grad}


def vanishing_logarithms(submission, logits, target):
    """Return how many logarithms with an entry for each sample come out as 0 everywhere."""
    with Logarithms(len(target)) as logarithms:
        submission.cross_entropy(logits, target)
    return logarithms.vanished


class Logarithms(TorchFunctionMode):
    """Sees the logarithms that a call takes, and counts those that are 0 for all samples."""

    def __init__(self, samples):
        super().__init__()
        self.samples = samples
        self.vanished = 0

    def __torch_function__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        if getattr(func, "__name__", "") in LOGARITHMS and result.numel() == self.samples:
            self.vanished += bool((result.abs() < ROUNDING).all())
        return result
