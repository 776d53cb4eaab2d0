import torch


class Node:
    """A small autograd of one's own: value, grad, and how to pass the grad on."""

    def __init__(self, data, parents=(), grad_fn=None):
        self.data = data
        self.grad = torch.zeros_like(data)
        self.parents = parents
        self.grad_fn = grad_fn

    def matmul(self, other):
        return Node(self.data @ other.data, (self, other),
                    lambda g: (g @ other.data.T, self.data.T @ g))

    def add(self, bias):
        return Node(self.data + bias.data, (self, bias), lambda g: (g, g.sum(0)))

    def relu(self):
        return Node(self.data.clamp(0), (self,), lambda g: (g * (self.data > 0),))

    def backward(self, grad):
        self.grad = self.grad + grad
        if self.grad_fn is not None:
            for parent, part in zip(self.parents, self.grad_fn(grad)):
                parent.backward(part)


def backward(x, d, params):
    nodes = {name: Node(value) for name, value in params.items()}
    hidden = Node(x).matmul(nodes["W1"]).add(nodes["b1"]).relu()
    out = hidden.matmul(nodes["W2"]).add(nodes["b2"])
    seed = torch.softmax(out.data, dim=1)
    seed[torch.arange(len(d)), d] -= 1
    out.backward(seed / len(d))
    return {name: node.grad for name, node in nodes.items()}
