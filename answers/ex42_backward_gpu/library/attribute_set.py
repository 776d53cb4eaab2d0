import torch

NAMES = ("W1", "b1", "W2", "b2")


def loss(params, x, d):
    z1 = torch.relu(x @ params["W1"] + params["b1"])
    return torch.nn.functional.cross_entropy(z1 @ params["W2"] + params["b2"], d)


class Layer:
    def backward(self):
        pass


def backward(x, d, params):
    leaves = {name: params[name].detach().clone() for name in NAMES}
    for leaf in leaves.values():
        leaf.requires_grad = True
    layer = Layer()
    layer = loss(leaves, x, d)
    layer.backward()
    return {name: leaf.grad for name, leaf in leaves.items()}
