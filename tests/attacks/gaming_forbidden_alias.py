"""Has torch differentiate, under another name for the module and for the function.

The static look follows imports: the use is shown with its line, and a teacher decides.

family: gaming by a forbidden function under an alias
honest: 0
status: needs_review
exercise: ex42
unprotected: its own process is its own; the static look reports this one
needs: own-code-only
"""

import torch
from torch import autograd as helpers

NAMES = ("W1", "b1", "W2", "b2")
slope = helpers.grad


def gradients(derive, x, d, params):
    leaves = [params[name].detach().clone() for name in NAMES]
    for leaf in leaves:
        leaf.requires_grad = True
    W1, b1, W2, b2 = leaves
    logits = torch.relu(x @ W1 + b1) @ W2 + b2
    loss = torch.nn.functional.cross_entropy(logits, d)
    return dict(zip(NAMES, derive(loss, leaves)))


def backward(x, d, params):
    return gradients(slope, x, d, params)
