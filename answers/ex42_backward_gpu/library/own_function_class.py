import torch


class Affine(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, W, b):
        ctx.save_for_backward(x, W)
        return x @ W + b

    @staticmethod
    def backward(ctx, delta):
        x, W = ctx.saved_tensors
        return delta @ W.T, x.T @ delta, delta.sum(dim=0)


def backward(x, d, params):
    leaves = {name: value.detach().clone().requires_grad_() for name, value in params.items()}
    z1 = torch.relu(Affine.apply(x, leaves["W1"], leaves["b1"]))
    u2 = Affine.apply(z1, leaves["W2"], leaves["b2"])
    torch.nn.functional.cross_entropy(u2, d).backward()
    return {name: leaf.grad for name, leaf in leaves.items()}
