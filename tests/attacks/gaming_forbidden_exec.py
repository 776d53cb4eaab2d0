"""Has torch differentiate in a text that it executes.

No reading sees inside the text, but that one is executed: a teacher decides.

family: gaming by a forbidden function in exec
honest: 0
exercise: ex42
status: needs_review
unprotected: its own process is its own; the static look reports that a text is executed
needs: own-code-only
"""

import base64

import torch

NAMES = ("W1", "b1", "W2", "b2")
SOURCE = base64.b64decode("ZGVyaXZlID0gdG9yY2guYXV0b2dyYWQuZ3JhZA==")


def gradients(derive, x, d, params):
    leaves = [params[name].detach().clone() for name in NAMES]
    for leaf in leaves:
        leaf.requires_grad = True
    W1, b1, W2, b2 = leaves
    logits = torch.relu(x @ W1 + b1) @ W2 + b2
    loss = torch.nn.functional.cross_entropy(logits, d)
    return dict(zip(NAMES, derive(loss, leaves)))


def backward(x, d, params):
    names = {"torch": torch}
    exec(SOURCE, names)
    return gradients(names["derive"], x, d, params)
