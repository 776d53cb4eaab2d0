from collections import namedtuple
from types import SimpleNamespace

import torch

Cache = namedtuple("Cache", "x u z y")
Grads = namedtuple("Grads", ["W1", "b1", "W2", "b2"])


def forward(x, params):
    p = SimpleNamespace(**params)
    u = x @ p.W1 + p.b1
    z = torch.nn.functional.relu(u)
    return Cache(x, u, z, torch.softmax(z @ p.W2 + p.b2, -1))


def backward(x, d, params):
    cache = forward(x, params)
    grad = cache.y.clone()
    grad[torch.arange(grad.shape[0]), d] -= 1
    grad = grad / grad.shape[0]
    back = torch.where(cache.u > 0, grad @ params["W2"].mT, 0.0).to(x.dtype)
    grads = Grads(cache.x.mT @ back, back.sum(0), cache.z.mT @ grad, grad.sum(0))
    return grads._asdict()
