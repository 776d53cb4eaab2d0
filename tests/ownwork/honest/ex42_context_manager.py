import math
import sys
import torch as t


def check_inputs(x, d, params):
    if not isinstance(x, t.Tensor) or not t.is_tensor(d):
        raise TypeError("tensors, please")
    if x.requires_grad:
        print("x has requires_grad", file=sys.stderr)


def backward(x, d, params):
    check_inputs(x, d, params)
    with t.no_grad():
        u = x @ params["W1"] + params["b1"]
        z = u * (u > 0)
        v = z @ params["W2"] + params["b2"]
        m = t.amax(v, dim=1, keepdim=True)
        e = t.exp(v - m)
        p = e / e.sum(dim=1, keepdim=True)
        p[t.arange(x.shape[0], device=x.device), d] -= 1.0
        p = p * math.pow(x.shape[0], -1)
        q = t.matmul(p, params["W2"].transpose(1, 0))
        q = t.where(u > 0, q, t.zeros_like(q))
        return {"W1": t.matmul(x.T, q), "b1": q.sum(0), "W2": t.matmul(z.T, p), "b2": p.sum(0)}
