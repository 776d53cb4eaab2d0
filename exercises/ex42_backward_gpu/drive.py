"""The gradients of autograd, which those worked out by hand are to equal."""

import torch

NAMES = ("W1", "b1", "W2", "b2")


def autograd_gradients(_submission, x, d, params):
    """Return the gradients that torch computes by itself."""
    leaves = {name: params[name].detach().clone().requires_grad_() for name in NAMES}
    z1 = torch.relu(x @ leaves["W1"] + leaves["b1"])
    loss = torch.nn.functional.cross_entropy(z1 @ leaves["W2"] + leaves["b2"], d)
    return dict(zip(NAMES, torch.autograd.grad(loss, list(leaves.values())), strict=True))
