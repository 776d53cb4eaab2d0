"""Unroll a sequence with the step of the submission, and let autograd go back through it.

What is seen is reported; the checks judge it.
"""

import torch


def states(submission, xs, W_x, W_h):
    """Return the hidden states of a sequence of shape (steps, n, in), from zeros on."""
    found = []
    h = xs.new_zeros(xs.shape[1], len(W_h))
    for x in xs:
        h = submission.rnn_step(x, h, W_x, W_h)
        found.append(h)
        if is_other(h, xs, W_h):
            return form(h, len(found))
    return {"h": torch.stack(found)}


def gradients(submission, xs, W_x, W_h, c):
    """Return the gradients of both weights of (h * c).sum(), h being the last state."""
    leaves = {"W_x": leaf(W_x), "W_h": leaf(W_h)}
    return slopes(submission, xs, xs.new_zeros(c.shape), leaves, c, leaves)


def first_gradients(submission, xs, h0, W_x, W_h, c):
    """Return those of the first input and of the state before it."""
    ends = {"xs": leaf(xs), "h0": leaf(h0)}
    return slopes(submission, ends["xs"], ends["h0"], {"W_x": W_x, "W_h": W_h}, c, ends)


def leaf(value):
    return value.detach().clone().requires_grad_()


def slopes(submission, xs, h, weights, c, leaves):
    """Return the gradients of the leaves, without those that autograd does not reach."""
    for step, x in enumerate(xs, 1):
        h = submission.rnn_step(x, h, weights["W_x"], weights["W_h"])
        if is_other(h, xs, weights["W_h"]):
            return form(h, step)
    if not h.requires_grad:
        return {}
    (h * c).sum().backward()
    return {name: value.grad for name, value in leaves.items() if value.grad is not None}


def is_other(h, xs, W_h):
    """Tell whether this is no state that the next step could take."""
    return not isinstance(h, torch.Tensor) or h.shape != (xs.shape[1], len(W_h))


def form(h, step):
    """Return what a step gave in place of a state."""
    if h is None:
        return None
    if isinstance(h, torch.Tensor):
        return {"step": step, "shape": str(tuple(h.shape))}
    return {"step": step, "type": type(h).__name__}
