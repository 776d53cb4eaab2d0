"""Leaves requires_grad set in its arguments and in its results, each with the graph behind it.

Later calls with the same tensors would compute gradients in them, and a comparison would do so
too. The gradients are right; the point for arguments left alone is lost, and the others wait for a
teacher, who is told of requires_grad.

family: fooling by leftovers of autograd
honest: 0
exercise: ex42
status: needs_review
needs: own-code-only
"""

import torch


def backward(x, d, params):
    for parameter in params.values():
        parameter.requires_grad = True
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    u1 = x @ W1 + b1
    z1 = torch.relu(u1)
    t = torch.nn.functional.one_hot(d, num_classes=len(b2))
    delta2 = (torch.softmax(z1 @ W2 + b2, dim=1) - t) / len(x)
    delta1 = delta2 @ W2.T * (u1 > 0)
    return {
        "W1": x.T @ delta1,
        "b1": delta1.sum(dim=0),
        "W2": z1.T @ delta2,
        "b2": delta2.sum(dim=0),
    }
