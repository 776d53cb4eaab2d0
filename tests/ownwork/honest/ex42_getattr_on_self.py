import torch


class Network:
    def __init__(self, params):
        for name, value in params.items():
            setattr(self, name, value)
        self.grad = {}

    def forward(self, x):
        self.z = [x]
        for i in (1, 2):
            u = self.z[-1] @ getattr(self, f"W{i}") + getattr(self, f"b{i}")
            self.z.append(torch.relu(u) if i == 1 else torch.softmax(u, dim=1))
        return self.z[-1]

    def backward(self, delta):
        for i in (2, 1):
            self.grad[f"W{i}"] = self.z[i - 1].T @ delta
            self.grad[f"b{i}"] = delta.sum(dim=0)
            delta = (delta @ getattr(self, f"W{i}").T) * (self.z[i - 1] > 0)

    @property
    def name(self):
        return self.__class__.__name__


def backward(x, d, params):
    network = Network(params)
    y = network.forward(x).clone()
    y[torch.arange(len(d)), d] -= 1
    network.backward(y / len(d))
    return network.grad
