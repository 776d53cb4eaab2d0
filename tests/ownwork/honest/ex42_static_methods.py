import torch


class ReLU:
    @staticmethod
    def forward(u):
        return torch.maximum(u, torch.zeros(1, dtype=u.dtype, device=u.device))

    @staticmethod
    def backward(u, grad):
        return grad.masked_fill(u <= 0, 0)


class Affine:
    @staticmethod
    def forward(x, W, b):
        return x.mm(W).add(b)

    @staticmethod
    def backward(x, W, grad):
        return grad.mm(W.t()), x.t().mm(grad), grad.sum(0)


def backward(x, d, params):
    u1 = Affine.forward(x, params["W1"], params["b1"])
    z1 = ReLU.forward(u1)
    u2 = Affine.forward(z1, params["W2"], params["b2"])
    p = u2.softmax(dim=1)
    t = torch.zeros_like(p).scatter_(1, d.view(-1, 1), 1)
    g2 = (p - t).div(x.shape[0])
    g1, W2, b2 = Affine.backward(z1, params["W2"], g2)
    _, W1, b1 = Affine.backward(x, params["W1"], ReLU.backward(u1, g1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
